"""Which days an address asks for, and which come before and after them."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.advisor.calendar.period import VIEWS, View, period_of, read

TODAY = date(2025, 10, 6)


@pytest.mark.parametrize(
    ("asked", "title"),
    [
        ({}, "October 2025"),
        ({"from": "2026-11-17"}, "November 2026"),
        ({"view": "week"}, "6 to 12 October 2025"),
        ({"view": "week", "from": "2025-11-01"}, "27 October to 2 November 2025"),
        ({"view": "list", "from": "2025-12-24"}, "24 December 2025 to 20 January 2026"),
        ({"view": "year", "from": "yesterday"}, "October 2025"),
        ({"from": "9999-12-31"}, "October 2025"),
        ({"from": "0001-01-01", "view": "list"}, "6 October to 2 November 2025"),
    ],
)
def test_an_address_asks_for_days_and_what_nobody_understands_for_this_month(asked: dict[str, str], title: str) -> None:
    assert read(asked, TODAY).title == title


@given(st.sampled_from(VIEWS), st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_no_day_is_missed_between_one_page_and_the_next(view: View, day: date) -> None:
    period = period_of(view, day)
    assert day in period
    following, previous = period_of(view, period.after), period_of(view, period.before)
    assert (following.first, following.before) == (period.after, period.first)
    assert (previous.after, (period.after - period.last).days) == (period.first, 1)
    assert [one for week in period.weeks for one in week if one] == period.days
    assert all(one is None or one.weekday() == place for week in period.weeks for place, one in enumerate(week))


def test_a_day_begins_and_ends_by_the_clock_there() -> None:
    first, *_, before = period_of("week", date(2026, 3, 29)).moments
    assert (first, before) == (
        datetime(2026, 3, 23, tzinfo=UTC),
        datetime(2026, 3, 29, 23, tzinfo=UTC),
    )
