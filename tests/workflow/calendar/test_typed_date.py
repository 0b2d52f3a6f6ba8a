"""Dates as people type and paste them."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workflow.calendar.typed_date import PARTS, Mistyped, read_date, typed

FIRST = date(2026, 11, 1)


@pytest.mark.parametrize(
    "parts",
    [
        ("1", "11", "2026"),
        ("01", "11", "26"),
        (" 1 ", "Nov", "2026"),
        ("1", "november", "26"),
        ("1st", "NOV.", "2026"),
        ("1/11/26", "", ""),
        ("1.11.2026", "", ""),
        ("01-11-2026", "", ""),
        ("1 Nov 2026", "", ""),
        ("1\u00a0November\u00a02026", "", ""),
        ("1–11–2026", "", ""),
        ("2026-11-01", "", ""),
        ("2026/11/1", "", ""),
        ("Sunday 1 November 2026", "", ""),
        ("Sun, 1st of November, 2026", "", ""),
        ("1 Nov", "", "2026"),
        ("1/11", "", "26"),
    ],
)
def test_what_is_understood(parts: tuple[str, str, str]) -> None:
    assert read_date(typed(*parts)) == FIRST


@pytest.mark.parametrize(("month", "number"), [("Jan", 1), ("sept", 9), ("Sep", 9), ("September", 9), ("may", 5)])
def test_months_have_their_names(month: str, number: int) -> None:
    assert read_date(typed("4", month, "26")).month == number


@pytest.mark.parametrize(
    ("parts", "sentence", "marked"),
    [
        (("", " ", ""), "Enter the date", "day month year"),
        (("1", "11", ""), "The date must include a year", "year"),
        (("1 Nov", "", ""), "The date must include a year", "year"),
        (("", "", "2026"), "The date must include a day and month", "day month"),
        (("31", "2", "2026"), "The date must be a real date, such as 23 11 2026", "day month year"),
        (("29", "Feb", "2027"), "The date must be a real date, such as 23 11 2026", "day month year"),
        (("32", "11", "2026"), "The date must be a real date, such as 23 11 2026", "day"),
        (("1", "Nobember", "2026"), "The date must be a real date, such as 23 11 2026", "month"),
        (("0", "13", "2026"), "The date must be a real date, such as 23 11 2026", "day month"),
        (("²", "11", "2026"), "The date must be a real date, such as 23 11 2026", "day"),
        (("1", "11", "202"), "The year must have 4 numbers, such as 2026", "year"),
        (("1", "11", "0000"), "The year must have 4 numbers, such as 2026", "year"),
        (("1/11/26", "11", "2026"), "The date must be a real date, such as 23 11 2026", "day"),
        (("1 2 3 4", "", ""), "The date must include a month and year", "month year"),
        (
            ("Monday 1 Nov 2026", "", ""),
            "Sunday 1 November 2026 is no Monday. Enter the date you mean",
            "day month year",
        ),
    ],
)
def test_what_is_wrong_is_said_and_marked(parts: tuple[str, str, str], sentence: str, marked: str) -> None:
    with pytest.raises(Mistyped) as told:
        read_date(typed(*parts))
    assert (str(told.value), told.value.parts) == (sentence, tuple(marked.split()))


def test_a_date_is_called_by_its_name() -> None:
    with pytest.raises(Mistyped, match=r"^The second date must include a month$"):
        read_date(typed("1", "", "2026"), "the second date")


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.sampled_from("/.- "))
def test_every_day_of_the_century_is_read_as_it_is_written(day: date, between: str) -> None:
    pasted = between.join((str(day.day), str(day.month), f"{day:%y}"))
    written = [
        (str(day.day), f"{day:%m}", f"{day:%y}"),
        (f"{day:%d}", f"{day:%B}", str(day.year)),
        (pasted, "", ""),
        (day.isoformat(), "", ""),
        (f"{day:%A} {day.day} {day:%b} {day.year}", "", ""),
    ]
    assert {read_date(typed(*one)) for one in written} == {day}


@settings(max_examples=50)
@given(st.text(max_size=80), st.text(max_size=8), st.text(max_size=8))
def test_whatever_is_typed_is_a_date_or_has_a_sentence_at_a_field(day: str, month: str, year: str) -> None:
    told: Mistyped | date
    try:
        told = read_date(typed(day, month, year))
    except Mistyped as error:
        told = error
    if isinstance(told, Mistyped):
        assert str(told)
        assert told.parts
        assert set(told.parts) <= set(PARTS)
