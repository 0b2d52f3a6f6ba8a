"""Everybody who takes part at a school: what each has done, and what comes next for them and from whom.

Made of what the guards look at, so that the whole list costs no query more than one person.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.calendar.local_time import day_told
from workflow.domain.facts import AppointmentFact, Facts, ParticipantFact
from workflow.domain.lifecycles import REVIEWABLE_STATUSES, SIDE_STATUSES
from workflow.english import count_of, within
from workflow.offer.definition import AppointmentKind, Offer
from workflow.store.cases import Case
from workflow.store.tables.certificate import Certificate
from workflow.store.tables.participant import Participant

#: Guards of stages that wait for decisions on people: as long as one lies ahead, names are taken.
_WAITS = ("staff_nominated", "everyone_decided")


class Next(NamedTuple):
    """What comes next for somebody. `who` does it: themselves, the council, or nobody as nothing is left."""

    what: str
    who: Literal["person", "council", ""] = ""


_AGREE = Next("Agree the phase", "council")


@dataclass(frozen=True, slots=True)
class PersonLine:
    """`done` is in the order in which it was done. `serial` is of the certificate in force."""

    person: Participant
    done: tuple[str, ...]
    next: Next
    serial: str = ""


def people_of(session: Session, offer: Offer, case: Case, now: datetime) -> tuple[PersonLine, ...]:
    """Those who take part before those who do no more, as they were named. Two queries, however many there are."""
    mine = select(Participant).where(Participant.engagement_id == case.id).order_by(Participant.id)
    held = (
        select(Certificate.participant_id, Certificate.serial)
        .where(Certificate.engagement_id == case.id, Certificate.status == "issued")
        .order_by(Certificate.id)  # the newest is told where one of a former round stands beside it
    )
    serials: Mapping[int, str] = dict(session.execute(held).all())
    found = session.scalars(mine).all()
    return lines(offer, case.facts, sorted(found, key=lambda one: one.status == "withdrawn"), serials, now)


def lines(
    offer: Offer, facts: Facts, people: Sequence[Participant], serials: Mapping[int, str], now: datetime
) -> tuple[PersonLine, ...]:
    """Pure."""
    known = {one.id: one for one in facts.participants}
    return tuple(
        PersonLine(
            one,
            tuple(_done(offer, facts, known[one.id], one)),
            _next(offer, facts, known[one.id], now),
            serials.get(one.id, ""),
        )
        for one in people
        if one.id in known
    )


def _done(offer: Offer, facts: Facts, fact: ParticipantFact, person: Participant) -> Iterator[str]:
    yield from (kind.title for kind in _trainings(offer) if fact.id in facts.attended(kind.name))
    if fact.sent:
        yield "Evidence sent in" if fact.sent == 1 else f"Evidence sent in, {count_of(fact.sent, 'version')}"
    if fact.completed:
        yield "Completed"
    if person.name_confirmed:
        yield "Name confirmed"


def _next(offer: Offer, facts: Facts, fact: ParticipantFact, now: datetime) -> Next:
    if fact.status in SIDE_STATUSES or fact.status == "recognised":
        return Next("")
    if fact.status == "completed":
        is_ready = fact.name_confirmed or offer.certificate is None
        return Next("Nothing for now") if is_ready else Next("Confirm the name on the certificate", "person")
    if fact.status in REVIEWABLE_STATUSES:
        return Next("Read the evidence", "council")
    if fact.status == "returned":
        left = f": {count_of(fact.unmet, 'point')} left" if fact.unmet else ""
        return Next(f"Send in what is still needed{left}", "person")
    return _in_training(offer, facts, fact, now)


def _in_training(offer: Offer, facts: Facts, fact: ParticipantFact, now: datetime) -> Next:
    """The first training that is not behind them; evidence once all are."""
    for kind in _trainings(offer):
        if fact.id in facts.attended(kind.name):
            continue
        ahead = _ahead(facts, kind, now)
        if ahead is not None:
            return Next(f"Come to {within(kind.title)} on {day_told(ahead.starts_at, offer.calendar.zone)}", "person")
        if any(facts.held(kind.name)):
            return Next(f"Offer a catch-up for {within(kind.title)}, which they missed", "council")
        if _is_to_agree(offer, fact):
            return _AGREE
        return Next(f"Nothing until a date for {within(kind.title)} is agreed")
    return _once_trained(offer, fact)


def _once_trained(offer: Offer, fact: ParticipantFact) -> Next:
    if _is_to_agree(offer, fact):
        return _AGREE
    if offer.phase[fact.phase].criteria:
        return Next("Send in their evidence", "person")
    finish = offer.status_transition.get(("participant", "complete"))
    return Next(finish.title, "council") if finish else Next("Nothing for now")


def _is_to_agree(offer: Offer, fact: ParticipantFact) -> bool:
    """Where there is one phase alone, nobody asks which."""
    return not fact.phase_agreed and len(offer.phases) > 1


def _ahead(facts: Facts, kind: AppointmentKind, now: datetime) -> AppointmentFact | None:
    booked = (one for one in facts.booked(kind.name) if one.status == "booked" and one.starts_at > now)
    return min(booked, key=lambda one: one.starts_at, default=None)


def _trainings(offer: Offer) -> Iterator[AppointmentKind]:
    """The meetings that those who take part are invited to."""
    return (kind for kind in offer.appointments if "participants" in kind.invite)


# --- whether more may be named ---


def free_places(facts: Facts) -> int:
    return max(facts.places - len(facts.active_participants), 0)


def takes_names(offer: Offer, stage: str, standing: str, facts: Facts) -> bool:
    """Names are taken until the last stage that waits for decisions on people, as long as there are places."""
    waits = [number for number, one in enumerate(offer.stages) if waits_for(offer, one.name, *_WAITS)]
    open_ = standing == "active" and bool(offer.phases) and free_places(facts) > 0
    return open_ and offer.stage_number[stage] <= max(waits, default=0)


def waits_for(offer: Offer, stage: str, *guards: str) -> bool:
    """Whether a way out of a stage opens with one of these."""
    ways = (one for one in offer.transitions if stage in one.from_)
    return any(rule.guard in guards for one in ways for rule in one.guards)


# --- what a school may do about somebody ---


def replaces(offer: Offer) -> bool:
    """Whether the offer lets a school say who comes instead of somebody."""
    leave = offer.status_transition.get(("participant", "withdraw"))
    return leave is not None and "school_lead" in leave.by and "replaced" in leave.reasons


def may_replace(offer: Offer, standing: str, person: Participant) -> bool:
    """Whether a school may now: not of somebody who has completed what is asked."""
    if not replaces(offer) or standing != "active" or person.status == "completed":
        return False
    return person.status in offer.status_transition["participant", "withdraw"].from_
