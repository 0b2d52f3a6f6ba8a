"""The length of a meeting is written as people say it, and whatever else is written is answered with what to write."""

from datetime import timedelta

import pytest

from workflow.calendar.duration import parse_length


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("3 hours", timedelta(hours=3)),
        ("1 hour", timedelta(hours=1)),
        ("90 minutes", timedelta(minutes=90)),
        ("2 hours 30 minutes", timedelta(hours=2, minutes=30)),
    ],
)
def test_how_long_a_meeting_lasts_is_read_as_people_write_it(written: str, meant: timedelta) -> None:
    assert parse_length(written) == meant


@pytest.mark.parametrize(
    "written",
    [
        "",
        "half a day",
        "0 hours",
        "3",
        "3 hours 5",
        "-1 hours",
        " 3 hours",
        "2 hours30 minutes",
        "3  hours",
        "½ hour",
        "٣ hours",
    ],
)
def test_a_length_that_cannot_be_read_says_what_to_write(written: str) -> None:
    with pytest.raises(ValueError, match="Write hours, minutes or both"):
        parse_length(written)


@pytest.mark.parametrize("written", ["25 hours", "24 hours 1 minute"])
def test_a_meeting_is_no_longer_than_a_day(written: str) -> None:
    with pytest.raises(ValueError, match="longer than a day"):
        parse_length(written)


def test_a_whole_day_is_the_longest_meeting() -> None:
    assert parse_length("24 hours") == timedelta(days=1)
