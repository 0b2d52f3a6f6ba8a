"""A rehearsal that was asked for is done once, by one worker at a time, and never for ever."""

from datetime import datetime, timedelta

import pytest

from config.settings import HABITS, OFFERS
from tests.journeys import Journey
from workflow.simulation import worker_pool
from workflow.simulation.asked import jobs, work
from workflow.simulation.asked.futures import Ground
from workflow.simulation.asked.question import Question, last_day
from workflow.simulation.scenario import DateRange
from workflow.store.session import Store
from workflow.store.tables.requests.rehearsal import Rehearsal

GROUND = Ground(OFFERS, HABITS)


@pytest.fixture(autouse=True)
def one_processor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker_pool, "cpu_count", lambda: 1)


@pytest.fixture
def number(journey: Journey) -> int:
    day = journey.now.date()
    with journey.store.writing() as session:
        return jobs.ask(session, Question(no_visits=(DateRange(day, day),)), "lead_advisor:2", journey.now)


def do(journey: Journey, after: timedelta = timedelta()) -> bool:
    return work.work(journey.store, GROUND, lambda: journey.now + after)


def waiting(store: Store, now: datetime) -> int:
    with store.reading() as session:
        return jobs.count_waiting(session, now)


def job(journey: Journey, number: int) -> jobs.Job:
    with journey.store.reading() as session:
        return jobs.look(session, number)


def left_in_the_middle(journey: Journey, number: int, tries: int) -> None:
    with journey.store.writing() as session:
        row = session.get_one(Rehearsal, number)
        row.status, row.tries, row.lease_until = "running", tries, journey.now + timedelta(minutes=3)


def test_one_that_is_in_hand_is_left_alone_until_its_worker_has_been_silent_for_too_long(
    journey: Journey, number: int
) -> None:
    assert waiting(journey.store, journey.now) == 1
    left_in_the_middle(journey, number, tries=1)
    assert waiting(journey.store, journey.now) == 0
    assert not do(journey)
    assert waiting(journey.store, journey.now + timedelta(minutes=4)) == 1


def test_one_that_was_stopped_too_often_is_given_up(journey: Journey, number: int) -> None:
    left_in_the_middle(journey, number, tries=2)
    do(journey, after=timedelta(minutes=4))
    found = job(journey, number)
    assert (found.status, found.is_over) == ("failed", True)
    assert found.refusal == "It was stopped in the middle 2 times. Ask again."
    assert not do(journey, after=timedelta(minutes=4))


def test_one_that_takes_too_long_says_so(journey: Journey, number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "_AT_MOST", timedelta(seconds=-1))
    assert do(journey)
    assert job(journey, number).refusal.startswith("This took longer than a page may ask of a worker.")


def test_the_last_day_is_the_end_of_the_school_year_or_of_the_next_one() -> None:
    days = [last_day(datetime(2026, month, 10).date()) for month in (1, 5, 6, 9)]  # noqa: DTZ001 (only their days)
    assert [day.isoformat() for day in days] == ["2026-07-31", "2026-07-31", "2027-07-31", "2027-07-31"]


def test_a_question_is_read_back_as_it_was_written() -> None:
    assert Question.of(Question().as_json()) == Question()
    days = DateRange(last_day(datetime(2026, 1, 1).date()), last_day(datetime(2026, 9, 1).date()))  # noqa: DTZ001
    asked = Question(no_visits=(days,), orders=3, orders_in=days, code="reading")
    assert Question.of(asked.as_json()) == asked
