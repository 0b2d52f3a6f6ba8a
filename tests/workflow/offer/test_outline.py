"""An outline says the same as the whole page; where there is none to be read, the loader has the word."""

import shutil
from pathlib import Path

import pytest

from config.settings import OFFERS
from workflow.engine.catalogue import Catalogue
from workflow.errors import NotFound
from workflow.offer.loader import load_offers
from workflow.offer.outline import read_outlines

OTHERS = Path(__file__).parents[2] / "data" / "offers"


@pytest.mark.parametrize("folder", [OFFERS, OTHERS], ids=lambda folder: folder.parent.name)
def test_an_outline_is_that_of_the_whole_page(folder: Path) -> None:
    read, whole = read_outlines(folder), Catalogue(load_offers((folder,)))
    assert read is not None
    assert read.outlines == whole.outlines
    for offer in whole:
        outline = read.outline(*offer.key)
        assert {name: outline.number(name) - 1 for name in outline.stages} == offer.stage_number


def test_an_offer_that_is_not_installed_is_named() -> None:
    read = read_outlines(OFFERS)
    assert read is not None
    with pytest.raises(NotFound, match="The offer mentoring-1999-09 is not installed"):
        read.outline("mentoring", "1999-09")


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
def test_a_page_without_an_outline_is_left_to_the_loader(tmp_path: Path, file: str, text: str) -> None:
    (copied,) = (shutil.copytree(one, tmp_path / one.name) for one in OFFERS.iterdir())
    (copied / file).write_text(text, encoding="utf-8")
    assert read_outlines(tmp_path) is None


def test_one_offer_in_two_folders_is_left_to_the_loader(tmp_path: Path) -> None:
    (page,) = OFFERS.iterdir()
    shutil.copytree(page, tmp_path / "one")
    shutil.copytree(page, tmp_path / "two")
    assert read_outlines(tmp_path) is None
