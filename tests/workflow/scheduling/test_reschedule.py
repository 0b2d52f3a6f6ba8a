"""A calendar that has changed moves what was counted on it; one that has not moves nothing."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import event, select

from tests.journeys import ADVISOR, Journey, close_school
from workflow.scheduling import due_timers, reschedule
from workflow.scheduling.reschedule import Difference
from workflow.store.tables.promise import PromiseRow
from workflow.store.tables.timer import ArmedTimer

_WEEK = timedelta(days=7)


def differences(journey: Journey) -> list[Difference]:
    with journey.store.reading() as session:
        return reschedule.differences(session)


def armed(journey: Journey, name: str) -> ArmedTimer:
    with journey.store.reading() as session:
        return session.scalars(select(ArmedTimer).where(ArmedTimer.name == name, ArmedTimer.status == "armed")).one()


def late(journey: Journey, weeks: int) -> Journey:
    """The council has not offered dates, and has been told so as many weeks long."""
    journey.to("training_1")
    with journey.store.reading() as session:
        due = session.scalars(select(PromiseRow.due_at).where(PromiseRow.status == "open")).one()
    for number in range(1, weeks + 1):
        due_timers.sweep(journey.store, due + number * _WEEK)
    return journey


def flood(journey: Journey, first: date, last: date) -> None:
    with journey.store.writing() as session:
        close_school(session, first, last)


@pytest.mark.parametrize("weeks", [1, 2, 3])
def test_a_timer_that_fires_again_and_again_stays_where_it_is(journey: Journey, weeks: int) -> None:
    late(journey, weeks)
    assert armed(journey, "council-late").due_at > journey.now
    assert differences(journey) == []


def test_timers_that_went_on_after_a_pause_stay_where_they_are(journey: Journey) -> None:
    journey.fire("hold", note="Inspection.", values={"review_on": "2025-11-03"})
    journey.now += timedelta(days=9)
    journey.fire("resume")
    assert differences(journey) == []


def test_what_was_moved_once_is_not_moved_again(journey: Journey) -> None:
    flood(journey, date(2025, 10, 8), date(2025, 10, 10))
    found = differences(journey)
    assert {one.what for one in found} > {"school-overdue", "lapse-unanswered"}
    with journey.store.writing() as session:
        reschedule.apply(session, found, actor=ADVISOR, now=journey.now)
    assert differences(journey) == []


def test_only_what_hangs_on_the_promise_itself_is_counted_from_its_new_day(journey: Journey) -> None:
    """Rounds are counted from the round before, which has been."""
    late(journey, 1)
    rounds = armed(journey, "council-late")
    with journey.store.writing() as session:
        promise = session.scalars(select(PromiseRow).where(PromiseRow.status == "open")).one()
        promise.counted_from -= _WEEK
        session.flush()
        reschedule.apply(session, reschedule.differences(session), actor=ADVISOR, now=journey.now)
        session.refresh(promise)
        moved = promise.due_at
    assert armed(journey, "council-very-late").counted_from == moved
    assert armed(journey, "council-late").counted_from == rounds.counted_from
    assert differences(journey) == []


def test_the_days_moved_are_those_on_which_it_falls_due(journey: Journey) -> None:
    flood(journey, date(2025, 10, 8), date(2025, 10, 10))
    with journey.store.writing() as session:
        reschedule.apply(session, reschedule.differences(session), actor=ADVISOR, now=journey.now)
    assert armed(journey, "school-overdue").due_at == datetime.fromisoformat("2025-10-24T09:00+01:00")


def test_the_number_of_questions_does_not_grow_with_the_number_of_engagements(journey: Journey) -> None:
    asked: list[str] = []
    event.listen(journey.store.engine, "before_cursor_execute", lambda *about: asked.append(about[2]))

    def moved() -> int:
        asked.clear()
        with journey.store.writing() as session:
            close_school(session, date(2025, 10, 8), date(2025, 10, 10))
            found = reschedule.differences(session)
            reschedule.apply(session, found, actor=ADVISOR, now=journey.now)
            reference = {one.reference for one in found}
            session.rollback()
        return len(reference)

    assert moved() == 1
    for_one = len(asked)
    for number in range(2, 6):
        Journey(journey.store, journey.now).begin(order=f"SFS-{number}")
    assert moved() == 5
    assert len(asked) == for_one
