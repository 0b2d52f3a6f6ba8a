"""Guards that can never hold, or never speak, where they stand. Pure."""

from collections.abc import Iterator

from workflow.domain.guards import Rule
from workflow.offer.check.finding import Finding
from workflow.offer.check.paths import Paths, told, ways_to
from workflow.offer.definition import Offer
from workflow.offer.triggers import Transition

#: Guards about one participant; the big journey is about none.
OF_ONE_PERSON = ("phase_agreed", "criteria_met", "place_free")
#: Guards about who asks; nobody asks when a trigger fires by itself.
OF_WHO_ASKS = ("second_person", "not_lead_advisor")
_OF_STAFF = ("staff_nominated", "staff_trained", "staff_completed")


def never(offer: Offer, paths: Paths) -> Iterator[Finding]:
    for one in offer.transitions:
        for rule in one.guards:
            yield from _misplaced(one, rule)
            yield from _too_many(offer, one, rule)
            yield from _unrecorded(offer, paths, one, rule)
        yield from _contradicting(one)


def _misplaced(one: Transition, rule: Rule) -> Iterator[Finding]:
    if rule.guard in OF_ONE_PERSON:
        yield Finding(
            f"“{one.trigger}” has the guard {rule.guard}, which is about one person. It belongs to a [[move]].", rule
        )
    if one.automatic and rule.guard in OF_WHO_ASKS:
        yield Finding(
            f"“{one.trigger}” is automatic, and its guard {rule.guard} is about who asks: nobody does. Take one out.",
            rule,
        )


def _too_many(offer: Offer, one: Transition, rule: Rule) -> Iterator[Finding]:
    if rule.guard in _OF_STAFF and rule.amount > offer.policy.places:
        yield Finding(
            f"“{one.trigger}” waits for {int(rule.amount)} staff and an order has {offer.policy.places} places, "
            f"so {rule.guard} can never hold.",
            rule,
        )


def _contradicting(one: Transition) -> Iterator[Finding]:
    wanted = {rule.subject for rule in one.guards if rule.guard == "approved"}
    for rule in one.guards:
        if rule.guard == "not_approved" and rule.subject in wanted:
            yield Finding(
                f"“{one.trigger}” wants the {rule.subject} approved and not approved at once. Take one out.", rule
            )


def _unrecorded(offer: Offer, paths: Paths, one: Transition, rule: Rule) -> Iterator[Finding]:
    """Something must be recorded on the way to where it is asked for."""
    givers = givers_of(offer, rule)
    if givers is None:
        return
    for stage in (name for name in one.from_ if name in paths):
        if not any(source in ways_to(offer, stage) for way in givers for source in way.from_):
            yield Finding(
                f"“{one.trigger}” ({told(paths[stage])}) waits for {rule.guard} = “{rule.subject}”, which nothing "
                "records on the way there. Record it at that stage or before.",
                rule,
            )


def givers_of(offer: Offer, rule: Rule) -> list[Transition] | None:
    """The verbs that record what a guard asks for; None for a guard that asks for nothing recorded by a verb."""
    match rule.guard:
        case "approved":
            return [way for way in offer.transitions if way.records.approval == rule.subject]
        case "judgement":
            return [
                way for way in offer.transitions if (way.records.judgement, way.records.of) == (rule.subject, rule.of)
            ]
        case _:
            return None
