"""How long an engagement stayed at a stage: without its holds, and as if what was taken back had never happened."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.conftest import NOW
from tests.journeys import LEAD, furnish
from tests.pasts import Past
from workflow.engine.catalogue import offers_of
from workflow.forecasting.past_courses import past_stays
from workflow.forecasting.survival import Stay
from workflow.store.session import Store
from workflow.usecases.undo import undo

HELD: dict[str, Any] = {"note": "Inspection.", "values": {"review_on": "2025-11-03"}}


@pytest.fixture
def past(store: Store) -> Past:
    """One that has just left the first stage, after a day."""
    furnish(store, NOW)
    return Past(store, "P-0", date(2025, 9, 10)).to("training_1")


def stays(past: Past) -> list[tuple[str, Stay]]:
    with past.journey.store.reading() as session:
        offer = offers_of(session).latest()
        return list(past_stays(session, offer, 0, offer.calendar.local_day(past.journey.now)))


def ended(**days: int) -> list[tuple[str, Stay]]:
    return [(stage, Stay(length, ended=True)) for stage, length in days.items()]


def test_school_days_are_counted_and_the_stage_in_progress_goes_on(past: Past) -> None:
    past.to("training_2", training_1=12).wait(40)
    assert stays(past) == [*ended(purchase=1, training_1=12), ("training_2", Stay(40, ended=False))]


def test_time_on_hold_does_not_count(past: Past) -> None:
    past.wait(3).journey.fire("hold", **HELD)
    past.wait(30)
    assert stays(past)[-1] == ("training_1", Stay(3, ended=False)), "on hold"
    past.journey.fire("resume")
    past.to("training_2", training_1=4)
    assert stays(past)[:-1] == ended(purchase=1, training_1=7)


@pytest.mark.parametrize(("trigger", "asked"), [("cancel", {"note": "A mistake."}), ("lapse", {})])
def test_a_stay_that_was_cut_off_lasted_at_least_so_long_and_goes_on_when_it_is_reopened(
    past: Past, trigger: str, asked: dict[str, Any]
) -> None:
    past.wait(5).journey.fire(trigger, LEAD, **asked)
    past.wait(30)
    assert stays(past)[-1] == ("training_1", Stay(5, ended=False))
    past.journey.fire("reopen", LEAD, note="They go on.")
    assert stays(past.wait(2))[-1] == ("training_1", Stay(7, ended=False))


def test_what_was_taken_back_never_happened(past: Past) -> None:
    past.to("follow_up_2", follow_up_1=4).wait(3)
    past.journey._do(undo.undo, reason="The wrong school.", actor=LEAD)
    assert stays(past)[-1] == ("follow_up_1", Stay(7, ended=False))
    past.wait(2).journey.fire("complete_follow_up_1")
    assert stays(past)[-2:] == [*ended(follow_up_1=9), ("follow_up_2", Stay(0, ended=False))]


def test_a_hold_that_was_taken_back_stopped_nothing(past: Past) -> None:
    past.wait(3).journey.fire("hold", **HELD)
    past.wait(4).journey._do(undo.undo, reason="The wrong school.", actor=LEAD)
    assert stays(past)[-1] == ("training_1", Stay(7, ended=False))


def test_a_clock_that_is_behind_the_history_counts_nothing_back(past: Past) -> None:
    past.to("training_2", training_1=3)
    past.journey.now -= timedelta(days=30)
    assert stays(past) == [*ended(purchase=1, training_1=3), ("training_2", Stay(0, ended=False))]
