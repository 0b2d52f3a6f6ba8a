"""What a person writes after the options of a rehearsal, read into what is different from usual."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from workflow.errors import BadInput, Problem
from workflow.simulation.new_orders import MOST, Wanted
from workflow.simulation.scenario import Absence, DateRange

_DAYS = re.compile(r"(\d{4}-\d{2}-\d{2}):(\d{4}-\d{2}-\d{2})", re.ASCII)
_OPENS, _CLOSES = time(9), time(16)
_NUMBER = re.compile(r"[1-9]\d{0,3}", re.ASCII)


def days(option: str, text: str) -> DateRange:
    """`2027-02-01:2027-02-28`: the first and the last day. Raises BadInput."""
    found = _DAYS.fullmatch(text)
    try:
        first, last = (date.fromisoformat(found[1]), date.fromisoformat(found[2])) if found else (date.max, date.min)
    except ValueError:
        first, last = date.max, date.min
    if first > last:
        raise _wrong(option, text, "write the first and the last day, such as 2027-02-01:2027-02-28.")
    return DateRange(first, last)


def absences(texts: Iterable[str], users: Mapping[str, int]) -> tuple[Absence, ...]:
    """`advisor@example.org:2027-01-11:2027-02-05`, for somebody at the council by address."""
    return tuple(_absence(text, users) for text in texts)


def _absence(text: str, users: Mapping[str, int]) -> Absence:
    who, _, when = text.partition(":")
    if who.strip().lower() not in users:
        known = ", ".join(sorted(users)) or "nobody"
        raise _wrong("--away", text, f"nobody at the council has the address “{who}”. Known: {known}.")
    return Absence(users[who.strip().lower()], days("--away", when))


def no_visits(texts: Iterable[str]) -> tuple[DateRange, ...]:
    return tuple(days("--no-visits", text) for text in texts)


def orders(texts: Iterable[str], zone: ZoneInfo, start: datetime, end: datetime) -> list[Wanted]:
    """`20:2027-03-01:2027-03-31`: so many orders in these days, which must lie within the rehearsal."""
    found = []
    for text in texts:
        count, _, when = text.partition(":")
        if not _NUMBER.fullmatch(count):
            raise _wrong("--orders", text, "begin with how many there are, such as 20:2027-03-01:2027-03-31.")
        within = days("--orders", when)
        first, last = (
            datetime.combine(day, clock, zone) for day, clock in ((within.first, _OPENS), (within.last, _CLOSES))
        )
        wanted = Wanted(int(count), first, last)
        if not start <= wanted.last <= end or wanted.first < start:
            raise _wrong("--orders", text, f"these days must lie between {start:%Y-%m-%d} and {end:%Y-%m-%d}.")
        found.append(wanted)
    return found


def agree_number(count: int) -> None:
    """Raises BadInput for more orders than there are numbers."""
    if count > MOST:
        raise BadInput(f"There are {MOST:,} numbers for references, and this rehearsal needs {count:,}. Ask for fewer.")


def _wrong(option: str, text: str, sentence: str) -> BadInput:
    return BadInput("This rehearsal cannot begin.", (Problem(f"{option} {text}", sentence),))
