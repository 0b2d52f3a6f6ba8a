"""Which days the calendar shows: read from its address, and the days before and after them. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal, get_args

from workflow.calendar.local_time import moment_of

View = Literal["month", "week", "list"]
VIEWS: tuple[View, ...] = get_args(View)
_DAY, _WEEK = timedelta(days=1), timedelta(days=7)
#: How many days a list shows at once.
_LISTED = timedelta(days=28)
#: Years in which anybody could have a meeting here; an address with another is mistyped.
_YEARS = range(2000, 2100)
_LONGEST_MONTH, _SUNDAY = 31, 6


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `first` to `last`, both included; `before` and `after` are where the neighbouring ones begin."""

    view: View
    first: date
    last: date
    before: date
    after: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    @property
    def days(self) -> list[date]:
        return [self.first + _DAY * number for number in range((self.last - self.first).days + 1)]

    @property
    def weeks(self) -> list[list[date | None]]:
        """From Mondays to Sundays; days outside are None."""
        cells: list[date | None] = [
            *[None] * self.first.weekday(),
            *self.days,
            *[None] * (_SUNDAY - self.last.weekday()),
        ]
        return [cells[start : start + _WEEK.days] for start in range(0, len(cells), _WEEK.days)]

    @property
    def moments(self) -> list[datetime]:
        """When each day begins, and when the last one has ended, in UTC."""
        return [moment_of(datetime.combine(day, time())) for day in (*self.days, self.last + _DAY)]

    @property
    def title(self) -> str:
        """`November 2026`, `2 to 8 November 2026`, `30 November to 6 December 2026`."""
        if self.view == "month":
            return f"{self.first:%B %Y}"
        first, last = self.first, self.last
        same_month, same_year = (first.year, first.month) == (last.year, last.month), first.year == last.year
        begins = f"{first.day}" if same_month else f"{first.day} {first:%B}" if same_year else _told(first)
        return f"{begins} to {_told(last)}"


def read(args: Mapping[str, str], today: date) -> Period:
    """What `view` and `from` of an address ask for; a word nobody knows asks for this month."""
    view = next((one for one in VIEWS if one == args.get("view")), VIEWS[0])
    return period_of(view, _day(args.get("from", "")) or today)


def period_of(view: View, day: date) -> Period:
    """The month or the week that this day lies in, or the list that begins with it."""
    match view:
        case "month":
            first = day.replace(day=1)
            after = (first + _DAY * _LONGEST_MONTH).replace(day=1)
            return Period(view, first, after - _DAY, (first - _DAY).replace(day=1), after)
        case "week":
            first = day - _DAY * day.weekday()
            return Period(view, first, first + _WEEK - _DAY, first - _WEEK, first + _WEEK)
        case "list":
            return Period(view, day, day + _LISTED - _DAY, day - _LISTED, day + _LISTED)


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year in _YEARS else None


def _told(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
