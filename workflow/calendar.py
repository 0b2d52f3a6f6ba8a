"""The school-year clock: days, council days and school days.

Counting never includes the day it starts from. Bank holidays are England and Wales's, from
`govuk-bank-holidays`, which ships its data. Pure: the file is read by `loader`, time is passed in.
"""

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from govuk_bank_holidays.bank_holidays import BankHolidays
from pydantic import BaseModel, BeforeValidator, ConfigDict, model_validator

from workflow.errors import CheckFailed
from workflow.words import day_in_words

Unit = Literal["days", "council days", "school days"]
UNITS: tuple[Unit, ...] = ("days", "council days", "school days")
_SPAN = re.compile(r"([1-9][0-9]{0,2}) (days?|council days?|school days?)", re.ASCII)
_SATURDAY = 5
#: No sane rule counts further than this; a calendar that closes every day would otherwise never answer.
_HORIZON = timedelta(days=3660)


@dataclass(frozen=True, slots=True)
class Span:
    """A count of one unit, written `5 school days`."""

    count: int
    unit: Unit

    @classmethod
    def parse(cls, text: object) -> "Span":
        """Raises ValueError with the sentence a person needs."""
        found = _SPAN.fullmatch(text) if isinstance(text, str) else None
        if found is None:
            raise ValueError(
                f'"{text}" is not a length of time. Write a number and a unit, such as "5 school days", '
                f"where the unit is one of: {', '.join(UNITS)}."
            )
        plural = found[2] if found[2].endswith("s") else found[2] + "s"
        return cls(int(found[1]), next(unit for unit in UNITS if unit == plural))

    def __str__(self) -> str:
        return f"{self.count} {self.unit if self.count != 1 else self.unit.removesuffix('s')}"


class Closure(BaseModel):
    """Days from `start` to `end`, both included, on which the council is shut."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    name: str
    start: date
    end: date

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
    name: str
    start: date
    end: date
    half_term: Annotated[tuple[date, date], BeforeValidator(_two_days)]
    provisional: bool = False

    @model_validator(mode="after")
    def _in_order(self) -> "Term":
        first, last = self.half_term
        if not self.start < first <= last < self.end:
            raise ValueError("a term begins, breaks for half term and ends, in that order.")
        return self

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end and not self.half_term[0] <= day <= self.half_term[1]


@lru_cache
def bank_holidays(region: str) -> frozenset[date]:
    """The published bank holidays of a region, from the data the library ships (no network)."""
    return frozenset(one["date"] for one in BankHolidays(use_cached_holidays=True).get_holidays(division=region))


@dataclass(frozen=True)
class Calendar:
    """`due_at` is the local time of day at which something counted in days falls due."""

    terms: tuple[Term, ...]
    closures: tuple[Closure, ...]
    holidays: frozenset[date]
    zone: ZoneInfo
    due_at: time
    #: Days that were counted before; a calendar never changes, so they stay right.
    _counted: dict[tuple[date, Span], date] = field(default_factory=dict, compare=False, repr=False)

    def is_open(self, day: date, unit: Unit) -> bool:
        """Whether `day` counts in this unit. Outside the terms it knows, a school day is any working weekday."""
        if unit == "days":
            return True
        if day.weekday() >= _SATURDAY or day in self.holidays:
            return False
        if unit == "council days":
            return not any(day in closure for closure in self.closures)
        return any(day in term for term in self.terms) or self._beyond_terms(day)

    def _beyond_terms(self, day: date) -> bool:
        return not self.terms or day > self.terms[-1].end or day < self.terms[0].start

    def add(self, start: date, span: Span) -> date:
        """The day `span` after `start`; the day itself does not count. Raises CheckFailed if too few days are open."""
        known = self._counted.get((start, span))
        if known is not None:
            return known
        day, left = start, span.count
        while left and day - start < _HORIZON:
            day += timedelta(days=1)
            left -= self.is_open(day, span.unit)
        if left:
            raise CheckFailed(f"There are no {span.unit} after {day_in_words(start)}. Mend the offer's calendar.toml.")
        self._counted[start, span] = day
        return day

    def end_of_day(self, moment: datetime) -> datetime:
        """The last second of the local day, in UTC."""
        day = moment.astimezone(self.zone).date()
        return datetime.combine(day, time(23, 59, 59), self.zone).astimezone(UTC)

    def due(self, now: datetime, span: Span) -> datetime:
        """When something falls due, in UTC: at `due_at` local time on the last day counted."""
        day = self.add(now.astimezone(self.zone).date(), span)
        return datetime.combine(day, self.due_at, self.zone).astimezone(UTC)
