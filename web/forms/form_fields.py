"""What somebody typed into a form that records a fact, read one field at a time. Pure.

Each function gives the value; what cannot be used is added to `wrong` under its field's name, so that a form tells
all its mistakes at once. Mistakes are raised together by `agree`.
"""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time

from werkzeug.datastructures import MultiDict

from workflow.calendar.local_time import LOCAL, local_day, local_time
from workflow.english import listed
from workflow.errors import BadInput, Problem
from workflow.sanitise import block

Form = MultiDict[str, str]
Wrong = dict[str, str]
_PARTS = ("day", "month", "year")
_DIGITS = re.compile("[0-9]{1,9}", re.ASCII)
_TIME = re.compile(r"([0-9]{1,2})(?:[:.]([0-9]{2}))? ?(am|pm)?", re.ASCII | re.IGNORECASE)
_TYPED_LIMIT = 20
_NOON = 12
#: A date further away than this many years is a slip of the finger.
_YEARS = 5


def version(form: Form) -> int:
    """What the person was looking at. Raises BadInput."""
    text = form.get("version", "")
    if not _DIGITS.fullmatch(text):
        raise BadInput("This form was not whole. Reload the page and try again.")
    return int(text)


def agree(wrong: Wrong) -> None:
    """Raises BadInput if anything is wrong."""
    if wrong:
        raise BadInput("This cannot be recorded yet.", tuple(Problem(*one) for one in wrong.items()))


def moment(form: Form, now: datetime, wrong: Wrong, which: str = "") -> datetime:
    """A day in three fields and a time, as on the clock of a school's wall, in UTC. `now` where it cannot be told.

    `which` tells several dates of one form apart.
    """
    day, clock = a_day(form, now, wrong, f"date{which}"), _time(form, wrong, f"time{which}")
    if day is None or clock is None:
        return now
    found = datetime.combine(day, clock, LOCAL).astimezone(UTC)
    if local_time(found).time() != clock:
        wrong[f"time{which}"] = "The clocks go forward that night and skip this time. Enter another time"
    return found


def is_empty(form: Form, which: str) -> bool:
    """Whether nothing was typed for this date of the form."""
    names = (*(f"date{which}-{part}" for part in _PARTS), f"time{which}")
    return not any(form.get(name, "").strip() for name in names)


def text(form: Form, name: str, read: Callable[[str], str], ask: str, wrong: Wrong) -> str:
    """`read` raises ValueError with a sentence; `ask` is said when nothing was typed."""
    typed = form.get(name, "")
    try:
        return read(typed)
    except ValueError as error:
        wrong[name] = str(error) if typed.strip() else ask
        return ""


def optional_block(form: Form, name: str, what: str, limit: int, wrong: Wrong) -> str | None:
    """Several lines, or None when nothing was typed."""
    if not form.get(name, "").strip():
        return None
    return text(form, name, lambda typed: block(typed, what, limit), "", wrong)


def choice(form: Form, name: str, known: Mapping[str, str], ask: str, wrong: Wrong) -> str:
    """One of the known values."""
    found = form.get(name, "")
    if found not in known:
        wrong[name] = ask
    return found


def number(form: Form, name: str, ask: str, wrong: Wrong) -> int:
    """A whole number that a choice stands for."""
    found = form.get(name, "")
    if not _DIGITS.fullmatch(found):
        wrong[name] = ask
        return 0
    return int(found)


def a_day(form: Form, now: datetime, wrong: Wrong, name: str = "date") -> date | None:
    """A day in three fields, or None where it cannot be told."""
    parts = {part: form.get(f"{name}-{part}", "").strip()[:_TYPED_LIMIT] for part in _PARTS}
    missing = [part for part in _PARTS if not parts[part]]
    if missing:
        whole = len(missing) == len(_PARTS)
        wrong[f"{name}-{missing[0]}"] = "Enter the date" if whole else f"The date must include a {listed(missing)}"
        return None
    found = _real_day(*parts.values())
    if found is None:
        wrong[f"{name}-day"] = "Enter a real date with its day, month and year, such as 23 11 2026"
    elif abs(found.year - (year := local_day(now).year)) > _YEARS:
        wrong[f"{name}-year"] = f"The year must be between {year - _YEARS} and {year + _YEARS}"
        return None
    return found


def _real_day(day: str, month: str, year: str) -> date | None:
    if not all(_DIGITS.fullmatch(part) for part in (day, month, year)):
        return None
    try:
        return date(int(year), int(month), int(day))
    except (ValueError, OverflowError):
        return None


def _time(form: Form, wrong: Wrong, name: str) -> time | None:
    """`14:00`, `2pm` and `2.30 pm` are times; a bare `2` could be two of them."""
    typed = form.get(name, "").strip()[:_TYPED_LIMIT]
    found = _TIME.fullmatch(typed)
    clock = _clock(*found.groups()) if found else None
    if clock is None:
        wrong[name] = "Enter a real time, such as 14:00 or 2pm" if typed else "Enter the time it starts"
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
