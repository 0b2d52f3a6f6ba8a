"""Offers: listed, proved, drawn."""

import shutil
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from config.settings import OFFERS
from tests.offers.together import FOLDERS
from tests.web.cli.conftest import Typist

LIBRARY = FOLDERS["library"]


def test_list_names_stages_and_appointments(bare: Typist) -> None:
    (offer,) = bare.ask("offer", "list")
    assert (offer["code"], offer["version"], len(offer["stages"])) == ("mentoring", "2026-09", 9)
    assert "mentoring-2026-09" in bare.do("offer", "list")


def test_a_sound_offer_is_called_sound(bare: Typist) -> None:
    assert bare.do("offer", "check", "mentoring") == "mentoring-2026-09: sound.\n"


def test_a_page_that_goes_round_is_told_what_holds_where_it_says_nothing(bare: Typist, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(LIBRARY, tmp_path / LIBRARY.name))
    page, told = folder / "offer.toml", "  As the page says nothing else: "
    earlier = (
        "A certificate of a later round names the one before it, which stands beside it; with "
        "earlier = “superseded” under [certificate] the new one would take its place."
    )
    assert bare.do("offer", "check", str(folder)) == f"{folder.name}: sound.\n{told}{earlier}\n"
    text = page.read_text().replace('people = ["recognised"]\n', "")
    page.write_text(text.replace('valid_for = "2 years"', 'earlier = "superseded"'))
    people = "“come_again” leads back and names nobody who starts again: people go on as they are (people)."
    ends = "A certificate is valid without end; valid_for under [certificate] would set one."
    assert bare.do("offer", "check", str(folder)) == f"{folder.name}: sound.\n{told}{people}\n{told}{ends}\n"


def test_a_design_that_names_no_certificate_before_is_a_fault_where_some_are_renewed(
    bare: Typist, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(LIBRARY, tmp_path / LIBRARY.name))
    design = folder / "library.typ"
    design.write_text(design.read_text().replace("renews", "school"))
    letter = folder / "emails" / "library-certificate.md"
    letter.write_text(letter.read_text().replace(" {{ renews }}", ""))
    result = bare.type("offer", "check", str(folder))
    assert result.exit_code == 8
    assert "library.typ: Certificates are renewed here, and the design does not print which one" in result.stdout
    assert "library-certificate.md: Certificates are renewed here, and the letter that carries one" in result.stdout


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
