"""A beat is owed by one and delivered by another; when either stops, it shows within a minute."""

from datetime import datetime, timedelta

import pytest

from tasks.tick import pass_time
from tasks.world import World
from tests.conftest import NOW
from workflow.queries.vital_signs import tell
from workflow.store.health import pulse
from workflow.store.session import Store


def owe(store: Store, now: datetime) -> bool:
    with store.writing() as session:
        return pulse.owe(session, now)


def feel(store: Store, now: datetime) -> None:
    with store.writing() as session:
        pulse.feel(session, now)


def line(store: Store, now: datetime) -> str | None:
    with store.reading() as session:
        signs = tell(session, now)
    return signs.line if signs else None


def after(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def test_where_nothing_has_been_at_work_there_is_nothing_to_tell(store: Store) -> None:
    feel(store, NOW)
    assert line(store, NOW) is None


def test_a_beat_is_owed_delivered_and_timed(store: Store) -> None:
    assert owe(store, NOW)
    assert owe(store, after(1))
    feel(store, after(2.5))
    assert line(store, after(5.5)) == "pulse: 3 seconds ago"
    with store.reading() as session:
        signs = tell(session, after(5.5))
    assert signs is not None
    assert (signs.age, signs.took) == (3.0, 2.5)


def test_the_next_beat_is_owed_when_it_is_time(store: Store) -> None:
    owe(store, NOW)
    feel(store, after(1))
    assert [owe(store, after(seconds)) for seconds in (5, 10.9, 11)] == [False, False, True]


@pytest.mark.parametrize("last", ["owed and never delivered", "delivered and none since"])
def test_a_stall_shows_within_a_minute_whoever_stopped(store: Store, last: str) -> None:
    owe(store, NOW)
    if last == "delivered and none since":
        feel(store, NOW)
    assert line(store, after(45)) == "pulse: 45 seconds ago"
    assert line(store, after(46)) == "stalled: nothing has been delivered for 46 seconds"


def test_a_tick_wakes_a_worker_for_a_beat_alone(world: World) -> None:
    assert pass_time(world, NOW).effects == 1
    feel(world.store, NOW)
    assert pass_time(world, after(9)).effects == 0
    assert pass_time(world, after(10)).effects == 1
