"""Another version of an offer: a copy of its folder in which everything is called otherwise, or only some words are."""

import re
import shutil
from collections.abc import Mapping
from pathlib import Path

from tests.offers.test_names import SHARED
from workflow.engine.catalogue import Catalogue
from workflow.offer.loader import Loaded, load_offer

#: What stands behind every name there.
MARK = {"_": "_b", "-": "-b"}


def renamed(folder: Path, home: Path, version: str) -> Path:
    """Every stage, meeting, trigger, timer and email has another name; nothing else is different but the version."""
    offer = load_offer(folder)
    there = Path(shutil.copytree(folder, home / f"{offer.offer.code}-{version}"))
    page = there / "offer.toml"
    emails = {name: f"{name}{MARK['-']}" for name in offer.emails if name not in SHARED}
    names = emails | {name: other_name(name) for name in names_of(folder) if name not in emails}
    text = page.read_text(encoding="utf-8")
    for name, becomes in names.items():
        text = re.sub(rf'"{name}"', f'"{becomes}"', text)
        text = re.sub(rf"(?<=[{{,] ){name}(?= = )", becomes, text)
    page.write_text(text.replace(f'"{offer.offer.version}"', f'"{version}"', 1), encoding="utf-8")
    for name, becomes in emails.items():
        (there / "emails" / f"{name}.md").rename(there / "emails" / f"{becomes}.md")
    return there


def names_of(folder: Path) -> set[str]:
    offer = load_offer(folder)
    return {*offer.stage, *offer.triggers, *offer.timer, *offer.appointment} - SHARED


def other_name(name: str) -> str:
    return f"{name}{MARK['-'] if '-' in name else MARK['_']}"


def called(folder: Path) -> str:
    """What that version calls otherwise, as whoever moves engagements writes it."""
    return "\n".join(f"{name} = {other_name(name)}" for name in sorted(names_of(folder)))


def with_version(known: Catalogue, version: str) -> Catalogue:
    """The same offers, and of the newest a version that is no different."""
    newest = known.latest()
    terms = newest.offer.model_copy(update={"version": version})
    later = newest.model_copy(update={"offer": terms})
    return Catalogue(Loaded({one.key: one for one in (*known, later)}, {}))


def changed(folder: Path, home: Path, version: str, words: Mapping[str, str]) -> Path:
    """Some words of the page are others."""
    offer = load_offer(folder)
    there = Path(shutil.copytree(folder, home / f"{offer.offer.code}-{version}"))
    page = there / "offer.toml"
    text = page.read_text(encoding="utf-8").replace(f'"{offer.offer.version}"', f'"{version}"', 1)
    for was, becomes in words.items():
        if was not in text:
            raise LookupError(f"The page does not say {was!r}")
        text = text.replace(was, becomes, 1)
    page.write_text(text, encoding="utf-8")
    return there
