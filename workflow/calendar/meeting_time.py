"""Whether people usually meet at a time: what the calendar forbids, and what is unusual. Pure."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from workflow.calendar.local_time import local_time
from workflow.calendar.span import Span
from workflow.calendar.working_days import Calendar
from workflow.english import clock_in_words

_SATURDAY = 5


def forbidden(calendar: Calendar, starts_at: datetime) -> str | None:
    """A bank holiday by its name; None on any other day."""
    return calendar.holidays.get(calendar.local_day(starts_at))


def unusual(
    calendar: Calendar, starts_at: datetime, length: timedelta, notice: Span | None, now: datetime
) -> Iterator[str]:
    """Each thing that would make somebody ask whether the time is meant, as the end of a sentence."""
    if starts_at <= now:
        yield "it has passed, so that this only records a meeting that took place then, and invites nobody"
    yield from _closed(calendar, starts_at)
    yield from _out_of_hours(calendar, starts_at, length)
    if notice is not None and starts_at > now:
        soonest = calendar.add(calendar.local_day(now), notice)
        if calendar.local_day(starts_at) < soonest:
            yield f"it is sooner than {notice} ahead"


def _closed(calendar: Calendar, starts_at: datetime) -> Iterator[str]:
    day = calendar.local_day(starts_at)
    if day.weekday() >= _SATURDAY:
        yield f"it is a {day:%A}"
        return
    school, council = calendar.why_closed(day, "school days"), calendar.why_closed(day, "council days")
    if school is not None:
        yield f"the school is closed that day ({school})"
    if council is not None:
        yield f"the council is closed that day ({council})"


def _out_of_hours(calendar: Calendar, starts_at: datetime, length: timedelta) -> Iterator[str]:
    begins, ends = local_time(starts_at, calendar.zone), local_time(starts_at + length, calendar.zone)
    same_day = calendar.local_day(starts_at) == calendar.local_day(starts_at + length)
    if begins.time() < calendar.meets_from or ends.time() > calendar.meets_until or not same_day:
        hours = f"{clock_in_words(calendar.meets_from)} to {clock_in_words(calendar.meets_until)}"
        lasts = f"{clock_in_words(begins.time())} to {clock_in_words(ends.time())}"
        yield f"it lasts from {lasts}, and meetings are held from {hours}"
