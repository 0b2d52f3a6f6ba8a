"""A day as people type it: day, month and year, or the whole of it in the field of the day. Pure.

Months may be named, years may have two digits, and a whole date may be pasted: `1/11/26`, `Sunday 1st November 2026`,
`2026-11-01`. A day always comes before its month, but for the order of the last of these.
"""

import re
from calendar import day_abbr, day_name, month_abbr, month_name
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from workflow.english import day_in_words, listed

Part = Literal["day", "month", "year"]
PARTS: tuple[Part, ...] = get_args(Part)
#: No date has more letters than `Wednesday the 30th of September 2026`, give or take.
_LONGEST = 60
_CENTURY, _MONTHS, _LONGEST_MONTH = 2000, 12, 31
_DAY = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?", re.ASCII)
_MONTH = re.compile(r"[0-9]{1,2}", re.ASCII)
_YEAR = re.compile(r"[0-9]{4}|[0-9]{2}", re.ASCII)
_BETWEEN = re.compile(r"[\s/.,–-]+")
_BACKWARDS = re.compile(r"[0-9]{4}[/.-][0-9]{1,2}[/.-][0-9]{1,2}", re.ASCII)
_LITTLE_WORDS = ("the", "of")
_SEPTEMBER, _SEPT = 9, "sept"
_NAMED = {
    **{name.lower(): number for names in (month_name, month_abbr) for number, name in enumerate(names) if name},
    _SEPT: _SEPTEMBER,
}
_WEEKDAYS = {name.lower(): number for names in (day_name, day_abbr) for number, name in enumerate(names)}


class Mistyped(ValueError):
    """No day can be told. It says what to do, and `parts` are the fields to do it in."""

    def __init__(self, sentence: str, parts: tuple[Part, ...] = PARTS) -> None:
        super().__init__(sentence)
        self.parts = parts


@dataclass(frozen=True, slots=True)
class TypedDate:
    """What stands in the three fields. `weekday` is one that was pasted with them."""

    day: str = ""
    month: str = ""
    year: str = ""
    weekday: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.day or self.month or self.year)


def typed(day: str, month: str, year: str) -> TypedDate:
    """With a whole date that was pasted into the field of the day put where it belongs."""
    one, two, three = (" ".join(text[:_LONGEST].lower().split()) for text in (day, month, year))
    if two or not _BETWEEN.search(one):
        return TypedDate(one, two, three)
    if _BACKWARDS.fullmatch(one) and not three:
        return TypedDate(*reversed(_BETWEEN.split(one)))
    words = [word for word in _BETWEEN.split(f"{one} {three}") if word and word not in _LITTLE_WORDS]
    weekday = words.pop(0) if words and words[0] in _WEEKDAYS else ""
    if len(words) > len(PARTS):
        return TypedDate(one, two, three)
    first, second, third = [*words, *[""] * len(PARTS)][: len(PARTS)]
    return TypedDate(first, second, third, weekday)


def read_date(given: TypedDate, what: str = "the date") -> date:
    """Raises Mistyped. `what` is what sentences call it, such as `the second date`."""
    if given.is_empty:
        raise Mistyped(f"Enter {what}")
    missing = tuple(part for part in PARTS if not getattr(given, part))
    if missing:
        raise Mistyped(f"{_begun(what)} must include a {listed(list(missing))}", missing)
    day, month, year = _day(given.day), _month(given.month), _year(given.year)
    wrong = tuple(part for part, number in zip(PARTS, (day, month, year), strict=True) if number is None)
    if wrong == ("year",):
        raise Mistyped("The year must have 4 numbers, such as 2026", wrong)
    found = _found(day, month, year)
    if found is None:
        raise Mistyped(f"{_begun(what)} must be a real date, such as 23 11 2026", wrong or PARTS)
    if given.weekday and _WEEKDAYS[given.weekday] != found.weekday():
        raise Mistyped(f"{day_in_words(found)} is no {day_name[_WEEKDAYS[given.weekday]]}. Enter the date you mean")
    return found


def _found(day: int | None, month: int | None, year: int | None) -> date | None:
    if day is None or month is None or year is None:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _day(text: str) -> int | None:
    matched = _DAY.fullmatch(text)
    return int(matched[1]) if matched and 1 <= int(matched[1]) <= _LONGEST_MONTH else None


def _month(text: str) -> int | None:
    if not _MONTH.fullmatch(text):
        return _NAMED.get(text.rstrip("."))
    return int(text) if 1 <= int(text) <= _MONTHS else None


def _year(text: str) -> int | None:
    """Two digits are of this century; everything here happens in it."""
    if not _YEAR.fullmatch(text):
        return None
    number = int(text)
    return number + _CENTURY if len(text) == len("26") else number or None


def _begun(what: str) -> str:
    return what[:1].upper() + what[1:]
