"""An outline says the same as the whole page, each page by itself."""

import shutil
from pathlib import Path

import pytest

from config.settings import OFFERS
from workflow.engine.catalogue import Catalogue
from workflow.offer.loader import load_offers
from workflow.offer.outline import read_outlines

OTHERS = Path(__file__).parents[2] / "data" / "offers"


@pytest.mark.parametrize("folder", [OFFERS, OTHERS], ids=lambda folder: folder.parent.name)
def test_an_outline_is_that_of_the_whole_page(folder: Path) -> None:
    read, whole = read_outlines(folder), Catalogue(load_offers((folder,)))
    assert (read.outlines, read.faults) == (whole.outlines, whole.faults)
    for offer in whole:
        outline = read.outlines[offer.key]
        assert {name: outline.number(name) - 1 for name in outline.stages} == offer.stage_number


def test_an_offer_that_is_not_installed_is_named() -> None:
    assert str(read_outlines(OFFERS).why_not("mentoring", "1999-09")) == (
        "The offer mentoring-1999-09 is not installed. This waits until its folder is back beside the others."
    )


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("offer.toml", "[[stage"),
        ("offer.toml", "stage = 3"),
        ("offer.toml", '[offer]\ncode = "x"\nversion = "y"'),
        ("calendar.toml", '[calendar]\ntimezone = "Nowhere/Land"'),
        ("calendar.toml", ""),
    ],
)
def test_a_page_without_an_outline_is_named_and_the_others_are_read(tmp_path: Path, file: str, text: str) -> None:
    for one in (*OFFERS.iterdir(), *OTHERS.iterdir()):
        shutil.copytree(one, tmp_path / one.name)
    (tmp_path / "mentoring-2026-09" / file).write_text(text, encoding="utf-8")
    read = read_outlines(tmp_path)
    assert ([*read.faults], ("reading", "2026-01") in read.outlines) == (["mentoring-2026-09"], True)
    assert "mentoring-2026-09 is out of use. This waits until its page is mended" in str(
        read.why_not("mentoring", "2026-09")
    )
