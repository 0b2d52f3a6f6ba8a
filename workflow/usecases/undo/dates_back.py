"""Dates of a step that is taken back: some leave people's calendars, others come back into them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow import engine
from workflow.domain.actor import Actor
from workflow.domain.happening import StatusChange
from workflow.engine.catalogue import offers_of
from workflow.engine.status_change import change_status
from workflow.offer.definition import Offer
from workflow.store.cases import Case, lock_case
from workflow.store.letters import letters_of
from workflow.store.tables.appointment import Appointment
from workflow.usecases.undo.heard import UNDONE, is_known
from workflow.usecases.undo.offered_back import Offered, offered_again

_AHEAD = ("to_book", "offered")


@dataclass(frozen=True, slots=True)
class Dates:
    """`off` were agreed or offered by the step and are called off; `again` were moved or cancelled and stand again.

    `offered` have their dates on offer again, and `unoffered` of those that are off had only dates that have passed.
    """

    off: tuple[Appointment, ...]
    again: tuple[Appointment, ...]
    offered: tuple[Offered, ...] = ()
    unoffered: tuple[Appointment, ...] = ()

    def told(self, appointment: Appointment) -> bool:
        """Whether those invited hear that it is off: not where its own calendar entry goes back to the date before."""
        return appointment.status == "booked" and appointment.uid not in {one.uid for one in self.again}


def dates_of(session: Session, moves: Sequence[tuple[str, int, str, str]], now: datetime) -> Dates:
    """Moves are of every noun, latest first; only appointments are looked at."""
    offered = tuple(offered_again(session, moves, now))
    on_offer = {one.appointment.id for one in offered}
    found = [
        (session.get_one(Appointment, number), was, to) for noun, number, was, to in moves if noun == "appointment"
    ]
    ended = [(one, was) for one, was, to in found if to in ("offered", "booked") and was in _AHEAD]
    return Dates(
        off=tuple(one for one, _was in ended if one.id not in on_offer),
        again=tuple(one for one, was, to in found if to in ("moved", "cancelled") and was == "booked"),
        offered=offered,
        unoffered=tuple(one for one, was in ended if was == "offered" and one.id not in on_offer),
    )


def for_staff(session: Session, case: Case, offer: Offer) -> list[Appointment]:
    """The dates agreed to which the people who take part are invited."""
    kinds = [kind.name for kind in offer.appointments if "participants" in kind.invite]
    agreed = (Appointment.engagement_id == case.id) & (Appointment.status == "booked") & Appointment.kind.in_(kinds)
    return list(session.scalars(select(Appointment).where(agreed).order_by(Appointment.id)))


def call_off(session: Session, engagement_id: int, dates: Dates, *, seq: int, actor: Actor, now: datetime) -> None:
    """Cancels each date as anybody would; nobody is told of one that has passed, or that nobody has heard of."""
    for appointment in dates.off:
        case = lock_case(session, engagement_id)
        offer = offers_of(session).machine(*case.offer).offer
        heard = dates.told(appointment) and is_known(letters_of(session, case.id), offer, appointment.id)
        quiet, move = not heard or appointment.starts_at <= now, offer.status_transition["appointment", "cancel"]
        reason = UNDONE if move.reasons else None
        step = change_status(session, case, "appointment", appointment, "cancel", actor=actor, reason=reason)
        appointment.reason, appointment.sequence = reason, appointment.sequence + 1
        data = _data(appointment)
        taken = [replace(step, owes=()) if quiet else step]
        engine.record(
            session, case, "appointment_cancelled", actor=actor, now=now, data=data, statuses=taken, caused_by=seq
        )


def invite_again(session: Session, engagement_id: int, dates: Dates, *, seq: int, actor: Actor, now: datetime) -> None:
    """Those invited hear that the date stands again, under a number that their calendars take for the newest."""
    for appointment in dates.again:
        case = lock_case(session, engagement_id)
        known = [one.sequence for one in dates.off if one.uid == appointment.uid]
        appointment.sequence = max(appointment.sequence, *known, 0) + 1
        offer = offers_of(session).machine(*case.offer).offer
        ahead = appointment.starts_at > now
        owes = (
            offer.status_transition["appointment", "move"].effects
            if ahead and ("appointment", "move") in offer.status_transition
            else ()
        )
        step = StatusChange(
            "appointment", appointment.id, "booked", "booked", owes, kind=appointment.kind, purpose=appointment.purpose
        )
        data = _data(appointment)
        engine.record(
            session, case, "appointment_booked", actor=actor, now=now, data=data, statuses=[step], caused_by=seq
        )


def _data(appointment: Appointment) -> dict[str, object]:
    return {
        "appointment": appointment.id,
        "kind": appointment.kind,
        "starts_at": appointment.starts_at.isoformat(),
        "sequence": appointment.sequence,
    }
