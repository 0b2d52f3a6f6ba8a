"""A timer that fires again and again goes on while its reason stands, and no longer."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.conftest import NOW
from tests.journeys import PEOPLE, Journey, furnish
from tests.keys import keys
from tests.records import Originals, Place
from tests.workflow.offer.pages import PAGE, Edit, edited_offer
from workflow.engine.catalogue import Catalogue
from workflow.offer.loader import Loaded
from workflow.scheduling import due_timers
from workflow.store.tables.timer import ArmedTimer
from workflow.usecases.undo.undo import undo

#: The order is looked at again and again until its staff are named; people cannot start it early.
TIMER = """
[[timer]]
name = "try-to-start"
stage = "purchase"
after = "1 school day"
every = "2 school days"
trigger = "start_training"

[[timer]]
name = "warn-of-lapse"
"""
_DAY = timedelta(days=1)


@pytest.fixture
def journey(place: Place, tmp_path: Path) -> Iterator[Journey]:
    by_time = Edit(PAGE, 'by = ["advisor", "lead_advisor", "system"]\nautomatic = true', 'by = ["system"]')
    offer = edited_offer(tmp_path, Edit(PAGE, '\n[[timer]]\nname = "warn-of-lapse"\n', TIMER), by_time)
    with Originals({"keys": keys, "offers": Catalogue(Loaded({offer.key: offer}))}).copy(place) as store:
        furnish(store, NOW)
        yield Journey(store, NOW).begin()


def rounds(journey: Journey) -> list[str]:
    with journey.store.reading() as session:
        own = select(ArmedTimer).where(ArmedTimer.name == "try-to-start").order_by(ArmedTimer.id)
        return [one.status for one in session.scalars(own)]


def pass_days(journey: Journey, days: int) -> None:
    for _ in range(days):
        journey.now += _DAY
        due_timers.sweep(journey.store, journey.now)


def test_a_timer_whose_trigger_is_refused_tries_again(journey: Journey) -> None:
    version = journey.row.version
    pass_days(journey, 6)
    assert rounds(journey) == ["fired"] * 2 + ["armed"]
    assert journey.row.version == version, "nothing has happened"
    journey.nominate()
    pass_days(journey, 3)
    assert journey.stage == "training_1"


def test_it_ends_with_what_it_has_brought_about(journey: Journey) -> None:
    """The stage it belongs to is over, so its next round would be one too many."""
    pass_days(journey, 3)
    journey.nominate()
    pass_days(journey, 30)
    assert journey.stage == "training_1"
    assert [one for one in rounds(journey) if one in ("armed", "suspended")] == []


def test_it_stops_for_a_pause_and_goes_on_after_it(journey: Journey) -> None:
    pass_days(journey, 3)
    journey.fire("hold", note="Inspection.", values={"review_on": "2025-11-03"})
    pass_days(journey, 10)
    assert rounds(journey)[-1] == "suspended"
    journey.fire("resume")
    assert rounds(journey)[-1] == "armed"
    journey.nominate()
    pass_days(journey, 4)
    assert journey.stage == "training_1"


def test_a_step_that_is_taken_back_does_not_end_it(journey: Journey) -> None:
    """The round was set since, and belongs to what armed the first one."""
    journey.nominate(PEOPLE[:1])
    pass_days(journey, 3)
    journey._do(undo, reason="A mistake.")
    assert rounds(journey)[-1] == "armed"
