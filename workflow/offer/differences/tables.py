"""What has changed in one table of a page, key by key, and in its rows, which are known by their names. Pure."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel

from workflow.domain.effects import Effect
from workflow.domain.guards import Rule
from workflow.english import a, listed
from workflow.offer.differences.phrases import began, entry, sentence, yes_or_no
from workflow.offer.differences.said import asked, said
from workflow.offer.differences.words import changed_words

#: What a row is known by, and how it is called in a sentence, by its kind.
_ROWS: Mapping[str, tuple[Callable[[Any], object], Callable[[Any], str]]] = MappingProxyType(
    {
        "Phase": (lambda row: row.number, lambda row: f"phase {row.number}"),
        "Criterion": (lambda row: row.code, lambda row: f"the criterion {row.code}"),
        "Stage": (lambda row: row.name, lambda row: f"the stage “{row.name}”"),
        "Promise": (lambda row: row.name or row.to, lambda row: f"the promise to “{row.to}”"),
        "AppointmentKind": (lambda row: row.name, lambda row: f"the meeting “{row.name}”"),
        "Transition": (lambda row: row.trigger, lambda row: f"“{row.trigger}”"),
        "StatusTransition": (lambda row: (row.of, row.verb), lambda row: f"“{row.verb}” of {a(row.of)}"),
        "Timer": (lambda row: row.name, lambda row: f"the timer “{row.name}”"),
        "Input": (lambda row: row.name, lambda row: f"the question “{row.name}”"),
        "EmailTemplate": (lambda row: row.name, lambda row: f"the email “{row.name}”"),
        "Term": (lambda row: (row.year, row.name), lambda row: f"the {row.name} term of {row.year}"),
        "Closure": (lambda row: row.name, lambda row: f"the closure “{row.name}”"),
    }
)
_TEXTS = ("body", "subject", "summary")


def changes(what: str, before: BaseModel, after: BaseModel) -> Iterator[str]:
    """`what` is how the table is called in the middle of a sentence; nothing for what the whole offer has."""
    if type(before).__name__ == "Timer":
        yield from _when(what, before, after)
    for name, about in type(before).model_fields.items():
        was, now = getattr(before, name), getattr(after, name)
        if was != now:
            yield from _change(what, type(before).__name__, about.alias or name, was, now)


def _change(what: str, owner: str, key: str, was: Any, now: Any) -> Iterator[str]:
    if owner == "Timer" and key in ("after", "before"):
        return
    both = (*was, *now) if isinstance(was, tuple) and isinstance(now, tuple) else ()
    words = yes_or_no(what, key, now) if isinstance(now, bool) else None
    if words:
        yield words
    elif key in _TEXTS and was and now:
        yield from changed_words(f"the {key} of {what}", was, now)
    elif both and all(isinstance(one, Rule) for one in both):
        yield from _guards(what, key, was, now)
    elif both and all(isinstance(one, Effect) for one in both):
        yield from _effects(what or "the beginning", was, now)
    elif both and all(isinstance(one, BaseModel) for one in both):
        yield from rows(was, now, f" of {what}" if what else "")
    elif isinstance(was, dict) and isinstance(now, dict):
        yield from _entries(what, key, was, now)
    elif said(was) != said(now):
        yield sentence(what, owner, key, was=said(was), now=said(now))


def rows(before: Sequence[Any], after: Sequence[Any], where: str = "") -> Iterator[str]:
    """`where` is what the rows belong to, if that is another row."""
    was, now = _known(before), _in_other_words(_known(before), _known(after))
    for key, row in was.items():
        if key not in now:
            yield began(f"{_called(row)}{where} is gone.")
    for key, row in now.items():
        if key not in was:
            yield began(f"{_called(row)}{where} is new.")
    both = [key for key in was if key in now]
    if both != [key for key in now if key in was]:
        yield began(f"{listed([_called(now[key]) for key in now if key in was])}{where} stand in another order.")
    for key in both:
        yield from changes(f"{_called(was[key])}{where}", was[key], now[key])


def _known(table: Sequence[Any]) -> dict[object, Any]:
    """By what each is known by, and which of those alike it is."""
    seen: Counter[object] = Counter()
    found: dict[object, Any] = {}
    for row in table:
        key = _ROWS[type(row).__name__][0](row)
        found[key, seen[key]] = row
        seen[key] += 1
    return found


def _in_other_words(was: Mapping[object, Any], now: Mapping[object, Any]) -> dict[object, Any]:
    """The later rows; a promise that is new where one of the same owner is gone is that one, in other words."""
    gone = [(key, row) for key, row in was.items() if key not in now and type(row).__name__ == "Promise"]
    found: dict[object, Any] = {}
    for key, row in now.items():
        same = next((one for one in gone if key not in was and one[1].owner == row.owner and not row.name), None)
        if same is not None:
            gone.remove(same)
        found[same[0] if same else key] = row
    return found


def _called(row: Any) -> str:
    return _ROWS[type(row).__name__][1](row)


def _when(what: str, before: Any, after: Any) -> Iterator[str]:
    """`The timer “lapse” now comes after 60 school days instead of 40.`"""
    if (before.before, before.after) == (after.before, after.after):
        return
    (was, old), (now, new) = (("before", one.before) if one.before else ("after", one.after) for one in (before, after))
    same = (was, old.unit) == (now, new.unit)
    yield began(f"{what} now comes {now} {new} instead of {abs(old.count) if same else f'{was} {old}'}.")


def _guards(what: str, key: str, was: tuple[Rule, ...], now: tuple[Rule, ...]) -> Iterator[str]:
    what = f"a date for {what}" if key == "booking" else what
    old, new = ([asked(rule) for rule in rules] for rules in (was, now))
    if sorted(old) == sorted(new) and old != new:
        yield began(f"{what} asks for the same in another order: {listed(new)}.")
    yield from (began(f"{what} no longer asks for {one}.") for one in (Counter(old) - Counter(new)).elements())
    yield from (began(f"{what} now asks for {one}.") for one in (Counter(new) - Counter(old)).elements())


def _effects(what: str, was: tuple[Effect, ...], now: tuple[Effect, ...]) -> Iterator[str]:
    old, new = ([said(effect) for effect in effects] for effects in (was, now))
    if sorted(old) == sorted(new):
        yield began(f"{what} sends the same in another order: {listed(new)}.")
    yield from (began(f"{what} no longer owes {one}.") for one in (Counter(old) - Counter(new)).elements())
    yield from (began(f"{what} now owes {one}.") for one in (Counter(new) - Counter(old)).elements())


def _entries(what: str, key: str, was: Mapping[str, object], now: Mapping[str, object]) -> Iterator[str]:
    for name in [*was, *(one for one in now if one not in was)]:
        if was.get(name) != now.get(name):
            yield entry(what, key, name, was=said(was.get(name)), now=said(now.get(name)))
