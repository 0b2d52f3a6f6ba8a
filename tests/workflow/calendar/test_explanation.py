"""A due date in words agrees with the count, and reads as a person would say it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workflow.calendar.test_working_days import CALENDAR, LAST_START, OPEN, every_day, spans
from workflow.calendar.explanation import explain
from workflow.calendar.span import Span

_DAY = timedelta(days=1)

SAID = {
    ("2025-10-21", "5 school days"): (
        "Tuesday 4 November 2025: 5 school days after 21 October, skipping half term 27 to 31 October"
    ),
    ("2025-10-06", "5 school days"): "Monday 13 October 2025: 5 school days after 6 October",
    ("2026-04-30", "2 school days"): (
        "Tuesday 5 May 2026: 2 school days after 30 April, skipping Early May bank holiday on 4 May"
    ),
    ("2025-12-18", "3 school days"): (
        "Tuesday 6 January 2026: 3 school days after 18 December 2025, skipping the holidays after the autumn term "
        "22 December 2025 to 2 January"
    ),
    ("2025-12-23", "2 council days"): (
        "Friday 2 January 2026: 2 council days after 23 December 2025, skipping Christmas Day on 25 December 2025, "
        "Boxing Day on 26 December 2025, Christmas closure 2025 29 to 31 December 2025 and New Year’s Day on 1 January"
    ),
    ("2026-02-27", "3 days"): "Monday 2 March 2026: 3 days after 27 February",
    ("2026-10-23", "1 school day"): (
        "Monday 2 November 2026: 1 school day after 23 October, skipping half term 26 to 30 October "
        "(the term dates of 2026/27 are an estimate)"
    ),
    ("2031-09-01", "3 school days"): (
        "Monday 8 September 2031: 3 school days after 1 September, skipping the summer holidays 2 to 3 September "
        "(the term dates of 2031/32 are an estimate)"
    ),
}


def weekdays(first: date, last: date) -> set[date]:
    return {day for day in every_day(first, last) if day.strftime("%a") not in ("Sat", "Sun")}


@given(st.dates(date(2023, 9, 1), LAST_START), spans, st.sampled_from([1, -1]))
def test_the_explanation_accounts_for_every_weekday_between(start: date, span: Span, way: int) -> None:
    asked = Span(span.count * way, span.unit)
    said = explain(CALENDAR, start, asked)
    passed = (start + _DAY, said.day) if way > 0 else (said.day, start - _DAY)
    skipped = [day for one in said.skipped for day in sorted(weekdays(one.first, one.last))]
    counted = set(every_day(*passed)) if span.unit == "days" else weekdays(*passed)
    assert skipped == sorted(counted - OPEN[span.unit]), "each once, in order"
    assert len(counted) - len(skipped) == span.count


@pytest.mark.parametrize(("start", "span"), SAID)
def test_a_due_date_is_explained_as_a_person_would(start: str, span: str) -> None:
    assert str(explain(CALENDAR, date.fromisoformat(start), Span.parse(span))) == SAID[start, span]


def test_counting_back_is_explained_too() -> None:
    said = explain(CALENDAR, date(2025, 11, 4), Span.parse("5 school days").back)
    assert str(said) == (
        "Tuesday 21 October 2025: 5 school days before 4 November, skipping half term 27 to 31 October"
    )
