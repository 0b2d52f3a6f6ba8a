"""A new offer is begun at the console: by ten answers typed, by options, or by a file."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.web.cli.conftest import Typist

#: Each answer that cannot be used is followed by one that can.
TYPED = "Kind Corridors Mark\n\nsoon\n2027-01\n75\nBeginning, Going on\n2\nperhaps\nyes\nno\ny\n5\n0\n"
OPTIONS = ("--title", "Kind Corridors Mark", "--code", "corridors", "--version", "2027-01", "--price", "75")
REST = ("--phase", "", "--meetings", "0", "--no-visit", "--lapse-after", "0")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the person stands who types."""
    place = tmp_path / "here"
    place.mkdir()
    monkeypatch.chdir(place)
    return place


def page(folder: Path) -> dict[str, Any]:
    return tomllib.loads((folder / "offer.toml").read_text(encoding="utf-8"))


def test_ten_answers_make_a_folder_that_is_sound(bare: Typist, here: Path) -> None:
    said = bare.do("offer", "new", given=TYPED)
    assert "2. A short name for it, in small letters? [kind-corridors-mark]" in said
    assert "kind-corridors-mark-2027-01 is a sound offer to begin with." in said
    assert [one.name for one in here.iterdir()] == ["kind-corridors-mark-2027-01"]
    written = page(here / "kind-corridors-mark-2027-01")
    assert written["offer"]["title"] == "Kind Corridors Mark"
    assert (written["offer"]["provider"], written["offer"]["version"]) == ("Cornwall Council", "2027-01")
    assert [one["title"] for one in written["phase"]] == ["Beginning", "Going on"]
    assert "certificate" in written
    assert bare.do("offer", "check", "kind-corridors-mark-2027-01") == "kind-corridors-mark-2027-01: sound.\n"


def test_an_answer_that_cannot_be_used_is_asked_for_again(bare: Typist, here: Path) -> None:
    said = bare.do("offer", "new", "mine", given=TYPED)
    for sentence in (
        '"soon" cannot stand here. Write the year and the month from which it is sold, such as "2026-09".',
        "Write yes or no.",
        "A journey lapses after 10 school days at the soonest. Write 0 if it never does.",
    ):
        assert said.count(f"Error: {sentence}") == 1
    assert "timer" in page(here / "mine")


def test_what_is_only_of_people_is_not_asked_where_nobody_takes_part(bare: Typist, here: Path) -> None:
    said = bare.do("offer", "new", "mine", given="Kind Corridors Mark\n\n\n0\n\n1\nno\n40\n")
    assert "8. Does somebody visit" in said
    assert "7. Does each person" not in said
    assert page(here / "mine")["offer"]["version"] == f"{bare.now:%Y-%m}"


def test_what_is_given_by_options_is_not_asked(bare: Typist, here: Path) -> None:
    said = bare.do("offer", "new", "mine", *OPTIONS, *REST)
    assert "?" not in said
    assert "phase" not in page(here / "mine")


def test_a_file_of_answers_asks_nothing_and_options_go_before_it(bare: Typist, here: Path) -> None:
    (here / "answers.toml").write_text(
        'title = "Kind Corridors Mark"\ncode = "corridors"\nversion = "2027-01"\nprice = 75\n'
        'phases = ["Beginning"]\nmeetings = 1\nevidence = true\nprovider = "Trelantic Council"\n',
        encoding="utf-8",
    )
    bare.do("offer", "new", "mine", "--answers", "answers.toml", "--price", "80.50")
    written = page(here / "mine")
    assert (written["offer"]["price"], written["offer"]["provider"]) == ("80.50", "Trelantic Council")
    assert written["policy"]["support"] == "evidence-support"


def test_a_file_that_does_not_say_enough_is_told_what_is_missing(bare: Typist, here: Path) -> None:
    (here / "answers.toml").write_text('title = "Kind Corridors Mark"\n', encoding="utf-8")
    result = bare.type("offer", "new", "mine", "--answers", "answers.toml")
    assert (result.exit_code, "this is not answered." in result.stderr) == (6, True)
    assert not (here / "mine").exists()


def test_a_folder_that_is_there_is_refused_before_anything_is_asked(bare: Typist, here: Path) -> None:
    (here / "mine").mkdir()
    result = bare.type("offer", "new", "mine")
    assert (result.exit_code, result.stdout) == (4, "")
    assert "mine is there already, and nothing in it was changed." in result.stderr
    assert list((here / "mine").iterdir()) == []


def test_an_option_that_cannot_be_used_is_told_before_anything_is_asked(bare: Typist, here: Path) -> None:
    result = bare.type("offer", "new", "mine", "--price", "ten")
    assert (result.exit_code, "this takes pounds and pence" in result.stderr) == (6, True)
    assert "?" not in result.stdout
    assert list(here.iterdir()) == []


def test_whoever_stops_half_way_leaves_nothing_behind(bare: Typist, here: Path) -> None:
    assert bare.type("offer", "new", "mine", given="Kind Corridors Mark\n").exit_code == 1
    assert list(here.iterdir()) == []


def test_the_council_is_asked_for_where_no_offer_names_it(
    bare: Typist, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (here / "none").mkdir()
    monkeypatch.setenv("RECOGNITION_OFFERS", str(here / "none"))
    bare.do("offer", "new", "mine", *OPTIONS, *REST, given="Trelantic Council\n")
    assert page(here / "mine")["offer"]["provider"] == "Trelantic Council"


def test_the_folder_can_be_installed_as_it_is(typist: Typist, here: Path) -> None:
    typist.do("offer", "new", "mine", *OPTIONS, "--phase", "One", *REST[2:], "--evidence", "--certificate")
    assert "corridors-2027-01 is installed;" in typist.do("offer", "install", str(here / "mine"), "--as", "system")
    assert ("corridors", 1) in [(one["code"], one["revision"]) for one in typist.ask("offer", "list")]
