"""Every status has words, and times are told as the clock on a school's wall tells them."""

from datetime import UTC, date, datetime

from web import formatting
from workflow.domain.lifecycles import LIFECYCLES
from workflow.domain.standing import STANDINGS


def test_every_status_has_words() -> None:
    assert set(formatting.PARTICIPANTS) == set(LIFECYCLES["participant"].statuses)
    assert set(formatting.MEETINGS) == set(LIFECYCLES["appointment"].statuses)
    assert set(formatting.CERTIFICATES) == set(LIFECYCLES["certificate"].statuses)
    assert set(formatting.STANDING_TITLES) == set(formatting.STANDING_COLOURS) == set(STANDINGS)


def test_summer_and_winter_and_the_day_they_meet() -> None:
    assert formatting.moment(datetime(2025, 7, 1, 23, 5, tzinfo=UTC)) == "2 July 2025 at 12:05am"
    assert formatting.moment(datetime(2025, 12, 1, 12, 0, tzinfo=UTC)) == "1 December 2025 at 12pm"
    assert formatting.day(datetime(2025, 10, 26, 0, 30, tzinfo=UTC)) == "Sunday 26 October 2025"


def test_dates_without_a_time_stay_as_they_are() -> None:
    assert formatting.short_day(date(2025, 10, 6)) == "6 October 2025"
    assert formatting.brief_day(datetime(2025, 9, 30, 23, 5, tzinfo=UTC)) == "1 Oct 2025"
    assert formatting.machine_time(date(2025, 10, 6)) == "2025-10-06"
    assert formatting.machine_time(datetime(2025, 10, 6, 9, 0, tzinfo=UTC)) == "2025-10-06T09:00:00Z"
