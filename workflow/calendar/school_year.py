"""School years: terms, closures, and an honest guess at the terms of years that nobody has published. Pure.

A school year runs from August to July and is called by the year in which it begins.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, model_validator

_AUGUST = 8
_WEEK = timedelta(days=7)


class Closure(BaseModel):
    """Days from `start` to `end`, both included, on which the council or one school is shut."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    name: str
    """What it is called."""
    start: date
    """The first day."""
    end: date
    """The last day."""

    @model_validator(mode="after")
    def _in_order(self) -> "Closure":
        if self.end < self.start:
            raise ValueError("it ends before it begins.")
        return self

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end


def _two_days(days: object) -> object:
    if not isinstance(days, list | tuple) or len(days) != 2:  # noqa: PLR2004 (the first and the last)
        raise ValueError("Half term is two days, the first and the last, such as [2026-10-26, 2026-10-30].")
    return days


class Term(BaseModel):
    """A school term, first and last day included, with the closed week inside it."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    year: str
    """The school year, such as `2026/27`."""
    name: str
    """What it is called."""
    start: date
    """The first day."""
    end: date
    """The last day."""
    half_term: Annotated[tuple[date, date], BeforeValidator(_two_days)]
    """The first and the last day of the closed week inside it."""
    provisional: bool = False
    """It is an estimate, until the year is published."""

    @model_validator(mode="after")
    def _in_order(self) -> "Term":
        first, last = self.half_term
        if not self.start < first <= last < self.end:
            raise ValueError("a term begins, breaks for half term and ends, in that order.")
        return self

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end and not self.half_term[0] <= day <= self.half_term[1]

    @property
    def school_year(self) -> int:
        return school_year_of(self.start)


@dataclass(frozen=True, slots=True)
class OwnDates:
    """What one school keeps differently: whole years of its own terms, and days on which it alone is shut."""

    terms: tuple[Term, ...] = ()
    closures: tuple[Closure, ...] = ()


def school_year_of(day: date) -> int:
    return day.year if day.month >= _AUGUST else day.year - 1


def year_in_words(year: int) -> str:
    """`2026/27`."""
    return f"{year}/{(year + 1) % 100:02d}"


def estimated(terms: Iterable[Term], year: int) -> tuple[Term, ...]:
    """The nearest year that is known, moved by whole weeks so that every weekday stays what it was."""
    known: dict[int, list[Term]] = {}
    for term in terms:
        known.setdefault(term.school_year, []).append(term)
    nearest = min(known, key=lambda one: (abs(one - year), one))
    weeks = round((date(year, _AUGUST, 1) - date(nearest, _AUGUST, 1)) / _WEEK)
    return tuple(_moved(term, year, _WEEK * weeks) for term in known[nearest])


def _moved(term: Term, year: int, by: timedelta) -> Term:
    first, last = term.half_term
    return Term(
        year=year_in_words(year),
        name=term.name,
        start=term.start + by,
        end=term.end + by,
        half_term=(first + by, last + by),
        provisional=True,
    )


def as_own(days: Mapping[str, Iterable[tuple[str, date, date]]]) -> OwnDates:
    """Names with their first and last days, by kind. Raises ValueError for a term without its half term."""
    breaks = list(days.get("half_term", ()))
    terms = [_term(name, first, last, breaks) for name, first, last in days.get("term", ())]
    closures = [Closure(name=name, start=first, end=last) for name, first, last in days.get("closed", ())]
    return OwnDates(tuple(terms), tuple(closures))


def _term(name: str, first: date, last: date, breaks: Iterable[tuple[str, date, date]]) -> Term:
    inside = [(start, end) for _, start, end in breaks if first < start <= end < last]
    if len(inside) != 1:
        raise ValueError(
            f"the {name} term from {first:%d/%m/%Y} has {len(inside) or 'no'} half terms inside it; give it one."
        )
    return Term(year=year_in_words(school_year_of(first)), name=name, start=first, end=last, half_term=inside[0])
