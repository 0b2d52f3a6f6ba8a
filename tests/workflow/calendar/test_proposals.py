"""Dates that suit both sides, on the calendar of the offer that is shipped."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workflow.calendar.local_time import local_day, local_time, moment_told
from workflow.calendar.meeting_time import unusual
from workflow.calendar.proposals import MeetingPlan, on_day, propose, speaks_for
from workflow.calendar.school_year import Closure, OwnDates
from workflow.calendar.span import Span
from workflow.engine.catalogue import Catalogue

MONDAY = datetime(2025, 10, 6, 11, tzinfo=UTC)
NOTICE = Span(10, "school days")


@pytest.fixture(scope="module")
def plan(offers: Catalogue) -> MeetingPlan:
    return MeetingPlan(offers.latest().calendar, timedelta(hours=3), NOTICE, (), MONDAY)


def told(plan: MeetingPlan, since: date | None = None) -> list[str]:
    return [moment_told(one.starts_at) for one in propose(plan, since)]


def test_three_are_proposed_on_different_weekdays_by_turns_before_and_after_noon(plan: MeetingPlan) -> None:
    assert told(plan) == [
        "Monday 20 October 2025 at 9am",
        "Wednesday 22 October 2025 at 1pm",
        "Friday 24 October 2025 at 9am",
    ]
    assert propose(plan)[0].reasons == (
        "school and council are open",
        "10 school days ahead",
        "nothing else that day",
        "clear of lunch",
        "not in the last days of the autumn term",
    )


def test_a_day_from_which_on_is_kept_and_the_notice_too(plan: MeetingPlan) -> None:
    assert told(plan, date(2025, 11, 1))[0] == "Monday 3 November 2025 at 9am"
    assert told(plan, date(2025, 10, 7)) == told(plan)


def test_the_last_days_of_a_term_and_holidays_are_left_out(plan: MeetingPlan) -> None:
    days = {local_day(one.starts_at) for one in propose(plan, date(2025, 12, 12))}
    assert min(days) == date(2025, 12, 12)
    assert not days & {date(2025, 12, day) for day in range(15, 32)}


def test_busy_diaries_are_kept_clear_with_time_on_the_road(plan: MeetingPlan) -> None:
    starts_at = propose(plan)[0].starts_at
    busy = replace(plan, busy=((starts_at, starts_at + timedelta(hours=3)),))
    assert told(busy)[0] == "Monday 20 October 2025 at 1pm"
    assert "time on the road to the other meetings that day" in propose(busy)[0].reasons
    late = replace(plan, busy=((starts_at, starts_at + timedelta(hours=3, minutes=30)),))
    assert told(late)[0] == "Monday 20 October 2025 at 1:30pm"
    full = replace(plan, busy=((starts_at, starts_at + timedelta(hours=9)),))
    assert told(full)[0] == "Tuesday 21 October 2025 at 9am"


def test_the_school_is_not_asked_for_days_on_which_it_is_shut(plan: MeetingPlan) -> None:
    shut = Closure(name="Inspection", start=date(2025, 10, 20), end=date(2025, 10, 21))
    own = replace(plan, calendar=plan.calendar.for_school(OwnDates(closures=(shut,))))
    assert told(own)[0] == "Wednesday 22 October 2025 at 9am"


def test_nothing_is_proposed_where_no_hour_suits(plan: MeetingPlan) -> None:
    assert propose(replace(plan, length=timedelta(hours=10))) == []
    assert on_day(plan, date(2025, 11, 15)) is None
    assert speaks_for(plan, datetime(2025, 11, 15, 13, tzinfo=UTC)) == ()


@settings(max_examples=40)
@given(st.integers(0, 700), st.integers(1, 6))
def test_whatever_is_proposed_is_usual_and_clear_of_lunch(plan: MeetingPlan, days: int, halves: int) -> None:
    asked = replace(plan, now=MONDAY + timedelta(days=days), length=timedelta(minutes=30 * halves))
    for one in propose(asked):
        assert list(unusual(asked.calendar, one.starts_at, asked.length, NOTICE, asked.now)) == []
        begins, ends = local_time(one.starts_at), local_time(one.starts_at + asked.length)
        assert begins.hour >= 13 or ends.hour < 12 or (ends.hour, ends.minute) == (12, 0)
        assert speaks_for(asked, one.starts_at) == one.reasons
