"""Small pieces of British English that sentences are built from."""

import re
from datetime import date, time

_NOON = 12
_VOWELS = ("a", "e", "i", "o", "u")
_BEGINS_WITH_A_CONSONANT = re.compile(r"eu|ewe|one\b|once\b|u(?:k\b|s[aeiu]|ni(?![mn])|t[ei])", re.IGNORECASE)
_SILENT_H = re.compile(r"heir|honest|honou?r|hour", re.IGNORECASE)
#: Letters that are said one by one, as there are two of them or none that could be sounded.
_IS_SPELT_OUT = re.compile(r"[A-Z]{2}|[B-DF-HJ-NP-TV-XZ]{2,}")
_SPELT_WITH_A_VOWEL = "AEFHILMNORSX"
_ARTICLES = ("The", "A", "An", "Our", "Your")
#: More of a value than this tells nobody more.
_SHOWN = 60


def a(noun: str) -> str:
    """`an appointment`, `a participant`; by the sound, so `a University visit`, `an hour` and `an HR review`."""
    first = noun.partition(" ")[0]
    if _IS_SPELT_OUT.fullmatch(first):
        return f"{'an' if first[0] in _SPELT_WITH_A_VOWEL else 'a'} {noun}"
    sounds = first[:1].lower() in _VOWELS and not _BEGINS_WITH_A_CONSONANT.match(first)
    return f"{'an' if sounds or _SILENT_H.match(first) else 'a'} {noun}"


def within(title: str) -> str:
    """A title in mid-sentence: `The library visit` as `the library visit`. One without an article is a name."""
    first, space, rest = title.partition(" ")
    return f"{first.lower()}{space}{rest}" if space and first in _ARTICLES else title


def the(title: str) -> str:
    """`the Reading mark`, whether the title is `Reading mark` or `The Reading mark`."""
    return within(title) if title.partition(" ")[0] in _ARTICLES else f"the {title}"


def bare(title: str) -> str:
    """A title behind an article of its own, as in `our Reading mark`: `The Reading mark` as `Reading mark`."""
    first, _space, rest = title.partition(" ")
    return rest if rest and first in _ARTICLES else title


def begun(title: str) -> str:
    """A title that is a verb, in mid-sentence: `Sign the mark` as `sign the mark`; `QA is met` stays."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


def count_of(number: int, noun: str) -> str:
    """`1 member`, `3 members`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def are_needed(number: int) -> str:
    """`1 is needed`, `3 are needed`."""
    return f"{number} {'is' if number == 1 else 'are'} needed"


def staff_of(number: int) -> str:
    """`1 member of staff`, `3 members of staff`."""
    return f"{count_of(number, 'member')} of staff"


def in_words(name: str) -> str:
    """`in_review` as `in review`."""
    return name.replace("_", " ")


def day_in_words(day: date) -> str:
    """`Tuesday 4 November 2025`."""
    return f"{day:%A} {day.day} {day:%B %Y}"


def clock_in_words(clock: time) -> str:
    """`2:05pm`, `9am`."""
    minutes = f":{clock:%M}" if clock.minute else ""
    return f"{clock.hour % _NOON or _NOON}{minutes}{'am' if clock.hour < _NOON else 'pm'}"


def listed(items: list[str], joiner: str = "and") -> str:
    """`a, b and c`."""
    return f" {joiner} ".join(filter(None, [", ".join(items[:-1]), items[-1]])) if items else ""


def as_written(value: object) -> str:
    """A value of a TOML file as whoever wrote it calls it: `"265.00"`, `3`, `true`, `a list`, `a table`."""
    match value:
        case bool():
            return str(value).lower()
        case str():
            return f'"{value}"' if len(value) <= _SHOWN else f'"{value[: _SHOWN - 1]}…"'
        case list() | tuple():
            return "a list"
        case dict():
            return "a table"
        case _:
            return str(value)
