"""Appointments: dates agreed, meetings held, registers taken."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from workflow import engine, participants
from workflow.actor import Actor
from workflow.errors import BadInput, Conflict, NotFound
from workflow.facts import SIDE_STATUSES
from workflow.machine import StatusMachine
from workflow.offers import offers_of
from workflow.store.appointment import ATTENDED, MARKS, Appointment, Attendance
from workflow.store.facts import Case
from workflow.store.participant import Participant
from workflow.text import block
from workflow.words import listed

MACHINE = StatusMachine(
    "appointment",
    {
        "offer": (("to_book",), "offered"),
        "book": (("to_book", "offered"), "booked"),
        "move": (("offered", "booked"), "moved"),
        "hold": (("booked",), "held"),
        "register": (("booked", "held"), "registered"),
        "cancel": (("to_book", "offered", "booked"), "cancelled"),
    },
)
OUTPUTS_LIMIT = 8000


def book(
    session: Session, engagement_id: int, kind: str, starts_at: datetime, *, actor: Actor, now: datetime
) -> Appointment:
    """Agrees a date. A date agreed before and not yet held is moved."""
    case = engine.open_case(session, engagement_id)
    known = offers_of(session).machine(*case.offer).offer.appointment
    if kind not in known:
        raise NotFound(f"This offer has no appointment called “{kind}”; choose {listed(list(known), 'or')}.")
    for one in _of(session, engagement_id, kind, ("offered", "booked")):
        one.status = MACHINE.move(one.status, "move")
    appointment = Appointment(
        engagement_id=engagement_id, kind=kind, status=MACHINE.move("to_book", "book"), starts_at=starts_at, outputs=""
    )
    session.add(appointment)
    session.flush()
    engine.record(
        session,
        case,
        "appointment_booked",
        actor=actor,
        now=now,
        data={"appointment": appointment.id, "kind": kind, "starts_at": starts_at.isoformat()},
    )
    return appointment


def hold(
    session: Session, engagement_id: int, kind: str, *, actor: Actor, now: datetime, outputs: str | None = None
) -> Appointment:
    """The meeting took place; `outputs` is what was agreed at it."""
    case, appointment = _current(session, engagement_id, kind, ("booked",), now)
    appointment.status = MACHINE.move(appointment.status, "hold")
    appointment.outputs = _outputs(outputs) if outputs else ""
    engine.record(
        session, case, "appointment_held", actor=actor, now=now, data={"appointment": appointment.id, "kind": kind}
    )
    return appointment


def write_outputs(
    session: Session, engagement_id: int, kind: str, outputs: str, *, actor: Actor, now: datetime
) -> Appointment:
    """What was agreed at a meeting that has been held."""
    case, appointment = _current(session, engagement_id, kind, ("held", "registered"), now)
    appointment.outputs = _outputs(outputs)
    engine.record(
        session, case, "outputs_recorded", actor=actor, now=now, data={"appointment": appointment.id, "kind": kind}
    )
    return appointment


def take_register(
    session: Session, engagement_id: int, kind: str, marks: Mapping[str, str], *, actor: Actor, now: datetime
) -> Appointment:
    """Writes who was there, by email address; people not named are marked `no_show`. The meeting counts as held."""
    case, appointment = _current(session, engagement_id, kind, ("booked", "held"), now)
    appointment.status = MACHINE.move(appointment.status, "register")
    marks = {email.strip().lower(): mark for email, mark in marks.items()}
    _named(session, engagement_id, marks)
    people = session.scalars(_taking_part(engagement_id)).all()
    session.add_all(
        Attendance(appointment_id=appointment.id, participant_id=person.id, mark=marks.get(person.email, "no_show"))
        for person in people
    )
    _start_training(person for person in people if marks.get(person.email) in ATTENDED)
    engine.record(
        session, case, "register_taken", actor=actor, now=now, data={"appointment": appointment.id, "kind": kind}
    )
    return appointment


def catch_up(
    session: Session, engagement_id: int, kind: str, emails: Iterable[str], *, actor: Actor, now: datetime
) -> Appointment:
    """People who missed a registered meeting have caught up since. Raises Conflict for anybody who was there."""
    case, appointment = _current(session, engagement_id, kind, ("registered",), now)
    people = _named(session, engagement_id, dict.fromkeys(emails, "caught_up"))
    there = [person.name for person in people if person.id in case.facts.attended(kind)]
    if there:
        title = offers_of(session).machine(*case.offer).offer.appointment[kind].title
        raise Conflict(f"A catch-up is for those who missed {title}, and {listed(there)} did not.")
    for person in people:
        session.merge(Attendance(appointment_id=appointment.id, participant_id=person.id, mark="caught_up"))
        _start_training([person])
    engine.record(session, case, "caught_up", actor=actor, now=now, data={"appointment": appointment.id, "kind": kind})
    return appointment


def _current(
    session: Session, engagement_id: int, kind: str, statuses: tuple[str, ...], now: datetime
) -> tuple[Case, Appointment]:
    """The latest appointment of a kind in one of these statuses. Raises NotFound, or Conflict if it lies ahead."""
    case = engine.open_case(session, engagement_id)
    found = _of(session, engagement_id, kind, statuses)
    if not found:
        raise NotFound(f"There is no “{kind}” appointment that is {listed(list(statuses), 'or')}. Book a date first.")
    if found[-1].starts_at > now:
        raise Conflict(f"That appointment is on {found[-1].starts_at:%d %B %Y}, which has not come yet.")
    return case, found[-1]


def _of(session: Session, engagement_id: int, kind: str, statuses: tuple[str, ...]) -> list[Appointment]:
    return list(
        session.scalars(
            select(Appointment)
            .where(
                Appointment.engagement_id == engagement_id, Appointment.kind == kind, Appointment.status.in_(statuses)
            )
            .order_by(Appointment.id)
        )
    )


def _taking_part(engagement_id: int) -> Select[Participant]:
    return (
        select(Participant)
        .where(Participant.engagement_id == engagement_id, Participant.status.not_in(SIDE_STATUSES))
        .order_by(Participant.id)
    )


def _named(session: Session, engagement_id: int, marks: Mapping[str, str]) -> list[Participant]:
    """The people named in a register. Raises BadInput for a mark nobody knows, NotFound for an unknown address."""
    for mark in marks.values():
        if mark not in MARKS:
            raise BadInput(f"“{mark}” is not a mark; choose {listed(list(MARKS), 'or')}.")
    return [participants.one_of(session, engagement_id, email) for email in marks]


def _start_training(people: Iterable[Participant]) -> None:
    for person in people:
        if person.status == "nominated":
            person.status = participants.MACHINE.move(person.status, "train")


def _outputs(text: str) -> str:
    try:
        return block(text, "What was agreed", OUTPUTS_LIMIT)
    except ValueError as error:
        raise BadInput(str(error)) from None
