"""How long engagements stayed at their stages, in school days, read from their history.

Time on hold does not count, nor does what was taken back: an undone move never happened. A stage that another version
calls otherwise goes on under its new name. An engagement that is still at
a stage, or was cancelled or lapsed there, says only that it lasted at least so long. To know what is due, see the
promises.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import accumulate, groupby
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import Row, case, or_, select
from sqlalchemy.orm import Session

from workflow.calendar.working_days import Calendar
from workflow.domain.happening import STEP_UNDONE, VERSION_CHANGED
from workflow.forecasting.survival import Stay
from workflow.store.dialect import among
from workflow.store.record import table_of
from workflow.store.tables.event import Event

_DAY = timedelta(days=1)
_e = table_of(Event).c
_UNDONE = _e.name == STEP_UNDONE
_MOVES = (
    select(
        _e.engagement_id,
        _e.seq,
        _e.at,
        _e.from_stage,
        _e.to_stage,
        _e.to_standing,
        _e.name,
        case((_UNDONE, _e.data)).label("taken_back"),
    )
    .where(
        among(_e.engagement_id, "ids"),
        or_(_e.from_stage != _e.to_stage, _e.from_standing != _e.to_standing, _e.seq == 1, _UNDONE),
    )
    .order_by(_e.engagement_id, _e.seq)
)
_Move = Row[*tuple[Any, ...]]


class Course(NamedTuple):
    """One engagement's stays: those that `ended`, in order, and how long it had been at its `stage` by the day `since`,
    from which on it is there; None where it stands still."""

    ended: tuple[tuple[str, Stay], ...]
    stage: str
    lasted: int
    since: date | None

    def until(self, passed: Mapping[date, int]) -> Stay:
        """The stay that goes on, as long as it is by a day up to which so many school days have passed since others.
        What is yet to come has not lasted."""
        return Stay(self.lasted + passed.get(self.since, 0) if self.since else self.lasted, ended=False)


def read_courses(session: Session, ids: Collection[int], calendar: Calendar) -> Mapping[int, Course]:
    """By engagement, in one query that finds the events of each by the primary key."""
    # The connection itself: what the session does around thousands of rows costs as much as reading them.
    moves = _standing(session.connection().execute(_MOVES, {"ids": list(ids)}).all())
    number = _numbered(calendar, [move.at for move in moves]) if moves else None
    return {one: _course(own, number, calendar) for one, own in groupby(moves, key=itemgetter(0)) if number}


def _standing(moves: Sequence[_Move]) -> Sequence[_Move]:
    """The moves that were not taken back."""
    undoings = [move for move in moves if move.taken_back]
    gone = {(one.engagement_id, seq) for one in undoings for seq in (one.seq, *one.taken_back["undid"])}
    return [move for move in moves if move[:2] not in gone]


def _course(moves: Iterable[_Move], number: Callable[[date], int], calendar: Calendar) -> Course:
    ended: list[tuple[str, Stay]] = []
    lasted, since, stage = 0, None, ""
    for _, _, at, before, stage, standing, name, _ in moves:
        day = calendar.local_day(at)
        lasted += number(day) - number(since) if since else 0
        if before != stage and name != VERSION_CHANGED:
            ended.append((before, Stay(lasted, ended=True)))
            lasted = 0
        since = day if standing == "active" else None
    return Course(tuple(ended), stage, lasted, since)


def _numbered(calendar: Calendar, moments: Sequence[datetime]) -> Callable[[date], int]:
    """Numbers the school days once, as counting each stay's for itself would take longer than the rest of a page."""
    first, last = calendar.local_day(min(moments)), calendar.local_day(max(moments))
    days = [first + _DAY * number for number in range((last - first).days + 1)]
    numbers = dict(zip(days, accumulate(calendar.is_open(day, "school days") for day in days), strict=True))
    return numbers.__getitem__
