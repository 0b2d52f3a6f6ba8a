"""Registers: who was at a meeting, and who has caught up with it since."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from workflow import engine
from workflow.domain.actor import Actor
from workflow.domain.email_address import as_kept
from workflow.domain.happening import StatusChange
from workflow.domain.lifecycles import HELD_STATUSES, SIDE_STATUSES
from workflow.engine.catalogue import offers_of
from workflow.engine.status_change import change_status
from workflow.english import listed, within
from workflow.errors import BadInput, Conflict
from workflow.store.cases import Case
from workflow.store.tables.appointment import ATTENDED, MARKS, Appointment, Attendance
from workflow.store.tables.participant import Participant
from workflow.usecases import participants
from workflow.usecases.appointments import current, kind_of


def take_register(
    session: Session, engagement_id: int, kind: str, marks: Mapping[str, str], *, actor: Actor, now: datetime
) -> Appointment:
    """Writes who was there, by email address; people not named are marked `no_show`. The meeting counts as held.

    At a catch-up only those are on the register who missed the meeting; whoever is present has caught up. Somebody who
    was at the same meeting in an engagement they came from need not come again.
    """
    case, appointment = current(session, engagement_id, kind, ("booked", "held"), now)
    taken = [change_status(session, case, "appointment", appointment, "register", actor=actor)]
    marks = {as_kept(email): mark for email, mark in marks.items()}
    _named(session, engagement_id, marks)
    people = expected(session, case, appointment)
    before = {line.participant_id: line for line in session.scalars(_lines(appointment.id))}
    for person in people:
        mark = _meant(marks.get(person.email, "no_show"), appointment)
        if mark not in ATTENDED and _attended_before(session, person, kind, other_than=appointment.id):
            mark = "caught_up"
        if person.id in before:
            before[person.id].mark = mark
        else:
            session.add(Attendance(appointment_id=appointment.id, participant_id=person.id, mark=mark))
    there = [person for person in people if marks.get(person.email) in ATTENDED]
    taken += _start_training(session, case, there, actor)
    _record(session, case, "register_taken", appointment, taken, actor=actor, now=now)
    return appointment


def catch_up(
    session: Session, engagement_id: int, kind: str, emails: Iterable[str], *, actor: Actor, now: datetime
) -> Appointment:
    """People who missed a registered meeting have caught up since. Raises Conflict for anybody who was there."""
    case, appointment = current(session, engagement_id, kind, ("registered",), now)
    people = _named(session, engagement_id, dict.fromkeys(emails, "caught_up"))
    there = [person.name for person in people if person.id in case.facts.attended(kind)]
    if there:
        title = kind_of(session, case, kind).title
        raise Conflict(f"A catch-up is for those who missed {within(title)}, and {listed(there)} did not.")
    marks = [[person.id, _caught_up(session, appointment, person)] for person in people]
    taken = _start_training(session, case, people, actor)
    _record(session, case, "caught_up", appointment, taken, actor=actor, now=now, marks=marks)
    return appointment


def carry_over(session: Session, case: Case, leaving: Participant, coming: Participant) -> None:
    """Somebody who comes from another engagement has caught up on every meeting held here that they were at there."""
    for kind in offers_of(session).machine(*case.offer).offer.appointment:
        held = list(case.facts.held(kind))
        if held and _attended_before(session, leaving, kind):
            session.merge(Attendance(appointment_id=held[-1].id, participant_id=coming.id, mark="caught_up"))


def _attended_before(session: Session, person: Participant | None, kind: str, *, other_than: int = 0) -> bool:
    """Whether they were at a meeting of this kind, here or in an engagement that they came from.

    `other_than` is a meeting whose register is just being taken: marks of a register taken back are no evidence.
    """
    seen: set[int] = set()
    while person is not None and person.id not in seen:
        seen.add(person.id)
        there = (
            select(Attendance.mark)
            .join(Appointment, Appointment.id == Attendance.appointment_id)
            .where(Attendance.participant_id == person.id, Attendance.mark.in_(ATTENDED))
            .where(Appointment.kind == kind, Appointment.status.in_(HELD_STATUSES), Appointment.id != other_than)
        )
        if session.scalar(there.limit(1)) is not None:
            return True
        came = person.before_id if person.before_how == "transferred" else None
        person = session.get(Participant, came) if came else None
    return False


def _caught_up(session: Session, appointment: Appointment, person: Participant) -> str:
    """Returns the mark that stood there before; somebody who joined later was not there either."""
    line = session.get(Attendance, (appointment.id, person.id))
    before = line.mark if line else "no_show"
    session.merge(Attendance(appointment_id=appointment.id, participant_id=person.id, mark="caught_up"))
    return before


def _meant(mark: str, appointment: Appointment) -> str:
    return "caught_up" if appointment.purpose == "catch_up" and mark in ATTENDED else mark


def expected(session: Session, case: Case, appointment: Appointment) -> list[Participant]:
    """Those whom a register asks about: at a catch-up, only who missed the meeting."""
    missed_only = appointment.purpose == "catch_up"
    there = case.facts.attended(appointment.kind) if missed_only else frozenset()
    return [person for person in session.scalars(_taking_part(case.id)) if person.id not in there]


def _everybody(engagement_id: int) -> Select[Participant]:
    return select(Participant).where(Participant.engagement_id == engagement_id).order_by(Participant.id)


def _taking_part(engagement_id: int) -> Select[Participant]:
    return _everybody(engagement_id).where(Participant.status.not_in(SIDE_STATUSES))


def _lines(appointment_id: int) -> Select[Attendance]:
    return select(Attendance).where(Attendance.appointment_id == appointment_id)


def _named(session: Session, engagement_id: int, marks: Mapping[str, str]) -> list[Participant]:
    """The people named in a register. Raises BadInput for a mark nobody knows, NotFound for an unknown address."""
    for mark in marks.values():
        if mark not in MARKS:
            raise BadInput(f"“{mark}” is not a mark; choose {listed(list(MARKS), 'or')}.")
    there = {one.email: one for one in session.scalars(_everybody(engagement_id))}
    return [there.get(as_kept(email)) or participants.one_of(session, engagement_id, email) for email in marks]


def _start_training(session: Session, case: Case, people: Iterable[Participant], actor: Actor) -> list[StatusChange]:
    """Where the page has a verb for it; elsewhere they stay as they are."""
    known = offers_of(session).machine(*case.offer).offer.status_transition
    new = (person for person in people if person.status == "nominated" and ("participant", "train") in known)
    return [change_status(session, case, "participant", person, "train", actor=actor) for person in new]


def _record(
    session: Session,
    case: Case,
    name: str,
    appointment: Appointment,
    taken: list[StatusChange],
    *,
    actor: Actor,
    now: datetime,
    **more: Any,
) -> None:
    data = {"appointment": appointment.id, "kind": appointment.kind, **more}
    engine.record(session, case, name, actor=actor, now=now, data=data, statuses=taken)
