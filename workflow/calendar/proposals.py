"""Dates for a meeting that suit both sides, each with its reasons: what is unusual about none of them. Pure.

Nobody is asked to travel from one meeting to the next without time on the road, to meet over lunch, or in the last days
of a term. What is proposed together falls on different days of the week, by turns before and after noon.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from workflow.calendar.local_time import local_time, moment_of
from workflow.calendar.meeting_time import unusual
from workflow.calendar.school_year import Term, school_year_of
from workflow.calendar.span import Span
from workflow.calendar.working_days import Calendar

#: A busy stretch of a diary, from when until when.
Busy = tuple[datetime, datetime]
_DAY = timedelta(days=1)
_SEVERAL, _APART, _LAST_DAYS = 3, 2, 5
#: Further ahead nobody plans a meeting, and a calendar that closes every day would otherwise never answer.
HORIZON = timedelta(days=180)
#: From one school to another.
_ON_THE_ROAD = timedelta(minutes=45)
_LUNCH = time(12), time(13)
#: When meetings usually begin, the first that suits is taken; a day that begins with the afternoon takes it backwards.
_MORNING, _AFTERNOON = (time(9), time(9, 30), time(10), time(11)), (time(13), time(13, 30), time(14), time(15))
_NEXT_DAY = Span(1, "council days")


@dataclass(frozen=True, slots=True)
class Proposal:
    """`reasons` are what speaks for it, as the rest of a sentence that begins with the date."""

    starts_at: datetime
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MeetingPlan:
    """What dates are looked for: how long it takes, what notice it needs, and when somebody is busy already."""

    calendar: Calendar
    length: timedelta
    notice: Span | None
    busy: tuple[Busy, ...]
    now: datetime

    @property
    def soonest(self) -> date:
        """Never today: somebody has to read of it."""
        return self.calendar.add(self.calendar.local_day(self.now), self.notice or _NEXT_DAY)


def propose(plan: MeetingPlan, since: date | None = None) -> list[Proposal]:
    """Up to three, from this day on where one is given."""
    found: list[Proposal] = []
    calendar, first = plan.calendar, max(plan.soonest, since or plan.soonest)
    day, last = first, first + HORIZON
    while len(found) < _SEVERAL and day <= last:
        starts_at = on_day(plan, day, later=len(found) % 2 == 1) if _suits(calendar, day, found) else None
        if starts_at is not None:
            found.append(Proposal(starts_at, tuple(_reasons(plan, starts_at))))
            day += _DAY * (_APART - 1)
        day += _DAY
    return found


def on_day(plan: MeetingPlan, day: date, *, later: bool = False) -> datetime | None:
    """When it could begin on this day, first of all in the morning, or after noon; None where nothing is free."""
    clocks = (*_AFTERNOON, *_MORNING) if later else (*_MORNING, *_AFTERNOON)
    return next((at for clock in clocks if _is_free(plan, at := _at(plan.calendar, day, clock))), None)


def speaks_for(plan: MeetingPlan, starts_at: datetime) -> tuple[str, ...]:
    """Why this time suits both sides; nothing where it does not."""
    suits = _suits(plan.calendar, plan.calendar.local_day(starts_at), ()) and _is_free(plan, starts_at)
    return tuple(_reasons(plan, starts_at)) if suits else ()


def _at(calendar: Calendar, day: date, clock: time) -> datetime:
    return moment_of(datetime.combine(day, clock), calendar.zone)


def _is_free(plan: MeetingPlan, starts_at: datetime) -> bool:
    """Nothing unusual about the hour, no lunch missed, and nobody busy then or on the road to it."""
    begins, ends = (local_time(one, plan.calendar.zone).time() for one in (starts_at, starts_at + plan.length))
    if begins < _LUNCH[1] and ends > _LUNCH[0]:
        return False
    if any(unusual(plan.calendar, starts_at, plan.length, plan.notice, plan.now)):
        return False
    until = starts_at + plan.length
    return all(end + _ON_THE_ROAD <= starts_at or start >= until + _ON_THE_ROAD for start, end in plan.busy)


def _suits(calendar: Calendar, day: date, found: Iterable[Proposal]) -> bool:
    """A day on which both are there, not at the end of a term, and another day of the week than those found before."""
    if not (calendar.is_open(day, "school days") and calendar.is_open(day, "council days")):
        return False
    taken = {calendar.local_day(one.starts_at).weekday() for one in found}
    return day.weekday() not in taken and not _ends(calendar, day)


def _ends(calendar: Calendar, day: date) -> bool:
    """Whether a term is as good as over."""
    term = _term(calendar, day)
    return term is not None and calendar.count(day, term.end, "school days") < _LAST_DAYS


def _term(calendar: Calendar, day: date) -> Term | None:
    return next((one for one in calendar.terms_of(school_year_of(day)) if day in one), None)


def _reasons(plan: MeetingPlan, starts_at: datetime) -> Iterator[str]:
    calendar = plan.calendar
    today, day = calendar.local_day(plan.now), calendar.local_day(starts_at)
    yield "school and council are open"
    if plan.notice is not None:
        yield f"{Span(calendar.count(today, day, plan.notice.unit), plan.notice.unit)} ahead"
    same = sum(calendar.local_day(start) == day for start, _ in plan.busy)
    yield "nothing else that day" if not same else "time on the road to the other meetings that day"
    yield "clear of lunch"
    term = _term(calendar, day)
    if term is not None:
        yield f"not in the last days of the {term.name} term"
