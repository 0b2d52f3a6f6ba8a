"""Dates that were on offer before the step that is taken back are on offer again, but for those that have passed."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow import engine
from workflow.calendar.local_time import moment_told
from workflow.domain.actor import Actor
from workflow.domain.happening import StatusChange
from workflow.engine.catalogue import offers_of
from workflow.english import count_of, listed, within
from workflow.offer.definition import Offer
from workflow.store.cases import lock_case
from workflow.store.letters import letters_of
from workflow.store.tables.appointment import Appointment, OfferedDate
from workflow.usecases.undo.heard import UNDONE, is_known


class Offered(NamedTuple):
    """A meeting whose dates are on offer again. `agreed` is the date that was chosen, if one was; `ahead` are those to
    choose from, and `passed` counts those that were on offer too."""

    appointment: Appointment
    agreed: datetime | None
    ahead: tuple[datetime, ...]
    passed: int


def offered_again(session: Session, moves: Iterable[tuple[str, int, str, str]], now: datetime) -> Iterator[Offered]:
    """Those of which a date still lies ahead. A choice of which none does leaves nothing on offer."""
    for noun, number, was, to in moves:
        if noun != "appointment" or was != "offered" or to not in ("booked", "moved"):
            continue
        appointment = session.get_one(Appointment, number)
        wanted = select(OfferedDate.starts_at).where(OfferedDate.appointment_id == number)
        known = session.scalars(wanted.order_by(OfferedDate.starts_at)).all()
        ahead = tuple(one for one in known if one > now)
        if ahead:
            yield Offered(
                appointment, appointment.starts_at if to == "booked" else None, ahead, len(known) - len(ahead)
            )


def put_back(offered: Sequence[Offered]) -> None:
    for one in offered:
        one.appointment.status, one.appointment.starts_at = "offered", one.ahead[0]


def offer_again(
    session: Session, engagement_id: int, offered: Sequence[Offered], *, seq: int, actor: Actor, now: datetime
) -> None:
    """The date that was agreed leaves the calendars of those who have it, and whoever chooses hears what there is."""
    for one in offered:
        offer = offers_of(session).machine(*lock_case(session, engagement_id).offer).offer
        known = one.agreed is not None and is_known(letters_of(session, engagement_id), offer, one.appointment.id)
        if one.agreed is not None and one.agreed > now and known:
            _say(session, one, "cancel", one.agreed, seq=seq, actor=actor, now=now)
        _say(session, one, "offer", one.ahead[0], seq=seq, actor=actor, now=now)


def told(session: Session, engagement_id: int, offer: Offer, one: Offered, dropped: set[int]) -> Iterator[str]:
    """What becomes of it, in sentences. `dropped` are the letters that are about to be dropped."""
    title, zone = within(offer.appointment[one.appointment.kind].title), offer.calendar.zone
    if one.agreed is not None:
        heard = is_known(letters_of(session, engagement_id), offer, one.appointment.id, dropped=dropped)
        then = "; those invited are told" if heard else ""
        yield f"The date for {title} on {moment_told(one.agreed, zone)} is cancelled{then}."
    left = f"; {count_of(one.passed, 'date')} that {_was(one.passed)} on offer too {_has(one.passed)} passed"
    yield (
        f"On offer again for {title}: {listed([moment_told(day, zone) for day in one.ahead])}"
        f"{left if one.passed else ''}."
    )


def none_left(offer: Offer, appointment: Appointment) -> str:
    title = within(offer.appointment[appointment.kind].title)
    return f"The dates that were on offer for {title} have all passed, so none is on offer again. Offer others."


def _was(number: int) -> str:
    return "was" if number == 1 else "were"


def _has(number: int) -> str:
    return "has" if number == 1 else "have"


def _say(session: Session, one: Offered, verb: str, at: datetime, *, seq: int, actor: Actor, now: datetime) -> None:
    """Owes what the verb owes, with an event that says of which date; calendars take its number for the newest."""
    appointment = one.appointment
    case = lock_case(session, appointment.engagement_id)
    offer = offers_of(session).machine(*case.offer).offer
    move = offer.status_transition["appointment", verb]
    appointment.sequence += 1
    reason = UNDONE if move.reasons else None
    step = StatusChange(
        "appointment", appointment.id, "offered", "offered", move.effects, reason, appointment.kind, appointment.purpose
    )
    data = {
        "appointment": appointment.id,
        "kind": appointment.kind,
        "starts_at": at.isoformat(),
        "sequence": appointment.sequence,
    }
    name = {"cancel": "appointment_cancelled", "offer": "appointment_offered"}[verb]
    engine.record(session, case, name, actor=actor, now=now, data=data, statuses=[step], caused_by=seq)
