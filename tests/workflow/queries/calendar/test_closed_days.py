"""Days on which people are away, in the words of the offer's calendar."""

from datetime import date

import pytest

from workflow.calendar.school_year import Closure, OwnDates
from workflow.engine.catalogue import Catalogue
from workflow.queries.calendar.closed_days import calendars_of, closed_days, estimated_years


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2025, 10, 28), ("Half term",)),
        (date(2025, 12, 22), ("Holidays after the autumn term",)),
        (date(2025, 12, 25), ("Christmas Day", "Holidays after the autumn term")),
        (date(2026, 5, 4), ("Early May bank holiday",)),
        (date(2026, 8, 4), ("Summer holidays",)),
    ],
)
def test_a_day_says_why_people_are_away(offers: Catalogue, day: date, words: tuple[str, ...]) -> None:
    assert closed_days(calendars_of(offers), day, day) == {day: words}


@pytest.mark.parametrize("day", [date(2025, 11, 10), date(2025, 11, 9), date(2025, 12, 27)])
def test_an_ordinary_day_and_a_weekend_say_nothing(offers: Catalogue, day: date) -> None:
    assert closed_days(calendars_of(offers), day, day) == {}


def test_the_council_may_be_closed_by_itself(offers: Catalogue) -> None:
    (calendar,) = calendars_of(offers)
    closure = calendar.closures[0]
    (words,) = closed_days([calendar], closure.start, closure.start).values()
    assert f"Council closed: {closure.name}" in words


def test_each_day_of_a_range_stands_by_itself_and_offers_that_agree_say_it_once(offers: Catalogue) -> None:
    both = calendars_of(offers) * 2
    found = closed_days(both, date(2025, 10, 24), date(2025, 11, 3))
    assert list(found) == [date(2025, 10, day) for day in range(27, 32)]
    assert set(found.values()) == {("Half term",)}


def test_years_whose_terms_are_a_guess_are_named(offers: Catalogue) -> None:
    calendars = calendars_of(offers)
    assert estimated_years(calendars, date(2025, 11, 1), date(2025, 11, 30)) == []
    assert estimated_years(calendars, date(2034, 7, 20), date(2034, 8, 20)) == ["2033/34", "2034/35"]


def test_a_school_that_is_shut_by_itself_says_so(offers: Catalogue) -> None:
    day = date(2025, 11, 10)
    own = OwnDates(closures=(Closure(name="Flood", start=day, end=day),))
    assert closed_days([offers.latest().calendar.for_school(own)], day, day) == {day: ("School closed: Flood",)}
