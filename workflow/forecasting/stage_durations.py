"""How long engagements stayed at their stages, in school days, read from their history.

Time on hold does not count, nor does what was taken back: an undone move never happened. An engagement that is still at
a stage, or was cancelled or lapsed there, says only that it lasted at least so long. To know what is due, see the
promises.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import accumulate, groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Row, Select, case, or_, select
from sqlalchemy.orm import Session

from workflow.calendar.working_days import Calendar
from workflow.domain.happening import STEP_UNDONE
from workflow.forecasting.survival import Stay
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
        case((_UNDONE, _e.data)).label("taken_back"),
    )
    .where(or_(_e.from_stage != _e.to_stage, _e.from_standing != _e.to_standing, _e.seq == 1, _UNDONE))
    .order_by(_e.engagement_id, _e.seq)
)
_Move = Row[*tuple[Any, ...]]


def read_stays(
    session: Session, ids: Select[int] | Sequence[int], calendar: Calendar, now: datetime
) -> Iterator[tuple[str, Stay]]:
    """The stages that these engagements have been at and how long, each engagement's in order; the last goes on.

    One query: each engagement's events are found by the primary key, or all are read where there are not many.
    """
    # The connection itself: what the session does around thousands of rows costs as much as reading them.
    moves = _standing(session.connection().execute(_MOVES.where(_e.engagement_id.in_(ids))).all())
    if moves:
        number = _numbered(calendar, [now, *(move.at for move in moves)])
        today = number(now)
        for _, own in groupby(moves, key=itemgetter(0)):
            yield from _stays(own, number, today)


def _standing(moves: Sequence[_Move]) -> Sequence[_Move]:
    """The moves that were not taken back."""
    undoings = [move for move in moves if move.taken_back]
    gone = {(one.engagement_id, seq) for one in undoings for seq in (one.seq, *one.taken_back["undid"])}
    return [move for move in moves if move[:2] not in gone]


def _stays(moves: Iterable[_Move], number: Callable[[datetime], int], today: int) -> Iterator[tuple[str, Stay]]:
    lasted, since, moving, stage = 0, 0, False, ""
    for _, _, at, before, stage, standing, _ in moves:
        day = number(at)
        lasted += day - since if moving else 0
        if before != stage:
            yield before, Stay(lasted, ended=True)
            lasted = 0
        since, moving = day, standing == "active"
    yield stage, Stay(lasted + max(today - since, 0) if moving else lasted, ended=False)


def _numbered(calendar: Calendar, moments: Sequence[datetime]) -> Callable[[datetime], int]:
    """Numbers the school days once, as counting each stay's for itself would take longer than the rest of a page."""
    first, last = calendar.local_day(min(moments)), calendar.local_day(max(moments))
    days = [first + _DAY * number for number in range((last - first).days + 1)]
    numbers = dict(zip(days, accumulate(calendar.is_open(day, "school days") for day in days), strict=True))
    return lambda moment: numbers[calendar.local_day(moment)]
