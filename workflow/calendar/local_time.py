"""Which day is it there: the one place where a moment becomes a day, or the time that a clock on the wall shows.

Every moment is kept in UTC, where for seven months of the year the day begins an hour too late. What readers call a
day (today, late by a day, in the past, the day of a visit) is the day at the council and its schools.
"""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from workflow.english import clock_in_words, day_in_words

#: Where the council and its schools are, for what belongs to no offer; an offer's calendar names its own.
LOCAL = ZoneInfo("Europe/London")


def local_time(moment: datetime, zone: ZoneInfo = LOCAL) -> datetime:
    """The date and the clock there."""
    return moment.astimezone(zone)


def moment_of(local: datetime, zone: ZoneInfo = LOCAL) -> datetime:
    """The moment, in UTC, at which the clock there shows this. Raises ValueError where it never does."""
    moment = local.replace(tzinfo=zone).astimezone(UTC)
    if local_time(moment, zone).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise ValueError("The clocks go forward that night and skip this time. Enter another time")
    return moment


def local_day(moment: datetime, zone: ZoneInfo = LOCAL) -> date:
    """The day there."""
    return local_time(moment, zone).date()


def end_of_day(day: date, zone: ZoneInfo = LOCAL) -> datetime:
    """The last second of it there, in UTC, by which what is due that day is due."""
    return datetime.combine(day, time(23, 59, 59), zone).astimezone(UTC)


def day_told(moment: datetime, zone: ZoneInfo = LOCAL) -> str:
    """`Tuesday 4 November 2025`."""
    return day_in_words(local_day(moment, zone))


def moment_told(moment: datetime, zone: ZoneInfo = LOCAL) -> str:
    """`Tuesday 4 November 2025 at 2:05pm`."""
    return f"{day_told(moment, zone)} at {clock_in_words(local_time(moment, zone).time())}"


def clock_in_figures(moment: datetime, zone: ZoneInfo = LOCAL) -> str:
    """`14:05`."""
    return f"{local_time(moment, zone):%H:%M}"


def in_figures(moment: datetime, zone: ZoneInfo = LOCAL) -> str:
    """`04/11/2025 14:05`, where a column is narrow."""
    return f"{local_time(moment, zone):%d/%m/%Y %H:%M}"
