"""What may be corrected in a version that is in use: its words, its calendar and how its certificates look.

Everything else is what a school bought: another price, rule or stage is another version (§5 of the design).
"""

from collections import Counter
from collections.abc import Iterable
from functools import cache
from typing import Any, TypeVar, get_type_hints

from pydantic import BaseModel

from workflow.offer.definition import Offer
from workflow.offer.differences.offers import differences
from workflow.offer.fields import Text

T = TypeVar("T", bound=BaseModel)
#: What people read and no rule looks at, besides every field that is a `Text`; and what is true of the world whatever
#: was bought: which days are holidays.
_WORDS = {
    "EmailTemplate": {"subject", "body", "summary"},
    "Terms": {"team", "sender", "brand"},
    "Offer": {"calendar", "certificate_template"},
    "CertificateTerms": {"template"},
}
#: What rows are known by, in this order: a row has some of these.
_KNOWN_BY = ("name", "trigger", "verb", "of", "code", "number", "from_")


def more_than_words(before: Offer, after: Offer) -> list[str]:
    """What `after` says otherwise than `before` that is no correction, in sentences. Nothing when it is one."""
    corrected = _worded_as(before, after)
    if corrected == after:
        return []
    return differences(corrected, after)


def _worded_as(before: T, after: T) -> T:
    """`before` in the words of `after`."""
    words = _words_of(type(before))
    changed = {
        name: getattr(after, name) if name in words else _inside(getattr(before, name), getattr(after, name))
        for name in type(before).model_fields
    }
    return before.model_copy(update=changed)


def _inside(before: Any, after: Any) -> Any:
    match before, after:
        case BaseModel(), BaseModel() if type(before) is type(after):
            return _worded_as(before, after)
        case tuple(), tuple() if all(isinstance(one, BaseModel) for one in (*before, *after)):
            there = _by_name(after)
            return tuple(_inside(one, there.get(name, one)) for name, one in _by_name(before).items())
        case dict(), dict():
            return {name: _inside(one, after.get(name, one)) for name, one in before.items()}
        case _:
            return before


def _by_name(rows: Iterable[BaseModel]) -> dict[object, Any]:
    """Those without a name of their own are known by their place."""
    seen: Counter[object] = Counter()
    found: dict[object, Any] = {}
    for row in rows:
        name = tuple(getattr(row, part, None) for part in _KNOWN_BY)
        found[(name, seen[name])] = row
        seen[name] += 1
    return found


@cache
def _words_of(kind: type[BaseModel]) -> frozenset[str]:
    hints = get_type_hints(kind, include_extras=True)
    texts = {name for name in kind.model_fields if _mentions(hints[name])}
    return frozenset(texts | _WORDS.get(kind.__name__, set()))


def _mentions(hint: Any) -> bool:
    return hint == Text or any(map(_mentions, getattr(hint, "__args__", ())))
