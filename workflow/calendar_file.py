"""`calendar.toml`: the terms, the council's closures and how days are counted, as a `Calendar`."""

from datetime import time
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, BeforeValidator, ConfigDict

from workflow.calendar import Calendar, Closure, Term, bank_holidays


def _zone(name: object) -> ZoneInfo:
    try:
        return ZoneInfo(str(name))
    except (ZoneInfoNotFoundError, ValueError):
        raise ValueError(f'There is no time zone called "{name}". One looks like "Europe/London".') from None


def _time(text: object) -> time:
    try:
        return time.fromisoformat(str(text))
    except ValueError:
        raise ValueError(f'"{text}" is not a time of day. Write one such as "09:00".') from None


class Counting(BaseModel):
    """The `[calendar]` table: whose bank holidays, which clock, and when in the day things fall due."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)
    region: Literal["england-and-wales", "scotland", "northern-ireland"]
    timezone: Annotated[ZoneInfo, BeforeValidator(_zone)]
    due_at: Annotated[time, BeforeValidator(_time)]


class CalendarFile(BaseModel):
    """The whole file."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    calendar: Counting
    term: tuple[Term, ...] = ()
    closure: tuple[Closure, ...] = ()


def read_calendar(table: dict[str, Any]) -> Calendar:
    """Raises pydantic's ValidationError with every mistake."""
    read = CalendarFile.model_validate(table)
    return Calendar(
        terms=tuple(sorted(read.term, key=lambda term: term.start)),
        closures=read.closure,
        holidays=bank_holidays(read.calendar.region),
        zone=read.calendar.timezone,
        due_at=read.calendar.due_at,
    )
