"""At every step of each offer's journey: on to a version in which everything is called otherwise, and back again."""

import pytest

from tests.journeys import Journey
from tests.offers.test_library import ORDERED
from tests.offers.together import FOLDERS
from tests.offers.versions.another import other_name
from tests.offers.versions.conftest import move
from tests.offers.walk import Walk
from workflow.queries.audit import verify
from workflow.store.session import Store


@pytest.mark.parametrize("code", FOLDERS)
def test_nothing_is_otherwise_there_but_its_names(store: Store, code: str) -> None:
    walk = Walk.begin(Journey(store, ORDERED), code)
    for step in walk.steps():
        before = walk.picture()
        if walk.journey.row.standing == "active":
            moved = move(walk)
            there = walk.picture()
            assert not moved.course.effects, step
            assert there["owed"] == before["owed"], step
            assert there["promises"] == before["promises"], step
            assert there["timers"] == {(other_name(name), due): n for (name, due), n in before["timers"].items()}, step
            walk.take_back()
            assert walk.picture() == before, step
        walk.do(step)
    with store.reading() as session:
        assert verify(session).faults == ()


@pytest.mark.parametrize("code", FOLDERS)
def test_a_journey_goes_on_there_to_its_end(store: Store, code: str) -> None:
    """Moved before its second act."""
    walk = Walk.begin(Journey(store, ORDERED), code)
    for number, step in enumerate(walk.steps()):
        if number == 1:
            move(walk)
            continue
        walk.do(step if not isinstance(step, str) or number == 0 else other_name(step))
    with store.reading() as session:
        assert verify(session).faults == ()
    assert walk.journey.row.standing in ("completed", "active")
