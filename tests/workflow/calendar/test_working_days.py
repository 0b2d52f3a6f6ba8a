"""The school-year clock, held against a count of days written down here, one day after another."""

import tomllib
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workflow.offer.pages import MENTORING
from workflow.calendar.school_year import Closure, OwnDates, Term
from workflow.calendar.span import UNITS, Span, Unit
from workflow.calendar.working_days import Calendar
from workflow.english import as_written
from workflow.errors import CheckFailed
from workflow.offer.loader import load_offer

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
    """Term days; the year before the first that the table knows is that one, 52 weeks earlier."""
    open_days: set[date] = set()
    for term in TABLE["term"]:
        open_days |= set(every_day(term["start"], term["end"])) - set(every_day(*term["half_term"]))
    first = {day for day in open_days if day < date(2024, 8, 1)}
    return (open_days | {day - timedelta(weeks=52) for day in first}) & working()


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


@given(st.dates(date(2023, 9, 1), LAST_DAY), spans)
def test_a_span_back_ends_where_counting_back_day_by_day_ends(start: date, span: Span) -> None:
    assert CALENDAR.add(start, span.back) == sorted(day for day in OPEN[span.unit] if day < start)[-span.count]


@given(st.dates(date(2023, 2, 1), LAST_START), spans)
def test_there_and_back_again_is_the_same_day_or_the_last_open_one_before(start: date, span: Span) -> None:
    back = CALENDAR.add(CALENDAR.add(start, span), span.back)
    assert back == max(day for day in OPEN[span.unit] if day <= start)
    assert back == start or start not in OPEN[span.unit]


@given(starts, spans)
def test_no_count_ends_on_a_closed_day_and_counting_again_finds_as_many(start: date, span: Span) -> None:
    end = CALENDAR.add(start, span)
    assert end in OPEN[span.unit]
    assert CALENDAR.count(start, end, span.unit) == span.count
    assert CALENDAR.count(end, start, span.unit) == -len([day for day in OPEN[span.unit] if start <= day < end])


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
        f'{as_written(text)} is not a length of time. Write a number and a unit, such as "5 school days", '
        "where the unit is one of: days, council days, school days."
    )


def test_a_span_longer_than_the_calendar_can_count_is_refused_and_not_cut_short() -> None:
    with pytest.raises(ValueError, match="is not a length of time"):
        Span.parse("4000 days")


def test_a_calendar_that_is_never_open_says_so_and_does_not_make_up_a_day() -> None:
    shut = dict.fromkeys(every_day(date(2026, 1, 1), date(2037, 1, 1)), "A bank holiday")
    never = Calendar((), (), shut, LONDON, CALENDAR.due_at)
    with pytest.raises(CheckFailed, match="no council days"):
        never.add(date(2026, 1, 1), Span.parse("1 council day"))


# --- a school's own dates ---

OWN_AUTUMN = Term(
    year="2025/26",
    name="autumn",
    start=date(2025, 9, 1),
    end=date(2025, 12, 17),
    half_term=(date(2025, 10, 20), date(2025, 10, 31)),
)
INSET = Closure(name="INSET day", start=date(2024, 11, 4), end=date(2024, 11, 4))


def test_a_school_with_its_own_terms_keeps_everybodys_in_the_other_years() -> None:
    own = CALENDAR.for_school(OwnDates((OWN_AUTUMN,), (INSET,)))
    assert own.add(date(2025, 10, 17), Span.parse("1 school day")) == date(2025, 11, 3)
    assert own.add(date(2026, 10, 23), Span.parse("1 school day")) == date(2026, 11, 2)
    assert not own.is_open(date(2026, 2, 3), "school days"), "it gave no spring term that year"
    assert own.why_closed(date(2024, 11, 4), "school days") == "INSET day"
    assert own.is_open(date(2024, 11, 4), "council days")
    assert CALENDAR.is_open(date(2024, 11, 4), "school days"), "everybody else comes in"


# --- when reminders may go out ---


@pytest.mark.parametrize(
    ("now", "unit", "when"),
    [
        pytest.param("2025-10-14T07:29", "school days", "2025-10-14T07:30", id="before half past eight in summer time"),
        pytest.param("2025-10-14T10:00", "school days", "2025-10-14T10:00", id="in the middle of the day"),
        pytest.param("2025-10-14T15:30", "school days", "2025-10-15T07:30", id="half past four is too late"),
        pytest.param(
            "2025-10-24T18:00", "school days", "2025-11-03T08:30", id="over half term, and the clocks going back"
        ),
        pytest.param("2025-10-24T18:00", "council days", "2025-10-27T08:30", id="the council is at work in half term"),
        pytest.param("2025-12-20T09:00", "council days", "2025-12-22T08:30", id="a Saturday"),
    ],
)
def test_reminders_wait_for_their_readers_working_hours(now: str, unit: Unit, when: str) -> None:
    assert CALENDAR.may_write(utc(now), unit) == utc(when)
