"""The school-year clock: days, council days and school days, counted on and back.

Counting never includes the day it starts from. Pure: files and tables are read elsewhere, time is passed in.
`explanation` says in words what was counted.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from workflow.calendar.local_time import local_day, local_time
from workflow.calendar.school_year import Closure, OwnDates, Term, estimated, school_year_of
from workflow.calendar.span import Span, Unit
from workflow.english import day_in_words
from workflow.errors import CheckFailed

_SATURDAY = 5
_DAY = timedelta(days=1)
#: No sane rule counts further than this; a calendar that closes every day would otherwise never answer.
_HORIZON = timedelta(days=3660)
_LAST_SECOND = time(23, 59, 59)


@dataclass(frozen=True)
class Calendar:
    """`due_at` is the local time at which something counted in days falls due. Reminders go out from `opens` to
    `closes`, local time. `own_closures` are one school's; a calendar without them is everybody's.
    """

    terms: tuple[Term, ...]
    closures: tuple[Closure, ...]
    holidays: Mapping[date, str]
    zone: ZoneInfo
    due_at: time
    opens: time = time(8, 30)
    closes: time = time(16, 30)
    own_closures: tuple[Closure, ...] = ()
    #: What was worked out before; a calendar never changes, so it stays right.
    _counted: dict[tuple[date, Span], date] = field(default_factory=dict, compare=False, repr=False)
    _passed: dict[tuple[date, date, Unit], int] = field(default_factory=dict, compare=False, repr=False)
    _closed: dict[tuple[date, Unit], str | None] = field(default_factory=dict, compare=False, repr=False)
    _years: dict[int, tuple[Term, ...]] = field(default_factory=dict, compare=False, repr=False)

    def for_school(self, own: OwnDates) -> "Calendar":
        """As one school keeps it: its own terms replace everybody's in the years that it gives."""
        years = {term.school_year for term in own.terms}
        kept = [term for term in self.terms if term.school_year not in years]
        terms = tuple(sorted([*kept, *own.terms], key=lambda term: term.start))
        return replace(self, terms=terms, own_closures=own.closures, _counted={}, _passed={}, _closed={}, _years={})

    # --- which days are open ---

    def is_open(self, day: date, unit: Unit) -> bool:
        """Whether `day` counts in this unit."""
        return self.why_closed(day, unit) is None

    def why_closed(self, day: date, unit: Unit) -> str | None:
        """What keeps `day` from counting, in a few words; None when it counts."""
        if unit == "days":
            return None
        known = (day, unit)
        if known not in self._closed:
            self._closed[known] = self._reason(day, unit)
        return self._closed[known]

    def _reason(self, day: date, unit: Unit) -> str | None:
        if day.weekday() >= _SATURDAY:
            return "the weekend"
        shut = self.closures if unit == "council days" else self.own_closures
        named = next((closure.name for closure in shut if day in closure), None)
        between = self._between_terms(day) if unit == "school days" else None
        return between or named or self.holidays.get(day)

    def _between_terms(self, day: date) -> str | None:
        """`half term`, or the holidays that `day` lies in. A calendar without terms has neither."""
        terms = self.terms_of(school_year_of(day))
        for term in terms:
            if day in term:
                return None
            if term.start <= day <= term.end:
                return "half term"
        before = [term for term in terms if term.end < day]
        return f"the holidays after the {before[-1].name} term" if before else "the summer holidays" if terms else None

    def terms_of(self, year: int) -> tuple[Term, ...]:
        """The terms of a school year: published, or estimated from the nearest one that is."""
        if year not in self._years:
            known = tuple(term for term in self.terms if term.school_year == year)
            self._years[year] = known or (estimated(self.terms, year) if self.terms else ())
        return self._years[year]

    def is_estimated(self, year: int) -> bool:
        """Whether any term of this school year is a guess."""
        return any(term.provisional for term in self.terms_of(year))

    # --- counting ---

    def add(self, start: date, span: Span) -> date:
        """The day `span` after `start`, or before it where the count is below nought; the day itself does not count.

        Raises CheckFailed if too few days are open.
        """
        known = self._counted.get((start, span))
        if known is not None:
            return known
        day, left, step = start, abs(span.count), _DAY if span.count > 0 else -_DAY
        while left and abs(day - start) < _HORIZON:
            day += step
            left -= self.is_open(day, span.unit)
        if left:
            way = "after" if span.count > 0 else "before"
            raise CheckFailed(f"There are no {span.unit} {way} {day_in_words(start)}. Mend the offer's calendar.toml.")
        self._counted[start, span] = day
        return day

    def count(self, start: date, end: date, unit: Unit) -> int:
        """How many days of this unit come after `start`, up to and with `end`; below nought when `end` is earlier."""
        if end < start:
            return -self.count(end - _DAY, start - _DAY, unit)
        known = (start, end, unit)
        if known not in self._passed:
            days = (start + _DAY * number for number in range(1, (end - start).days + 1))
            self._passed[known] = sum(self.is_open(day, unit) for day in days)
        return self._passed[known]

    # --- moments ---

    def local_day(self, moment: datetime) -> date:
        """Which day it is there."""
        return local_day(moment, self.zone)

    def deadline(self, start: datetime, span: Span) -> datetime:
        """The last second of the last day counted, in UTC: until then nobody is late."""
        return self._at(self.add(self.local_day(start), span), _LAST_SECOND)

    def due(self, now: datetime, span: Span) -> datetime:
        """When something falls due, in UTC: at `due_at` local time on the last day counted."""
        return self._at(self.add(self.local_day(now), span), self.due_at)

    def may_write(self, moment: datetime, unit: Unit) -> datetime:
        """The first moment from this one on at which people who keep these days may be written to, in UTC."""
        day = self.local_day(moment)
        if self.is_open(day, unit) and local_time(moment, self.zone).time() < self.closes:
            return max(moment, self._at(day, self.opens))
        return self._at(self.add(day, Span(1, unit)), self.opens)

    def _at(self, day: date, clock: time) -> datetime:
        return datetime.combine(day, clock, self.zone).astimezone(UTC)
