"""When the calendar has changed: which open promises and timers fall on other days, before and after it is applied.

A timer keeps what it was counted from, so it can be counted again. Nothing moves until somebody has seen the
difference and applies it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from workflow import engine
from workflow.calendar.explanation import explain
from workflow.calendar.span import UNITS, Span
from workflow.calendar.working_days import Calendar
from workflow.containment import contained
from workflow.domain.actor import Actor
from workflow.engine.calendars import calendar_of
from workflow.engine.catalogue import offers_of
from workflow.store.cases import Case, read_locked
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.promise import PromiseRow
from workflow.store.tables.timer import ArmedTimer


@dataclass(frozen=True, slots=True)
class Difference:
    """One day that moves. `timer` is None for the promise itself; `why` explains the new day in words."""

    engagement_id: int
    reference: str
    what: str
    was: datetime
    becomes: datetime
    why: str
    promise_id: int | None = None
    timer_id: int | None = None


def differences(session: Session, urn: str | None = None) -> list[Difference]:
    """Every open promise and armed timer that the calendar of today puts on another day, of one school or of all."""
    wanted = select(Engagement.id).where(Engagement.standing == "active").order_by(Engagement.id)
    ids = session.scalars(wanted if urn is None else wanted.where(Engagement.school_urn == urn)).all()
    found: list[Difference] = []
    for case in read_locked(session, ids).values():
        with contained(case.reference, _keeps_its_days):
            found += _of(session, case)
    return found


def _keeps_its_days(_sentence: str) -> None:
    """One whose days cannot be counted keeps those it has. Once one of them falls due, it is set aside and told."""


def apply(session: Session, found: Iterable[Difference], *, actor: Actor, now: datetime) -> None:
    """Moves the days, with one event for each engagement. Raises Conflict if a journey has ended meanwhile."""
    by_engagement: dict[int, list[Difference]] = {}
    for one in found:
        by_engagement.setdefault(one.engagement_id, []).append(one)
    for engagement_id, moved in by_engagement.items():
        case = engine.open_case(session, engagement_id)
        for one in moved:
            _move(session, one)
        data = {"moved": [[one.timer_id or 0, one.was.isoformat(), one.becomes.isoformat()] for one in moved]}
        engine.record(session, case, "calendar_changed", actor=actor, now=now, data=data)


def _move(session: Session, one: Difference) -> None:
    if one.promise_id is not None:
        session.execute(update(PromiseRow).where(PromiseRow.id == one.promise_id).values(due_at=one.becomes))
        about = (ArmedTimer.engagement_id == one.engagement_id) & (ArmedTimer.about == "promise")
        session.execute(update(ArmedTimer).where(about, ArmedTimer.status == "armed").values(counted_from=one.becomes))
    else:
        still = (ArmedTimer.id == one.timer_id) & (ArmedTimer.status == "armed")
        session.execute(update(ArmedTimer).where(still).values(due_at=one.becomes))


def _of(session: Session, case: Case) -> Iterator[Difference]:
    offer = offers_of(session).machine(*case.offer).offer
    calendar, promise = calendar_of(session, offer, case), case.promise
    day = promise.due_at if promise else None
    if promise is not None:
        span = Span(promise.count, promise.unit)
        day = calendar.deadline(promise.counted_from, span)
        if day != promise.due_at:
            why = _why(calendar, promise.counted_from, span)
            yield Difference(case.id, case.reference, promise.what, promise.due_at, day, why, promise_id=promise.id)
    armed = (ArmedTimer.engagement_id == case.id) & (ArmedTimer.status == "armed")
    for timer in session.scalars(select(ArmedTimer).where(armed).order_by(ArmedTimer.due_at, ArmedTimer.id)):
        start = day if day is not None and timer.about == "promise" else timer.counted_from
        span = Span(timer.count, next(unit for unit in UNITS if unit == timer.unit))
        due = calendar.due(start, span) if span.count else timer.due_at
        if due != timer.due_at:
            why = _why(calendar, start, span)
            yield Difference(case.id, case.reference, timer.name, timer.due_at, due, why, timer_id=timer.id)


def _why(calendar: Calendar, start: datetime, span: Span) -> str:
    return str(explain(calendar, calendar.local_day(start), span))
