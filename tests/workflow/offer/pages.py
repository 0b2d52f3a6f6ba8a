"""Offers written down wrongly: a copy of the shipped folder in which a test changes a few words."""

import shutil
from pathlib import Path
from typing import NamedTuple

from config.settings import OFFERS
from workflow.offer.definition import Offer
from workflow.offer.loader import load_offer

MENTORING = OFFERS / "mentoring-2026-09"
READING = Path(__file__).parents[2] / "data" / "offers" / "reading-2026-01"
PAGE = "offer.toml"


class Edit(NamedTuple):
    """The first `old` in `file` becomes `new`; no `old` at all means the whole file becomes `new`."""

    file: str
    old: str | None
    new: str


def without_timers() -> Edit:
    """The page of somebody who has thought of people only, and not of time."""
    page = (MENTORING / PAGE).read_text(encoding="utf-8")
    section = "# --- What time does" + page.partition("# --- What time does")[2].partition("# --- The certificate")[0]
    return Edit(PAGE, section, "")


def edited(folder: Path, *edits: Edit) -> Path:
    """A copy of the shipped offer in `folder`, edited. Raises LookupError when an edit finds nothing to change."""
    copy = Path(shutil.copytree(MENTORING, folder / MENTORING.name))
    for edit in edits:
        path = copy / edit.file
        text = path.read_text(encoding="utf-8")
        if edit.old is not None and edit.old not in text:
            raise LookupError(f"{edit.file} does not say {edit.old!r}")
        path.write_text(edit.new if edit.old is None else text.replace(edit.old, edit.new, 1), encoding="utf-8")
    return copy


def edited_offer(folder: Path, *edits: Edit) -> Offer:
    return load_offer(edited(folder, *edits))
