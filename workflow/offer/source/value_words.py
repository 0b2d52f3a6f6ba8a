"""What is wrong with one value of a page, and what would be right: in an officer's words. Pure.

The library tells of patterns, types and parsing; a page is written by people who know of none. So each kind of finding
has a sentence here, and a kind that has none is told without the library's words.
"""

import re
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from types import MappingProxyType
from typing import Any, NamedTuple

from workflow.english import as_written, listed
from workflow.offer.source.spellings import IN_WORDS

NO_SUCH_KEY = "there is no such key; check its spelling or take it out."
_UNFORESEEN = "this cannot stand here; see how an offer that is in use writes the same key."


class Refused(NamedTuple):
    """A value, and what was wanted of it, by the library's names."""

    value: object
    wanted: Mapping[str, Any]

    @property
    def shown(self) -> str:
        return as_written(self.value)


def sentence_of(kind: str, message: str, value: object, wanted: Mapping[str, Any]) -> str:
    """`kind`, `message` and `wanted` are the library's; the message is told only where it is a sentence of ours."""
    if kind == "value_error":
        return message.removeprefix("Value error, ")
    words = _WORDS.get(kind) or next((say for start, say in _FAMILIES.items() if kind.startswith(start)), None)
    return words(Refused(value, wanted)) if words else _UNFORESEEN


def _taking(what: str) -> Callable[[Refused], str]:
    return lambda refused: f"this takes {what}, but it is {refused.shown}."


def _spelt(refused: Refused) -> str:
    words = IN_WORDS.get(str(refused.wanted.get("pattern")))
    return f"{refused.shown} cannot stand here. Write {words}." if words else _UNFORESEEN


def _choice(refused: Refused) -> str:
    known = re.findall(r"'([^']*)'", str(refused.wanted.get("expected", "")))
    near = get_close_matches(refused.value, known, 1) if isinstance(refused.value, str) else []
    hint = f'Did you mean "{near[0]}"?' if near else f"Write {listed([as_written(one) for one in known], 'or')}."
    return f"{refused.shown} cannot stand here. {hint}"


def _least(refused: Refused) -> str:
    return f"{refused.shown} is too little. Write {refused.wanted['ge']} or more."


def _most(refused: Refused) -> str:
    return f"{refused.shown} is too much. Write {refused.wanted['le']} or less."


def _few(refused: Refused) -> str:
    return f"{refused.wanted['min_length']} or more belong here; add what is missing."


def _many(refused: Refused) -> str:
    return f"{refused.wanted['max_length']} belong here and no more; take out what is too much."


def _long(refused: Refused) -> str:
    length = len(refused.value) if isinstance(refused.value, str) else "too many"
    return f"this is {length} characters long. Write at most {refused.wanted['max_length']}."


_LIST, _TABLE = _taking('a list, such as ["…", "…"]'), _taking('a table, such as { name = "…" } or [name]')
_AMOUNT = _taking('pounds and pence, such as "265.00"')
_WORDS: Mapping[str, Callable[[Refused], str]] = MappingProxyType(
    {
        "missing": lambda _: "this key is missing; write it.",
        "extra_forbidden": lambda _: NO_SUCH_KEY,
        "literal_error": _choice,
        "string_pattern_mismatch": _spelt,
        "string_too_short": lambda _: "nothing is written here. Write some words.",
        "string_too_long": _long,
        "greater_than_equal": _least,
        "less_than_equal": _most,
        "too_short": _few,
        "too_long": _many,
        "finite_number": _AMOUNT,
    }
)
#: By what the kinds begin with.
_FAMILIES: Mapping[str, Callable[[Refused], str]] = MappingProxyType(
    {
        "string": _taking('words in quotation marks, such as "…"'),
        "int": _taking("a whole number without quotation marks, such as 3"),
        "decimal": _AMOUNT,
        "bool": _taking("true or false, without quotation marks"),
        "date": _taking("a day without quotation marks, such as 2026-09-04"),
        "tuple": _LIST,
        "list": _LIST,
        "dict": _TABLE,
        "model": _TABLE,
    }
)
