"""The little that lists say of an offer: its title, its stages' and its zone, read without proving the whole page.

A list of engagements is looked at many times a day, and reading a page whole takes longer than the list itself. Whoever
decides or counts anything reads the `Offer`.
"""

import tomllib
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from workflow.errors import OutOfUse


@dataclass(frozen=True, slots=True)
class Outline:
    """`stages` are titles by name, in the order of the journey; `way` are those that lead to what it makes for."""

    title: str
    stages: Mapping[str, str]
    zone: ZoneInfo
    way: tuple[str, ...]

    def number(self, stage: str) -> int:
        """Which of the stages on the way this is, counted from one; nought for one at which a journey is given up."""
        return self.way.index(stage) + 1 if stage in self.way else 0


def on_the_way(stages: Iterable[str], moves: Iterable[tuple[str, str]], goals: Iterable[str]) -> tuple[str, ...]:
    """The stages from which moves lead to one of the goals, and the goals themselves, in the order of the page."""
    found, edges = set(goals), [*moves]
    while more := {source for source, to in edges if to in found} - found:
        found |= more
    return tuple(one for one in stages if one in found)


class Installed(NamedTuple):
    """What the record knows of an offer besides its folder."""

    revision: int
    starts_on: date | None


class Outlines(ABC):
    """Whatever knows the outlines of the offers that are installed."""

    @property
    @abstractmethod
    def outlines(self) -> Mapping[tuple[str, str], Outline]:
        """By code and version."""

    @property
    @abstractmethod
    def faults(self) -> Mapping[str, str]:
        """What is wrong with folders that cannot be used, one sentence each, by the folder's name."""

    def warnings(self) -> Iterator[str]:
        """What is said when a program starts, for each folder that cannot be used."""
        for folder, sentence in self.faults.items():
            yield f"The offer in {folder} is out of use, and what belongs to it waits. {sentence}"

    def lack_of(self, code: str, version: str) -> str:
        """What is said in a list of an engagement whose offer cannot be used."""
        name = f"{code}-{version}"
        return f"The offer {name} is {'out of use' if name in self.faults else 'not installed'}."

    def why_not(self, code: str, version: str) -> OutOfUse:
        """An engagement is pinned to the version it was bought under: its folder must stay, and stay sound."""
        if f"{code}-{version}" in self.faults:
            remedy = "This waits until its page is mended; “recognition doctor” says what is wrong with it."
        else:
            remedy = "This waits until its folder is back beside the others."
        return OutOfUse(f"{self.lack_of(code, version)} {remedy}")


@dataclass(frozen=True, slots=True)
class OutlineFiles(Outlines):
    """Outlines read from the offers' folders."""

    outlines: Mapping[tuple[str, str], Outline]
    faults: Mapping[str, str]


def read_outlines(folder: Path) -> OutlineFiles:
    """Each page by itself. Of one that has no outline to be read, the loader says more."""
    found: dict[tuple[str, str], Outline] = {}
    faults = {}
    for page in sorted(folder.glob("*/offer.toml")):
        try:
            key, outline = _outline(page)
        except (OSError, ValueError, KeyError, TypeError):
            faults[page.parent.name] = "Its outline cannot be read. “recognition offer check” says why."
        else:
            found.setdefault(key, outline)
    return OutlineFiles(found, faults)


def _outline(page: Path) -> tuple[tuple[str, str], Outline]:
    table = tomllib.loads(page.read_text(encoding="utf-8"))
    calendar = tomllib.loads(page.with_name("calendar.toml").read_text(encoding="utf-8"))
    offer, zone = table["offer"], ZoneInfo(calendar["calendar"]["timezone"])
    stages = {one["name"]: one["title"] for one in table["stage"]}
    return (offer["code"], offer["version"]), Outline(offer["title"], stages, zone, _way(table, stages))


def _way(table: Mapping[str, Any], stages: Mapping[str, str]) -> tuple[str, ...]:
    """As the whole offer says it."""
    leading = [one for one in table["transition"] if "to" in one]
    earned = {one["to"] for one in leading if any("certificate" in effect for effect in one.get("effects", ()))}
    ends = [one["name"] for one in table["stage"] if one.get("final")]
    moves = [(source, one["to"]) for one in leading for source in _from(one["from"], stages)]
    return on_the_way(stages, moves, earned or ends[:1])


def _from(said: Any, stages: Mapping[str, str]) -> Iterable[str]:
    if said == "*":
        return stages
    return (said,) if isinstance(said, str) else said
