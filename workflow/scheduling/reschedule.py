"""When the calendar has changed: which open promises and timers fall on other days, before and after it is applied.

A timer keeps what it was counted from, so it can be counted again. Nothing moves until somebody has seen the
difference and applies it.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Update, bindparam, select, update
from sqlalchemy.orm import Session

from workflow import engine
from workflow.calendar.explanation import explain
from workflow.calendar.span import UNITS, Span
from workflow.calendar.working_days import Calendar
from workflow.containment import contained
from workflow.domain.actor import Actor
from workflow.domain.happening import Happening
from workflow.engine.calendars import calendar_of, make_calendars
from workflow.engine.catalogue import offers_of
from workflow.offer.definition import Offer
from workflow.store.cases import Case, read_locked
from workflow.store.dialect import among
from workflow.store.record import holds, table_of
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.promise import PromiseRow
from workflow.store.tables.timer import ArmedTimer

#: So many engagements are read at once, whatever their number.
_TOGETHER = 500
_timer, _promise = table_of(ArmedTimer), table_of(PromiseRow)


@dataclass(frozen=True, slots=True)
class Difference:
    """One day that moves. `timer` is None for the promise itself; `why` explains the new day in words, and `zone` is
    where its days are told."""

    engagement_id: int
    reference: str
    what: str
    was: datetime
    becomes: datetime
    why: str
    zone: ZoneInfo
    promise_id: int | None = None
    timer_id: int | None = None


def differences(session: Session, urn: str | None = None) -> list[Difference]:
    """Every open promise and armed timer that the calendar of today puts on another day, of one school or of all."""
    wanted = select(Engagement.id).where(Engagement.standing == "active").order_by(Engagement.id)
    ids = session.scalars(wanted if urn is None else wanted.where(Engagement.school_urn == urn)).all()
    return [one for some in _some_at_a_time(ids) for one in _of_some(session, some)]


def _some_at_a_time(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[start : start + _TOGETHER] for start in range(0, len(ids), _TOGETHER))


def _of_some(session: Session, ids: Collection[int]) -> Iterator[Difference]:
    cases = read_locked(session, ids)
    known = {case.id: offer for case in cases.values() if (offer := _offer(session, case))}
    make_calendars(session, [(offer, cases[number]) for number, offer in known.items()])
    timers: dict[int, list[ArmedTimer]] = {number: [] for number in ids}
    armed = among(ArmedTimer.engagement_id, "ids") & holds(ArmedTimer.status, "armed")
    for timer in session.scalars(
        select(ArmedTimer).where(armed).order_by(ArmedTimer.due_at, ArmedTimer.id), {"ids": list(ids)}
    ):
        timers[timer.engagement_id].append(timer)
    for number, offer in known.items():
        case = cases[number]
        with contained(case.reference, _keeps_its_days):
            yield from [*_of(calendar_of(session, offer, case), case, timers[number])]


def _offer(session: Session, case: Case) -> Offer | None:
    """None when it is out of use, and the case keeps its days."""
    return next((offer for offer in offers_of(session) if offer.key == case.offer), None)


def _keeps_its_days(_sentence: str) -> None:
    """One whose days cannot be counted keeps those it has. Once one of them falls due, it is set aside and told."""


def apply(session: Session, found: Iterable[Difference], *, actor: Actor, now: datetime) -> None:
    """Moves the days, with one event for each engagement. Raises Conflict if a journey has ended meanwhile."""
    by_engagement: dict[int, list[Difference]] = {}
    for one in found:
        by_engagement.setdefault(one.engagement_id, []).append(one)
    for some in _some_at_a_time(sorted(by_engagement)):
        cases = engine.open_cases(session, some)
        moved = {number: by_engagement[number] for number in cases}
        _move(session, [one for those in moved.values() for one in those])
        told = [(cases[number], Happening("calendar_changed", _data(those))) for number, those in moved.items()]
        engine.record_each(session, told, actor=actor, now=now)


def _data(moved: Sequence[Difference]) -> dict[str, Any]:
    return {"moved": [[one.timer_id or 0, one.was.isoformat(), one.becomes.isoformat()] for one in moved]}


def _move(session: Session, moved: Sequence[Difference]) -> None:
    """Whatever has come to another day, or to its end, in the meantime stays as it is."""
    promises = [_values(one, one.promise_id) for one in moved if one.promise_id is not None]
    timers = [_values(one, one.timer_id) for one in moved if one.timer_id is not None]
    for statement, those in ((_PROMISE_MOVES, promises), (_BEGINNING_MOVES, promises), (_TIMER_MOVES, timers)):
        if those:
            session.connection().execute(statement, those)


def _values(one: Difference, number: int | None) -> dict[str, Any]:
    return {"number": number, "engagement": one.engagement_id, "before": one.was, "becomes": one.becomes}


def _moves(table: Any, column: str, *here: Any) -> Update:
    return update(table).where(table.c[column] == bindparam("before"), *here).values({column: bindparam("becomes")})


_PROMISE_MOVES = _moves(_promise, "due_at", _promise.c.id == bindparam("number"), holds(PromiseRow.status, "open"))
_TIMER_MOVES = _moves(_timer, "due_at", _timer.c.id == bindparam("number"), holds(ArmedTimer.status, "armed"))
#: Of a timer that hangs on the promise itself; the next round of one that fires again and again hangs on the last one.
_BEGINNING_MOVES = _moves(
    _timer,
    "counted_from",
    _timer.c.engagement_id == bindparam("engagement"),
    holds(ArmedTimer.about, "promise"),
    holds(ArmedTimer.status, "armed"),
)


def _of(calendar: Calendar, case: Case, timers: Iterable[ArmedTimer]) -> Iterator[Difference]:
    promise, moved = case.promise, dict[datetime, datetime]()
    if promise is not None:
        span = Span(promise.count, promise.unit)
        day = moved[promise.due_at] = calendar.deadline(promise.counted_from, span)
        if day != promise.due_at:
            why = _why(calendar, promise.counted_from, span)
            told = Difference(case.id, case.reference, promise.what, promise.due_at, day, why, calendar.zone)
            yield replace(told, promise_id=promise.id)
    for timer in timers:
        start = timer.counted_from
        if timer.about == "promise":
            start = moved.get(start, start)
        span = Span(timer.count, next(unit for unit in UNITS if unit == timer.unit))
        due = calendar.due(start, span) if span.count else timer.due_at
        if due != timer.due_at:
            why = _why(calendar, start, span)
            told = Difference(case.id, case.reference, timer.name, timer.due_at, due, why, calendar.zone)
            yield replace(told, timer_id=timer.id)


def _why(calendar: Calendar, start: datetime, span: Span) -> str:
    return str(explain(calendar, calendar.local_day(start), span))
