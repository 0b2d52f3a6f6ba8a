"""Evidence at the console: sent in, reviewed, sent again, looked at and taken out."""

from pathlib import Path

import pytest
from PIL import Image

from tests.web.cli.conftest import Typist

ADA = "ada@trevanick.example.org"
LEAD = ("--as", "lead@example.org")


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "board.png"
    Image.new("RGB", (8, 8)).save(path)
    return path


def test_evidence_goes_to_and_fro_until_everything_is_met(
    staffed: Typist, ref: str, picture: Path, tmp_path: Path
) -> None:
    said = [f"--text={code}=An example." for code in ("1.2", "1.3", "1.4")]
    missing = staffed.type("evidence", "send", ref, ADA, *said, *LEAD)
    assert (missing.exit_code, "1.1" in missing.stderr) == (6, True)
    assert staffed.do("evidence", "show", ref, ADA) == "Nothing is sent in yet.\n"
    assert "Version 1 is sent in." in staffed.do("evidence", "send", ref, ADA, *said, f"--file=1.1={picture}", *LEAD)
    met = ("--met", "1.1", "--met", "1.3", "--met", "1.4")
    told = staffed.do("evidence", "review", ref, ADA, *met, "--not-met", "1.2=Say what changed.", *LEAD)
    assert told.startswith("Ada Pascoe: returned.")
    assert "Version 2 is sent in." in staffed.do("evidence", "send", ref, ADA, "--text=1.2=It changed.", *LEAD)
    assert staffed.do("evidence", "review", ref, ADA, "--all-met", *LEAD).startswith("Ada Pascoe: completed.")
    story = staffed.ask("evidence", "show", ref, ADA)
    assert [(one["version"], one["criterion"], one["decision"]) for one in story] == [
        (1, "1.1", "met"),
        (1, "1.2", "not_met"),
        (1, "1.3", "met"),
        (1, "1.4", "met"),
        (2, "1.2", "met"),
    ]
    copy = tmp_path / "copy.png"
    staffed.do("evidence", "get", ref, str(story[0]["files"][0]["id"]), str(copy))
    assert copy.read_bytes() == picture.read_bytes()
    again = staffed.type("evidence", "get", ref, str(story[0]["files"][0]["id"]), str(copy))
    assert (again.exit_code, "is there already. Choose another name." in again.stderr) == (2, True)
    assert staffed.type("evidence", "get", ref, "99", str(copy)).exit_code == 5


def test_what_cannot_be_read_or_is_no_pair_is_said(staffed: Typist, ref: str) -> None:
    assert staffed.type("evidence", "send", ref, ADA, "--file=1.1=nowhere.pdf", *LEAD).exit_code == 2
    assert staffed.type("evidence", "send", ref, ADA, "--text=hello", *LEAD).exit_code == 2
    assert staffed.type("evidence", "review", ref, ADA, "--all-met", *LEAD).exit_code in (4, 6)


def test_what_is_said_twice_or_both_ways_is_not_guessed(staffed: Typist, ref: str) -> None:
    twice = staffed.type("evidence", "send", ref, ADA, "--text=1.1=One", "--text=1.1=Two", *LEAD)
    assert (twice.exit_code, "1.1 is given more than once" in twice.stderr) == (2, True)
    both = staffed.type("evidence", "review", ref, ADA, "--met=1.1", "--not-met=1.1=More", *LEAD)
    assert (both.exit_code, "1.1 cannot be met and not met" in both.stderr) == (2, True)


def test_a_file_is_not_written_where_there_is_no_folder(
    staffed: Typist, ref: str, picture: Path, tmp_path: Path
) -> None:
    said = [f"--text={code}=An example." for code in ("1.2", "1.3", "1.4")]
    staffed.do("evidence", "send", ref, ADA, *said, f"--file=1.1={picture}", *LEAD)
    result = staffed.type("evidence", "get", ref, "1", str(tmp_path / "nowhere" / "copy.png"))
    assert (result.exit_code, "cannot be written" in result.stderr) == (2, True)
