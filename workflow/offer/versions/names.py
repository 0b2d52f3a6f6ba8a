"""What another version of an offer calls otherwise: stages, kinds of meeting, triggers, timers and promises. Pure.

What both versions call the same needs no saying. The rest is written line by line, `old name = new name`, in names of
the page or in the titles that people read; a line holds for everything that both versions know under its two names.
"""

from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from typing import NamedTuple

from workflow.errors import BadInput, Problem
from workflow.offer.definition import Offer

#: By the kind of thing: its names in an offer, each with its title.
_KINDS: Mapping[str, Callable[[Offer], Mapping[str, str]]] = {
    "stages": lambda offer: {one.name: one.title for one in offer.stages},
    "meetings": lambda offer: {one.name: one.title for one in offer.appointments},
    "triggers": lambda offer: {name: ways[0].title for name, ways in offer.triggers.items()},
    "timers": lambda offer: {one.name: one.name for one in offer.timers},
    "promises": lambda offer: {name: name for those in offer.promises_at.values() for name in those if name},
}


class Renamed(NamedTuple):
    """By the kind of thing: the new name of what has another one."""

    stages: Mapping[str, str]
    meetings: Mapping[str, str]
    triggers: Mapping[str, str]
    timers: Mapping[str, str]
    promises: Mapping[str, str]

    def stage(self, name: str) -> str:
        return self.stages.get(name, name)

    def meeting(self, name: str) -> str:
        return self.meetings.get(name, name)

    def trigger(self, name: str) -> str:
        return self.triggers.get(name, name)

    def timer(self, name: str) -> str:
        return self.timers.get(name, name)

    def promise(self, name: str) -> str:
        return self.promises.get(name, name)


def read(text: str, old: Offer, new: Offer) -> Renamed:
    """Raises BadInput with one problem for each line that says nothing."""
    found: dict[str, dict[str, str]] = {kind: {} for kind in _KINDS}
    problems = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        before, equals, after = (part.strip() for part in line.partition("="))
        pairs = [*_pairs(old, new, before, after)] if equals else []
        why = _why((old, before), (new, after)) if equals else "says no new name. Write it as: old name = new name."
        problems += [] if pairs else [Problem("called", f"Line {number} {why}")]
        for kind, was, becomes in pairs:
            found[kind][was] = becomes
    if problems:
        raise BadInput("These names cannot be used.", tuple(problems))
    return Renamed(**found)


def _pairs(old: Offer, new: Offer, before: str, after: str) -> Iterator[tuple[str, str, str]]:
    """Everything that the old version knows under the one name and the new one under the other."""
    for kind, names in _KINDS.items():
        for was in _called(names(old), before):
            yield from ((kind, was, becomes) for becomes in _called(names(new), after)[:1])


def _called(names: Mapping[str, str], text: str) -> list[str]:
    """By name; else by title."""
    if text in names:
        return [text]
    return [name for name, title in names.items() if title.casefold() == text.casefold()]


def _why(*sides: tuple[Offer, str]) -> str:
    for offer, text in sides:
        if not any(_called(names(offer), text) for names in _KINDS.values()):
            known = [one for names in _KINDS.values() for pair in names(offer).items() for one in pair]
            near = get_close_matches(text, known, 1)
            meant = f" Did you mean “{near[0]}”?" if near else ""
            return f"speaks of “{text}”, and {'-'.join(offer.key)} knows nothing of that name.{meant}"
    (_, before), (_, after) = sides
    return f"speaks of two different things: “{before}” cannot become “{after}”."
