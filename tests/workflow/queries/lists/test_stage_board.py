"""The board: each stage with its counts, those that need somebody first, and as many queries for a few as for many."""

from datetime import timedelta

import pytest

from tests.conftest import NOW
from tests.journeys import Journey, furnish
from tests.queries_counted import counted
from tests.records import Originals, Place
from workflow.offer.installed.editions import Edition
from workflow.queries.lists.stage_board import SHOWN, BoardStage, stage_board
from workflow.store.session import Store

OFFER = Edition("mentoring", "2026-09")


def some(store: Store) -> None:
    """More at the first stage than are shown, begun one day after the other; one on hold, and one further on."""
    furnish(store, NOW)
    for number in range(SHOWN + 2):
        Journey(store, NOW + timedelta(days=number)).begin(order=f"B-{number}")
    held = Journey(store, NOW).begin(order="B-held")
    held.fire("hold", note="Inspection.", values={"review_on": "2025-12-03"})
    Journey(store, NOW).begin(order="B-on").to("training_1")


def look(store: Store, advisor: int | None = None, days: int = 0) -> dict[str, BoardStage]:
    with store.reading() as session:
        stages = stage_board(session, OFFER, advisor, NOW + timedelta(days=days))
    return {one.name: one for one in stages}


@pytest.fixture
def stages(place: Place, originals: Originals) -> dict[str, BoardStage]:
    with originals.copy(place, some) as store, counted(store) as asked:
        found = look(store, days=30)
        assert len(asked) <= 2
        assert not look(store, advisor=0)["purchase"].lines
    return found


def test_each_stage_says_how_many_there_are_and_shows_what_is_due_first(stages: dict[str, BoardStage]) -> None:
    assert [*stages][:2] == ["purchase", "training_1"]
    first, second, last = stages["purchase"], stages["training_1"], stages["recognised"]
    assert (first.under_way, first.on_hold, first.completed) == (SHOWN + 2, 1, 0)
    assert (second.under_way, len(second.lines), second.is_longer) == (1, 1, False)
    assert (last.under_way, last.lines) == (0, ())
    assert len(first.lines) == SHOWN
    assert first.is_longer
    assert [one.due_at for one in first.lines] == sorted(one.due_at for one in first.lines)
    assert 0 < first.late <= first.under_way
    assert first.lines[0].late
