"""The little that lists say of an offer: its stages' titles and its zone, read without proving the whole page.

A list of engagements is looked at many times a day, and reading a page whole takes longer than the list itself. Whoever
decides or counts anything reads the `Offer`.
"""

import tomllib
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from workflow.errors import NotFound


@dataclass(frozen=True, slots=True)
class Outline:
    """`stages` are titles by name, in the order of the journey."""

    stages: Mapping[str, str]
    zone: ZoneInfo

    def number(self, stage: str) -> int:
        """Which of the stages this is, counted from one."""
        return list(self.stages).index(stage) + 1


class Outlines(ABC):
    """Whatever knows the outlines of the offers that are installed."""

    @property
    @abstractmethod
    def outlines(self) -> Mapping[tuple[str, str], Outline]:
        """By code and version."""

    def outline(self, code: str, version: str) -> Outline:
        """Raises NotFound: an engagement is pinned to the version it was bought under, so its folder must stay."""
        found = self.outlines.get((code, version))
        if found is None:
            raise NotFound(f"The offer {code}-{version} is not installed. Put its folder back beside the other offers.")
        return found


@dataclass(frozen=True, slots=True)
class OutlineFiles(Outlines):
    """Outlines read from the offers' folders."""

    outlines: Mapping[tuple[str, str], Outline]


def read_outlines(folder: Path) -> OutlineFiles | None:
    """None where any of the pages has no outline to be read: the loader then says what is wrong with it."""
    pages = sorted(folder.glob("*/offer.toml"))
    try:
        found = dict(_outline(page) for page in pages)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return OutlineFiles(found) if len(found) == len(pages) else None


def _outline(page: Path) -> tuple[tuple[str, str], Outline]:
    table = tomllib.loads(page.read_text(encoding="utf-8"))
    calendar = tomllib.loads(page.with_name("calendar.toml").read_text(encoding="utf-8"))
    offer, zone = table["offer"], ZoneInfo(calendar["calendar"]["timezone"])
    return (offer["code"], offer["version"]), Outline({one["name"]: one["title"] for one in table["stage"]}, zone)
