"""Two offers beside each other on the console, named as other commands name them."""

import json
from pathlib import Path

from tests.web.cli.conftest import Typist
from tests.workflow.offer.pages import MENTORING, PAGE, READING, Edit, edited

LATER = Edit(PAGE, 'after = "40 school days"\ntrigger', 'after = "60 school days"\ntrigger')
SAID = "The timer “lapse-unanswered” now comes after 60 school days instead of 40."


def test_what_is_different_is_told_in_sentences(bare: Typist, tmp_path: Path) -> None:
    folder = str(edited(tmp_path, LATER))
    assert bare.do("offer", "diff", "mentoring-2026-09", folder) == (
        f"{folder} says 1 thing otherwise than mentoring-2026-09:\n  - {SAID}\n"
    )
    assert json.loads(bare.do("offer", "diff", str(MENTORING), folder, "--json")) == [SAID]


def test_equal_offers_say_so(bare: Typist) -> None:
    said = bare.do("offer", "diff", "mentoring", str(MENTORING))
    assert said == f"mentoring and {MENTORING} say the same.\n"


def test_a_certificate_that_is_drawn_otherwise_is_told(bare: Typist, tmp_path: Path) -> None:
    folder = edited(tmp_path)
    (folder / "certificate.typ").write_text("#let nothing = none\n", encoding="utf-8")
    assert bare.do("offer", "diff", "mentoring", str(folder)).endswith("  - Certificates are drawn otherwise.\n")


def test_quite_another_offer_is_told_from_its_code_to_its_calendar(bare: Typist) -> None:
    said = bare.do("offer", "diff", "mentoring", str(READING))
    assert "The code is now “reading” instead of “mentoring”." in said
    assert "The stage “framework” is gone." in said
    assert "The stage “panel” is new." in said


def test_an_offer_nobody_has_is_not_found(bare: Typist) -> None:
    result = bare.type("offer", "diff", "mentoring", "mentoring-1999-01")
    assert (result.exit_code, "Installed: mentoring." in result.stderr) == (5, True)


def test_a_folder_with_mistakes_is_refused_with_their_lines(bare: Typist, tmp_path: Path) -> None:
    folder = edited(tmp_path, Edit(PAGE, 'price = "265.00"', 'price = "a lot"'))
    result = bare.type("offer", "diff", "mentoring", str(folder))
    assert result.exit_code == 6
    assert "offer.toml, line 15: offer, price" in result.stderr
    assert "this takes pounds and pence" in result.stderr
