"""The school-year clock, held against a count of days written down here, one day after another."""

import tomllib
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workflow.pages import MENTORING
from workflow.calendar import UNITS, Calendar, Span, Unit
from workflow.errors import CheckFailed
from workflow.loader import load_offer

CALENDAR = load_offer(MENTORING).calendar
TABLE: dict[str, Any] = tomllib.loads((MENTORING / "calendar.toml").read_text(encoding="utf-8"))
LONDON = ZoneInfo("Europe/London")
#: England and Wales, copied by hand from the government's page.
BANK_HOLIDAYS = {
    date.fromisoformat(f"{year}-{day}")
    for year, days in {
        2023: "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26",
        2024: "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26",
        2025: "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26",
        2026: "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
        2027: "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28",
    }.items()
    for day in days.split()
}
FIRST_DAY, LAST_DAY = date(2023, 1, 1), date(2027, 12, 31)
#: No sixty days of any unit, begun by then, reach past the last day of this oracle.
LAST_START = date(2027, 8, 31)


def every_day(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def working() -> set[date]:
    weekdays = {day for day in every_day(FIRST_DAY, LAST_DAY) if day.strftime("%a") not in ("Sat", "Sun")}
    return weekdays - BANK_HOLIDAYS


def council_days() -> set[date]:
    closed = {day for closure in TABLE["closure"] for day in every_day(closure["start"], closure["end"])}
    return working() - closed


def school_days() -> set[date]:
    """Term days; before the first term that the table knows, every working day."""
    open_days = set(every_day(FIRST_DAY, min(term["start"] for term in TABLE["term"]) - timedelta(days=1)))
    for term in TABLE["term"]:
        open_days |= set(every_day(term["start"], term["end"])) - set(every_day(*term["half_term"]))
    return open_days & working()


OPEN: dict[Unit, set[date]] = {
    "days": set(every_day(FIRST_DAY, LAST_DAY)),
    "council days": council_days(),
    "school days": school_days(),
}

starts = st.dates(FIRST_DAY, LAST_START)
spans = st.builds(Span, st.integers(1, 60), st.sampled_from(UNITS))


def counted(start: date, span: Span) -> date:
    """The oracle: walks on and counts on its fingers."""
    return sorted(day for day in OPEN[span.unit] if day > start)[span.count - 1]


@given(starts, spans)
def test_a_span_ends_where_counting_day_by_day_ends(start: date, span: Span) -> None:
    assert CALENDAR.add(start, span) == counted(start, span)


@pytest.mark.parametrize("unit", UNITS)
def test_every_day_of_five_years_is_open_or_closed_as_the_tables_say(unit: Unit) -> None:
    assert {day for day in every_day(FIRST_DAY, LAST_DAY) if CALENDAR.is_open(day, unit)} == OPEN[unit]


@given(starts, spans, st.integers(1, 30))
def test_counting_on_is_the_same_as_counting_once(start: date, span: Span, more: int) -> None:
    both = Span(span.count + more, span.unit)
    assert CALENDAR.add(CALENDAR.add(start, span), Span(more, span.unit)) == CALENDAR.add(start, both)


@given(starts, starts, spans)
def test_whoever_starts_later_is_never_due_earlier(one: date, other: date, span: Span) -> None:
    earlier, later = sorted((one, other))
    assert CALENDAR.add(earlier, span) <= CALENDAR.add(later, span)


@given(st.datetimes(datetime(2023, 1, 2), datetime(2027, 8, 30)), spans)  # noqa: DTZ001 (becomes UTC below)
def test_everything_falls_due_at_nine_in_london_whatever_the_season(moment: datetime, span: Span) -> None:
    now = moment.replace(tzinfo=UTC)
    due = CALENDAR.due(now, span)
    local = due.astimezone(LONDON)
    assert due.tzinfo is UTC
    assert (local.hour, local.minute) == (9, 0)
    assert local.date() == counted(now.astimezone(LONDON).date(), span)


@pytest.mark.parametrize(
    ("now", "due"),
    [
        pytest.param("2025-10-24T12:00", "2025-10-25T08:00", id="the day before the clocks go back"),
        pytest.param("2025-10-25T12:00", "2025-10-26T09:00", id="the day the clocks go back"),
        pytest.param("2026-03-27T12:00", "2026-03-28T09:00", id="the day before the clocks go forward"),
        pytest.param("2026-03-28T12:00", "2026-03-29T08:00", id="the day the clocks go forward"),
        pytest.param("2026-06-10T22:59", "2026-06-11T08:00", id="a minute before midnight in London"),
        pytest.param("2026-06-10T23:00", "2026-06-12T08:00", id="midnight in London and not yet in UTC"),
    ],
)
def test_nine_in_london_is_written_in_utc_on_both_sides_of_summer_time(now: str, due: str) -> None:
    assert CALENDAR.due(utc(now), Span.parse("1 day")) == utc(due)


@pytest.mark.parametrize(
    ("start", "span", "end"),
    [
        pytest.param("2025-10-24", "1 school day", "2025-11-03", id="over the autumn half term"),
        pytest.param("2025-10-24", "1 council day", "2025-10-27", id="the council works at half term"),
        pytest.param("2025-12-24", "1 council day", "2026-01-02", id="over Christmas and the council's closure"),
        pytest.param("2024-12-24", "1 council day", "2025-01-02", id="over another Christmas"),
        pytest.param("2025-12-19", "1 school day", "2026-01-05", id="over the Christmas holidays"),
        pytest.param("2026-05-01", "1 school day", "2026-05-05", id="over the May bank holiday"),
        pytest.param("2026-07-23", "1 school day", "2026-09-03", id="over the summer"),
        pytest.param("2025-10-06", "5 school days", "2025-10-13", id="a plain week"),
    ],
)
def test_closed_days_are_passed_over(start: str, span: str, end: str) -> None:
    assert CALENDAR.add(date.fromisoformat(start), Span.parse(span)) == date.fromisoformat(end)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "text", ["1 day", "1 council day", "1 school day", "2 days", "10 council days", "60 school days"]
)
def test_a_span_reads_as_it_was_written(text: str) -> None:
    assert str(Span.parse(text)) == text


def test_a_singular_unit_is_the_same_unit() -> None:
    assert Span.parse("1 school day") == Span.parse("1 school days") == Span(1, "school days")


@pytest.mark.parametrize(
    "text",
    ["", "soon", "0 days", "-1 days", "1.5 days", "five days", "5 weeks", "5  days", "5 school dayz", "5 days ", 5],
)
def test_what_is_not_a_length_of_time_is_refused_with_an_example(text: object) -> None:
    with pytest.raises(ValueError, match="is not a length of time") as refused:
        Span.parse(text)
    assert str(refused.value) == (
        f'"{text}" is not a length of time. Write a number and a unit, such as "5 school days", '
        "where the unit is one of: days, council days, school days."
    )


def test_a_span_longer_than_the_calendar_can_count_is_refused_and_not_cut_short() -> None:
    with pytest.raises(ValueError, match="is not a length of time"):
        Span.parse("4000 days")


def test_a_calendar_that_is_never_open_says_so_and_does_not_make_up_a_day() -> None:
    never = Calendar((), (), frozenset(every_day(date(2026, 1, 1), date(2037, 1, 1))), LONDON, CALENDAR.due_at)
    with pytest.raises(CheckFailed, match="no council days"):
        never.add(date(2026, 1, 1), Span.parse("1 council day"))
