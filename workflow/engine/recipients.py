"""Who an audience is, for one engagement at one moment. Pure."""

from collections.abc import Iterator
from hashlib import sha256

from workflow.domain.effects import Recipient
from workflow.domain.happening import StatusChange
from workflow.offer.definition import Offer
from workflow.store.cases import Case

#: Enough of a digest to tell people apart.
_DIGITS = 32


def audience_of(case: Case, offer: Offer, audience: str, step: StatusChange | None = None) -> Iterator[Recipient]:
    """Each person once. `step` is the small journey's step that an effect belongs to, if it belongs to one."""
    people = case.facts.active_participants
    match audience:
        case "participants":
            yield from (Recipient(audience, person.id) for person in people)
        case "completed":
            yield from (Recipient(audience, one.id) for one in people if one.completed)
        case "participant":
            yield from (Recipient(audience, step.id) for step in (step,) if step and step.noun == audience)
        case "invited":
            yield from _invited(case, offer, step)
        case "attended":
            there = next((one.attended for one in case.facts.appointments if step and one.id == step.id), frozenset())
            yield from (Recipient(audience, person.id) for person in people if person.id in there)
        case "lead_advisor":
            yield from (Recipient(audience, user) for user in case.lead_advisors)
            if not case.lead_advisors:
                yield Recipient(audience)
        case "head" if not case.has_head:
            return
        case _:
            yield Recipient(audience)


def _invited(case: Case, offer: Offer, step: StatusChange | None) -> Iterator[Recipient]:
    """Those whom the kind of appointment invites; to a catch-up, of the staff only those who missed it."""
    if step is None or step.kind not in offer.appointment:
        return
    missed = step.purpose == "catch_up"
    there = case.facts.attended(step.kind) if missed else frozenset()
    for audience in offer.appointment[step.kind].invite:
        if audience == "participants":
            people = (one for one in case.facts.active_participants if one.id not in there)
            yield from (Recipient(audience, person.id) for person in people)
        else:
            yield Recipient(audience)


def reader_of(case: Case, recipient: Recipient) -> str:
    """Stands for the person, whichever engagement they are written to about: no address, and the same for the same."""
    if recipient.at_council:
        return f"user:{recipient.id or case.advisor_id or 0}"
    address = case.addresses[recipient.audience if recipient.id is None else recipient.id]
    return sha256(address.strip().lower().encode()).hexdigest()[:_DIGITS]
