"""Appointments: dates offered, agreed, moved and cancelled, and meetings held."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select
from sqlalchemy.orm import Session

from workflow import engine
from workflow.calendar.local_time import moment_told
from workflow.domain.actor import Actor
from workflow.domain.happening import StatusChange
from workflow.engine.catalogue import offers_of
from workflow.engine.status_change import change_status
from workflow.english import listed, within
from workflow.errors import BadInput, Conflict, NotFound
from workflow.offer.definition import AppointmentKind
from workflow.sanitise import block, line
from workflow.store.cases import Case
from workflow.store.tables.appointment import Appointment, OfferedDate

OUTPUTS_LIMIT = 8000
PLACE_LIMIT = 200
#: More dates than this are no choice but a calendar.
DATES_LIMIT = 10
_OF_KIND = (
    select(Appointment)
    .where(Appointment.engagement_id == bindparam("engagement"), Appointment.kind == bindparam("of"))
    .order_by(Appointment.id)
)
_STILL_AHEAD = ("to_book", "offered", "booked")


def offer(
    session: Session,
    engagement_id: int,
    kind: str,
    dates: Sequence[datetime],
    *,
    actor: Actor,
    now: datetime,
    place: str = "",
) -> Appointment:
    """Offers the school dates to choose from, in place of any offered before.

    Raises BadInput, NotFound, Conflict, or Refused when something must be done before a date is agreed.
    """
    case = engine.open_case(session, engagement_id)
    known = kind_of(session, case, kind)
    days = sorted(set(dates))
    if not 1 <= len(days) <= DATES_LIMIT:
        raise BadInput(f"Offer between 1 and {DATES_LIMIT} different dates.")
    if days[0] <= now:
        raise BadInput("A date that is offered must lie ahead. Choose later dates.")
    if of_kind(session, engagement_id, kind, ("booked",)):
        raise Conflict(f"A date for {within(known.title)} is agreed. Move or cancel it instead of offering others.")
    before = of_kind(session, engagement_id, kind, ("offered",))
    moved = [change_status(session, case, "appointment", one, "move", actor=actor) for one in before]
    appointment = _new(session, case, kind, days[0], purpose=_purpose(case, kind), place=place)
    step = change_status(session, case, "appointment", appointment, "offer", actor=actor, rules=known.booking)
    session.execute(insert(OfferedDate), [{"appointment_id": appointment.id, "starts_at": day} for day in days])
    taken = (*(replace(one, owes=()) for one in moved), step)
    _record(session, case, "appointment_offered", appointment, taken, actor=actor, now=now)
    return appointment


def accept(session: Session, engagement_id: int, offered_id: int, *, actor: Actor, now: datetime) -> Appointment:
    """The school chooses one of the dates that were offered. Raises NotFound or Conflict."""
    case = engine.open_case(session, engagement_id)
    found = session.execute(
        select(OfferedDate, Appointment)
        .join(Appointment, Appointment.id == OfferedDate.appointment_id)
        .where(OfferedDate.id == offered_id, Appointment.engagement_id == engagement_id)
    ).one_or_none()
    if found is None:
        raise NotFound("That date was not offered for this engagement. Look at the dates again.")
    date, appointment = found
    if date.starts_at <= now:
        raise Conflict("That date has passed. Choose another, or ask your advisor for more dates.")
    step = change_status(session, case, "appointment", appointment, "book", actor=actor)
    appointment.starts_at = date.starts_at
    _record(session, case, "appointment_booked", appointment, (step,), actor=actor, now=now)
    return appointment


def book(
    session: Session,
    engagement_id: int,
    kind: str,
    starts_at: datetime,
    *,
    actor: Actor,
    now: datetime,
    place: str = "",
    purpose: str | None = None,
) -> Appointment:
    """Agrees a date. A date agreed before and not yet held is moved: it keeps its `uid`, so calendars move it too.

    `purpose` is `catch_up` for those who missed a meeting; otherwise it is worked out.
    Raises NotFound, BadInput or Refused.
    """
    case = engine.open_case(session, engagement_id)
    known, meant = kind_of(session, case, kind), purpose or _purpose(case, kind)
    before = [one for one in of_kind(session, engagement_id, kind, ("offered", "booked")) if one.purpose == meant]
    moved = [change_status(session, case, "appointment", one, "move", actor=actor) for one in before]
    where = place or (before[-1].place if before else "")
    appointment = _new(session, case, kind, starts_at, purpose=meant, place=where)
    booked = change_status(session, case, "appointment", appointment, "book", actor=actor, rules=known.booking)
    if any(step.was == "booked" for step in moved):
        appointment.uid, appointment.sequence = before[-1].uid, before[-1].sequence + 1
        booked = replace(booked, owes=())
    else:
        moved = [replace(step, owes=()) for step in moved]
    if starts_at <= now:  # A meeting that is written down afterwards; nobody has to be invited any more.
        moved, booked = [replace(step, owes=()) for step in moved], replace(booked, owes=())
    _record(session, case, "appointment_booked", appointment, (*moved, booked), actor=actor, now=now)
    return appointment


def cancel(
    session: Session,
    engagement_id: int,
    kind: str,
    *,
    reason: str,
    actor: Actor,
    now: datetime,
    note: str | None = None,
) -> Appointment:
    """Calls off the date that lies ahead. `reason` is a code of the offer: who called it off, or why.

    Raises NotFound, BadInput, or Conflict for a meeting that has begun.
    """
    case = engine.open_case(session, engagement_id)
    appointment = _ahead(session, case, kind, now)
    was = appointment.status
    step = change_status(session, case, "appointment", appointment, "cancel", actor=actor, reason=reason)
    appointment.reason, appointment.sequence = reason, appointment.sequence + 1
    step = step if was == "booked" else replace(step, owes=())
    _record(session, case, "appointment_cancelled", appointment, (step,), actor=actor, now=now, note=note)
    return appointment


def _ahead(session: Session, case: Case, kind: str, now: datetime) -> Appointment:
    """The latest date of a kind that has not come. Raises NotFound, or Conflict where the only ones have begun."""
    known, found = kind_of(session, case, kind), of_kind(session, case.id, kind, _STILL_AHEAD)
    ahead = [one for one in found if one.status != "booked" or one.starts_at > now]
    if ahead:
        return ahead[-1]
    if not found:
        raise NotFound(f"There is no date for {within(known.title)} that could be cancelled.")
    began = moment_told(found[-1].starts_at, offers_of(session).machine(*case.offer).offer.calendar.zone)
    raise Conflict(
        f"A meeting that has begun cannot be cancelled any more: {known.title}, {began}. Record that it took place; "
        "if it did not, agree another date, and it moves there."
    )


def hold(
    session: Session, engagement_id: int, kind: str, *, actor: Actor, now: datetime, outputs: str | None = None
) -> Appointment:
    """The meeting took place; `outputs` is what was agreed at it."""
    case, appointment = current(session, engagement_id, kind, ("booked",), now)
    step = change_status(session, case, "appointment", appointment, "hold", actor=actor)
    appointment.outputs = _outputs(outputs) if outputs else ""
    _record(session, case, "appointment_held", appointment, (step,), actor=actor, now=now)
    return appointment


def write_outputs(
    session: Session, engagement_id: int, kind: str, outputs: str, *, actor: Actor, now: datetime
) -> Appointment:
    """What was agreed at a meeting that has been held."""
    case, appointment = current(session, engagement_id, kind, ("held", "registered"), now)
    appointment.outputs = _outputs(outputs)
    _record(session, case, "outputs_recorded", appointment, (), actor=actor, now=now)
    return appointment


def kind_of(session: Session, case: Case, kind: str) -> AppointmentKind:
    """Raises NotFound for a kind the offer does not have."""
    known = offers_of(session).machine(*case.offer).offer.appointment
    if kind not in known:
        raise NotFound(f"This offer has no appointment called “{kind}”; choose {listed(list(known), 'or')}.")
    return known[kind]


def current(
    session: Session, engagement_id: int, kind: str, statuses: tuple[str, ...], now: datetime
) -> tuple[Case, Appointment]:
    """The latest appointment of a kind in one of these statuses. Raises NotFound, or Conflict if it lies ahead."""
    case = engine.open_case(session, engagement_id)
    found = of_kind(session, engagement_id, kind, statuses)
    if not found:
        raise NotFound(f"There is no “{kind}” appointment that is {listed(list(statuses), 'or')}. Book a date first.")
    if found[-1].starts_at > now:
        zone = offers_of(session).machine(*case.offer).offer.calendar.zone
        raise Conflict(f"That appointment is on {moment_told(found[-1].starts_at, zone)}, which has not come yet.")
    return case, found[-1]


def of_kind(session: Session, engagement_id: int, kind: str, statuses: tuple[str, ...]) -> list[Appointment]:
    """The appointments of a kind in one of these statuses, oldest first."""
    found = session.scalars(_OF_KIND, {"engagement": engagement_id, "of": kind})
    return [one for one in found if one.status in statuses]


def _new(session: Session, case: Case, kind: str, starts_at: datetime, *, purpose: str, place: str) -> Appointment:
    appointment = Appointment(
        engagement_id=case.id,
        kind=kind,
        status="to_book",
        starts_at=starts_at,
        outputs="",
        purpose=purpose,
        place=_place(place),
        uid="",
        sequence=0,
    )
    session.add(appointment)
    session.flush()
    appointment.uid = f"{case.reference}-{appointment.id}"
    return appointment


def _purpose(case: Case, kind: str) -> str:
    """After a judgement, the next visit is a re-visit."""
    return "re_visit" if case.facts.judged(kind) else "planned"


def _record(
    session: Session,
    case: Case,
    name: str,
    appointment: Appointment,
    taken: tuple[StatusChange, ...],
    *,
    actor: Actor,
    now: datetime,
    note: str | None = None,
) -> None:
    data: dict[str, Any] = {"appointment": appointment.id, "kind": appointment.kind}
    if appointment.status in ("offered", "booked", "cancelled"):
        data |= {"starts_at": appointment.starts_at.isoformat(), "sequence": appointment.sequence}
    engine.record(session, case, name, actor=actor, now=now, data=data, note=note, statuses=taken)


def _place(text: str) -> str:
    try:
        return line(text, "The place", PLACE_LIMIT) if text.strip() else ""
    except ValueError as error:
        raise BadInput(str(error)) from None


def _outputs(text: str) -> str:
    try:
        return block(text, "What was agreed", OUTPUTS_LIMIT)
    except ValueError as error:
        raise BadInput(str(error)) from None
