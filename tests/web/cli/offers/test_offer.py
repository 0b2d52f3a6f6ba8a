"""Offers: listed, proved, drawn."""

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from config.settings import OFFERS
from tests.web.cli.conftest import Typist


def test_list_names_stages_and_appointments(bare: Typist) -> None:
    (offer,) = bare.ask("offer", "list")
    assert (offer["code"], offer["version"], len(offer["stages"])) == ("mentoring", "2026-09", 9)
    assert "mentoring-2026-09" in bare.do("offer", "list")


def test_a_sound_offer_is_called_sound(bare: Typist) -> None:
    assert bare.do("offer", "check", "mentoring") == "mentoring-2026-09: sound.\n"


def test_a_page_with_mistakes_fails_the_check_with_a_sentence_for_each(bare: Typist, tmp_path: Path) -> None:
    folder = tmp_path / "broken-2026-09"
    folder.mkdir()
    (folder / "offer.toml").write_text((OFFERS / "mentoring-2026-09" / "offer.toml").read_text())
    result = bare.type("offer", "check", str(folder))
    assert result.exit_code == 8
    assert "calendar.toml" in result.stdout


def test_an_offer_nobody_has_is_not_found(bare: Typist) -> None:
    result = bare.type("offer", "check", "reading")
    assert (result.exit_code, "Installed: mentoring-2026-09." in result.stderr) == (5, True)


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ("mermaid", "purchase --> training_1: Start training"),
        ("dot", 'purchase -> training_1 [label="Start training"];'),
        ("svg", "Quality assurance visit"),
    ],
)
def test_the_journey_can_be_drawn(bare: Typist, form: str, said: str) -> None:
    assert said in bare.do("offer", "diagram", "mentoring", "--format", form)


def test_the_picture_can_be_heard(bare: Typist) -> None:
    """A reader that cannot see it hears the stages in order."""
    root = ET.fromstring(bare.do("offer", "diagram"))  # noqa: S314 (our own drawing)
    texts = {one.tag.rpartition("}")[2]: one.text for one in root}
    assert root.attrib["role"] == "img"
    assert "the journey" in (texts["title"] or "")
    assert (texts["desc"] or "").startswith("9 stages: Purchase, Training session 1")
