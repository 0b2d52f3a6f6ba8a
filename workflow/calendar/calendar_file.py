"""`calendar.toml`: the terms, the council's closures and how days are counted, as a `Calendar`."""

from datetime import time
from typing import Annotated, Any, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, BeforeValidator, ConfigDict, model_validator

from workflow.calendar.bank_holidays import Region, published
from workflow.calendar.school_year import Closure, Term
from workflow.calendar.working_days import Calendar
from workflow.english import as_written


def _zone(name: object) -> ZoneInfo:
    try:
        return ZoneInfo(str(name))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f'There is no time zone called {as_written(name)}. One looks like "Europe/London".') from None


def _time(text: object) -> time:
    try:
        return time.fromisoformat(str(text))
    except ValueError:
        raise ValueError(f'{as_written(text)} is not a time of day. Write one such as "09:00".') from None


class Counting(BaseModel):
    """The `[calendar]` table: how days and hours are counted."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)
    region: Region
    """Whose bank holidays count."""
    timezone: Annotated[ZoneInfo, BeforeValidator(_zone)]
    """The clock, such as `Europe/London`."""
    due_at: Annotated[time, BeforeValidator(_time)]
    """The hour at which things fall due."""
    opens: Annotated[time, BeforeValidator(_time)] = time(8, 30)
    """No reminder goes out before this."""
    closes: Annotated[time, BeforeValidator(_time)] = time(16, 30)
    """Nor after this."""
    meets_from: Annotated[time, BeforeValidator(_time)] = time(8)
    """A meeting that begins earlier is asked about."""
    meets_until: Annotated[time, BeforeValidator(_time)] = time(18)
    """As is one that ends later."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not self.opens <= self.due_at < self.closes:
            raise ValueError("opens, due_at and closes come in that order, so that what falls due may be sent.")
        if not self.meets_from < self.meets_until:
            raise ValueError("meets_from comes before meets_until, so that there is time for a meeting.")
        return self


class CalendarFile(BaseModel):
    """The whole file."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    calendar: Counting
    """How days are counted."""
    term: tuple[Term, ...] = ()
    """The terms of schools."""
    closure: tuple[Closure, ...] = ()
    """When the council is closed, besides weekends and bank holidays."""


def read_calendar(table: dict[str, Any]) -> Calendar:
    """Raises pydantic's ValidationError with every mistake."""
    read = CalendarFile.model_validate(table)
    return Calendar(
        terms=tuple(sorted(read.term, key=lambda term: term.start)),
        closures=read.closure,
        holidays=published(read.calendar.region),
        zone=read.calendar.timezone,
        due_at=read.calendar.due_at,
        opens=read.calendar.opens,
        closes=read.calendar.closes,
        meets_from=read.calendar.meets_from,
        meets_until=read.calendar.meets_until,
    )
