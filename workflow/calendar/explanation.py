"""A due date in words: what was counted, what was skipped, and what is only an estimate. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from workflow.calendar.school_year import school_year_of, year_in_words
from workflow.calendar.span import Span
from workflow.calendar.working_days import Calendar
from workflow.english import day_in_words, listed

_DAY = timedelta(days=1)
_WEEKEND = "the weekend"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Weekdays in a row that did not count, for one reason."""

    reason: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Explanation:
    """`skipped` holds every weekday between `start` and `day` that did not count. `guessed` are the school years whose
    terms are estimates."""

    start: date
    span: Span
    day: date
    skipped: tuple[Stretch, ...]
    guessed: tuple[int, ...]

    def __str__(self) -> str:
        """`Tuesday 4 November 2025: 5 school days after 21 October, skipping half term 27 to 31 October`."""
        way = "before" if self.span.count < 0 else "after"
        said = f"{day_in_words(self.day)}: {self.span} {way} {_short(self.start, self.day)}"
        if self.skipped:
            said += f", skipping {listed([_stretch(one, self.day) for one in self.skipped])}"
        if self.guessed:
            years = listed([year_in_words(year) for year in self.guessed])
            said += f" (the term dates of {years} are an estimate)"
        return said


def explain(calendar: Calendar, start: date, span: Span) -> Explanation:
    """Raises CheckFailed if too few days are open."""
    day = calendar.add(start, span)
    between = list(_passed(start, day))
    stretches = groupby(
        (one for one in between if calendar.why_closed(one, span.unit) != _WEEKEND),
        key=lambda one: calendar.why_closed(one, span.unit),
    )
    skipped = [_as_stretch(reason, list(days)) for reason, days in stretches if reason is not None]
    years = sorted({school_year_of(one) for one in between}) if span.unit == "school days" else []
    return Explanation(start, span, day, tuple(skipped), tuple(one for one in years if calendar.is_estimated(one)))


def _passed(start: date, day: date) -> Iterator[date]:
    """The days counted over, earliest first; the start itself is not one of them."""
    first, last = (start + _DAY, day) if day >= start else (day, start - _DAY)
    return (first + _DAY * number for number in range((last - first).days + 1))


def _as_stretch(reason: str, days: list[date]) -> Stretch:
    return Stretch(reason, days[0], days[-1])


def _stretch(one: Stretch, near: date) -> str:
    if one.first == one.last:
        return f"{one.reason} on {_short(one.first, near)}"
    same = (one.first.month, one.first.year) == (one.last.month, one.last.year)
    first = str(one.first.day) if same else _short(one.first, near)
    return f"{one.reason} {first} to {_short(one.last, near)}"


def _short(day: date, near: date) -> str:
    """`21 October`, with its year where that is another than the due date's."""
    return f"{day.day} {day:%B}" if day.year == near.year else f"{day.day} {day:%B %Y}"
