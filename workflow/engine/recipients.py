"""Who an audience is, for one engagement at one moment. Pure."""

from collections.abc import Iterable, Iterator
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
        case "head" | "deputy" | "business_manager" if not case.addresses.get(audience):
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
            yield from audience_of(case, offer, audience)


def each_person(case: Case, recipients: Iterable[Recipient]) -> list[Recipient]:
    """Nobody twice: somebody who is read of in two ways, such as a school lead who takes part, is written to as the
    one who takes part, whose letters lead to a page of their own."""
    chosen: dict[str, Recipient] = {}
    for one in recipients:
        who = person_behind(case, one)
        if who not in chosen or (chosen[who].id is None and one.id is not None):
            chosen[who] = one
    return list(chosen.values())


def person_behind(case: Case, recipient: Recipient) -> str:
    """What tells one person from another: the account at the council, the address at a school."""
    if recipient.at_council:
        return f"user:{recipient.id or case.advisor_id or 0}"
    return case.addresses.get(recipient.key, "").strip().lower() or recipient.token


def reader_of(case: Case, recipient: Recipient) -> str:
    """Stands for the person, whichever engagement they are written to about: no address, and the same for the same."""
    if recipient.at_council:
        return person_behind(case, recipient)
    return sha256(case.addresses[recipient.key].strip().lower().encode()).hexdigest()[:_DIGITS]
