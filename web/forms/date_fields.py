"""Days and times as they were typed into a form, and where they stand in it. Pure.

A day has three fields, `date-day`, `date-month` and `date-year`, and a time has one. What cannot be used is added to
`wrong` under each field that is to be put right, with the same sentence.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime, time

from workflow.calendar.local_time import local_day, local_time, moment_of
from workflow.calendar.typed_date import PARTS, Mistyped, TypedDate, read_date, typed
from workflow.english import clock_in_words

Wrong = dict[str, str]
_TIME = re.compile(r"([0-9]{1,2})(?:[:.]([0-9]{2}))? ?(am|pm)?", re.ASCII | re.IGNORECASE)
_TYPED_LIMIT = 20
_NOON = 12
#: A date further away than this many years is a slip of the finger.
_YEARS = 5


def moment(form: Mapping[str, str], now: datetime, wrong: Wrong, which: str = "", what: str = "the date") -> datetime:
    """A day and a time, as on the clock of a school's wall, in UTC. `now` where it cannot be told.

    `which` tells several dates of one form apart, and `what` is what sentences call it.
    """
    day = a_day(form, now, wrong, f"date{which}", what)
    clock = _time(form, wrong, f"time{which}")
    if day is None or clock is None:
        return now
    try:
        return moment_of(datetime.combine(day, clock))
    except ValueError as error:
        wrong[f"time{which}"] = str(error)
        return now


def is_empty(form: Mapping[str, str], which: str) -> bool:
    """Whether nothing was typed for this date of the form."""
    return given(form, f"date{which}").is_empty and not form.get(f"time{which}", "").strip()


def a_day(
    form: Mapping[str, str], now: datetime, wrong: Wrong, name: str = "date", what: str = "the date"
) -> date | None:
    """A day in three fields, or None where it cannot be told."""
    try:
        return near_day(form, now, name, what)
    except Mistyped as told:
        wrong.update({f"{name}-{part}": str(told) for part in told.parts})
        return None


def near_day(form: Mapping[str, str], now: datetime, name: str, what: str = "the date") -> date:
    """A day in three fields. Raises Mistyped, also for one that is too far away to be meant."""
    found, year = read_date(given(form, name), what), local_day(now).year
    if abs(found.year - year) > _YEARS:
        raise Mistyped(f"The year must be between {year - _YEARS} and {year + _YEARS}", ("year",))
    return found


def given(form: Mapping[str, str], name: str) -> TypedDate:
    """What stands in the three fields of a day."""
    day, month, year = (form.get(f"{name}-{part}", "") for part in PARTS)
    return typed(day, month, year)


def as_typed(moment: datetime, which: str = "") -> dict[str, str]:
    """The fields in which this day and time would have been typed."""
    return {**day_as_typed(local_day(moment), which), f"time{which}": clock_in_words(local_time(moment).time())}


def day_as_typed(day: date, which: str = "") -> dict[str, str]:
    return {f"date{which}-day": str(day.day), f"date{which}-month": str(day.month), f"date{which}-year": str(day.year)}


def _time(form: Mapping[str, str], wrong: Wrong, name: str) -> time | None:
    """`14:00`, `2pm` and `2.30 pm` are times; a bare `2` could be two of them."""
    entered = form.get(name, "").strip()[:_TYPED_LIMIT]
    found = _TIME.fullmatch(entered)
    clock = _clock(*found.groups()) if found else None
    if clock is None:
        wrong[name] = "Enter a real time, such as 14:00 or 2pm" if entered else "Enter the time it starts"
    return clock


def _clock(hours: str, minutes: str | None, half: str | None) -> time | None:
    if minutes is None and half is None:
        return None
    hour, minute = int(hours), int(minutes or 0)
    if half:
        if not 1 <= hour <= _NOON:
            return None
        hour = hour % _NOON + (_NOON if half.lower() == "pm" else 0)
    try:
        return time(hour, minute)
    except ValueError:
        return None
