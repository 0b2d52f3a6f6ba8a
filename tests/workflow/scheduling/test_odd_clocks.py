"""Clocks that sleep, jump and change with the season: every timer once, and never early."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from tasks.mail.server import mail_server
from tasks.tick import pass_once
from tests.conftest import NOW
from tests.journeys import Journey, furnish
from tests.suite_size import LONG
from tests.worlds import world_with
from workflow.store.session import Store
from workflow.store.tables.event import Event
from workflow.store.tables.owed_effect import OwedEffect
from workflow.store.tables.timer import ArmedTimer

pytestmark = LONG

_HOUR, _DAY, _WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)


def every(step: timedelta, weeks: int) -> list[timedelta]:
    return [step * number for number in range(int(_WEEK * weeks / step))]


#: How long after the beginning each tick comes, in the order in which they come.
CLOCKS = {
    "a tick every few hours": every(_HOUR * 5, 12),
    "one tick after a long sleep": [_WEEK * 40],
    "a clock that jumps back and forth": [_DAY * 20, _DAY * 2, _DAY * 20, _HOUR, _DAY * 45, _DAY * 44, _WEEK * 40],
    "a clock that stands still": [_WEEK * 3] * 20 + [_WEEK * 40],
}
BEGINNINGS = {
    "the clocks go back": datetime(2025, 10, 20, 10, tzinfo=UTC),
    "the clocks go forward": datetime(2026, 3, 20, 10, tzinfo=UTC),
    "29 February": datetime(2028, 2, 21, 10, tzinfo=UTC),
    "a moment before midnight": datetime(2025, 11, 30, 23, 59, 59, tzinfo=UTC),
}


def armed_then(store: Store) -> dict[int, datetime]:
    with store.reading() as session:
        return {one.id: one.due_at for one in session.scalars(select(ArmedTimer))}


@pytest.mark.parametrize("clock", CLOCKS.values(), ids=CLOCKS)
@pytest.mark.parametrize("begun", BEGINNINGS.values(), ids=BEGINNINGS)
def test_each_timer_fires_once_and_never_early(
    store: Store, tmp_path: Path, clock: Sequence[timedelta], begun: datetime
) -> None:
    furnish(store, NOW)
    Journey(store, begun).begin()
    world = world_with(store, mail_server(f"maildir:{tmp_path}"))
    due = armed_then(store)
    assert len(due) == 8
    latest = begun
    for after in clock:
        pass_once(world, begun + after)
        latest = max(latest, begun + after)
    with store.reading() as session:
        timers = {one.id: one for one in session.scalars(select(ArmedTimer))}
        told = [one.data["timer"] for one in session.scalars(select(Event).where(Event.name == "timer"))]
        owed = session.scalars(select(OwedEffect).where(OwedEffect.kind == "email")).all()
    for number, moment in due.items():
        settled = timers[number].settled_at
        assert (settled is not None) == (moment <= latest)
        assert settled is None or settled >= moment
    assert len(told) == len(set(told)), "nobody is told of one timer twice"
    assert len({one.key for one in owed}) == len(owed)
    assert all(one.settled_at is None or one.settled_at >= one.owed_at for one in owed)
