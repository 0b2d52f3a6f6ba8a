"""A school's calendar is made once, whatever session asks for it, and again when its dates have changed."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import event, select

from tests.journeys import Journey, close_school
from workflow.calendar.working_days import Calendar
from workflow.engine.calendars import calendar_of
from workflow.engine.catalogue import offers_of
from workflow.store.cases import read_case
from workflow.store.tables.school import School


@pytest.fixture
def ask(journey: Journey) -> Callable[[], Calendar]:
    def read() -> Calendar:
        with journey.store.reading() as session:
            case = read_case(session, journey.id)
            return calendar_of(session, offers_of(session).machine(*case.offer).offer, case)

    return read


def test_what_was_read_in_one_session_serves_the_next(journey: Journey, ask: Callable[[], Calendar]) -> None:
    with journey.store.writing() as session:
        close_school(session, date(2025, 10, 8), date(2025, 10, 8))
    first = ask()
    asked: list[str] = []
    event.listen(journey.store.engine, "before_cursor_execute", lambda *about: asked.append(about[2]))
    assert ask() is first
    assert [one for one in asked if "school_date" in one.partition("FROM")[2]] == []


def test_dates_that_changed_are_read_anew(journey: Journey, ask: Callable[[], Calendar]) -> None:
    for number, day in enumerate((date(2025, 10, 8), date(2025, 10, 9)), 1):
        with journey.store.writing() as session:
            close_school(session, day, day)
        assert len(ask().own_closures) == number


def test_dates_that_were_taken_back_are_nobodys(journey: Journey, ask: Callable[[], Calendar]) -> None:
    """What is rolled back and what is kept afterwards have one and the same version."""
    with journey.store.writing() as session:
        close_school(session, date(2025, 10, 8), date(2025, 10, 8))
        case = read_case(session, journey.id)
        assert calendar_of(session, offers_of(session).machine(*case.offer).offer, case).own_closures
        session.rollback()
    with journey.store.writing() as session:
        close_school(session, date(2025, 10, 9), date(2025, 10, 9))
        assert session.scalars(select(School.dates_version).where(School.urn == "900001")).one() == 1
    assert [one.start for one in ask().own_closures] == [date(2025, 10, 9)]
