"""The policy of a page: roles that can act, refunds that can be owed, emails that are needed. Pure."""

from collections.abc import Iterator

from workflow.domain.actor import COUNCIL_ROLES
from workflow.domain.standing import ENDED_EARLY
from workflow.english import a
from workflow.offer.check.finding import Finding
from workflow.offer.definition import Offer

#: The code of the reason that taking a step back gives to dates and certificates.
_UNDONE = "undone"


def policy(offer: Offer) -> Iterator[Finding]:
    for name, roles in (("override_by", offer.policy.override_by), ("undo_by", offer.policy.undo_by)):
        for role in roles:
            if role not in COUNCIL_ROLES:
                yield Finding(
                    f"The policy {name} names the role “{role}”, which nobody at the council has.", offer.policy, name
                )
    for stage in offer.policy.refund:
        if offer.stage[stage].final:
            yield Finding(
                f"The policy refund names the stage “{stage}”, which is final: nothing is cancelled there.",
                offer.policy,
                "refund",
            )
    if offer.policy.refund and not any(one.refund for one in offer.transitions):
        yield Finding(
            "The policy speaks of refunds and no transition has refund = true, so none is ever quoted.",
            offer.policy,
            "refund",
        )
    reminders = [email for email in offer.emails.values() if email.reminder]
    if reminders and offer.policy.digest is None:
        yield Finding(
            f"“{reminders[0].name}” is a reminder and the policy names no digest, the email that several become. "
            "Name one.",
            reminders[0],
            "reminder",
        )
    yield from _undo(offer)
    yield from _dates_ahead(offer)
    yield from _phases(offer)


def _undo(offer: Offer) -> Iterator[Finding]:
    if not offer.policy.undo_by:
        return
    if offer.policy.correction is None:
        yield Finding(
            "Steps can be undone and the policy names no correction, so nobody would hear of it. Name an email.",
            offer.policy,
            "undo_by",
        )
    there = (("appointment", "cancel", offer.appointments), ("certificate", "revoke", offer.certificate))
    for noun, verb in ((noun, verb) for noun, verb, any_of_them in there if any_of_them):
        move = offer.status_transition.get((noun, verb))
        if move is None:
            yield Finding(
                f"Steps can be undone and {a(noun)} has no verb “{verb}”, which an undo says. Add it.",
                offer.policy,
                "undo_by",
            )
        elif move.reasons and _UNDONE not in move.reasons:
            yield Finding(
                f"Steps can be undone and “{verb}” of {a(noun)} has no reason “{_UNDONE}”. Add it to its reasons.",
                move,
                "reasons",
            )


def _dates_ahead(offer: Offer) -> Iterator[Finding]:
    """A journey that ends early leaves no dates in people's calendars."""
    cancel = offer.status_transition.get(("appointment", "cancel"))
    for one in offer.transitions:
        ends = one.standing.to in ENDED_EARLY
        if one.calls_off and (cancel is None or one.calls_off not in cancel.reasons):
            yield Finding(
                f"“{one.trigger}” calls dates off with the reason “{one.calls_off}”, which “cancel” of an appointment "
                "does not have. Add it to its reasons.",
                one,
                "calls_off",
            )
        elif ends and not one.calls_off and cancel is not None and cancel.effects:
            yield Finding(
                f"“{one.trigger}” ends the journey and leaves the dates agreed in people’s calendars. "
                "Give it calls_off, with a reason of “cancel” of an appointment.",
                one,
            )


def _phases(offer: Offer) -> Iterator[Finding]:
    if any(phase.criteria for phase in offer.phases):
        for phase in offer.phases:
            if not phase.criteria:
                yield Finding(
                    f"Phase {phase.number} has no criteria and others have: its evidence would be accepted unseen.",
                    phase,
                )
