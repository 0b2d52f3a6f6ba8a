"""`recognition person` and `recognition privacy`: a copy, an erasure seen first, and what time erases."""

import json
from pathlib import Path

from tests.web.cli.conftest import Typist

ADA = "ada@trevanick.example.org"


def test_a_copy_is_printed_or_written_into_a_new_folder(staffed: Typist, tmp_path: Path) -> None:
    printed = json.loads(staffed.do("person", "export", ADA))
    assert "Ada Pascoe" in printed["names"]
    out = tmp_path / "copy"
    assert "Read it before you hand it over." in staffed.do("person", "export", ADA, "--out", str(out))
    assert json.loads((out / "everything.json").read_text())["addresses"] == [ADA]
    assert "Who takes part, and whom to write to" in (out / "everything.txt").read_text()
    assert staffed.type("person", "export", ADA, "--out", str(out)).exit_code == 6
    assert staffed.type("person", "export", "nobody@example.org").exit_code == 5


def test_an_erasure_is_seen_first_and_done_with_yes(staffed: Typist, ref: str) -> None:
    bryn = "bryn@trevanick.example.org"
    assert staffed.type("person", "erase", bryn).exit_code == 4
    staffed.do("participant", "withdraw", ref, bryn, "--reason", "left")
    seen = staffed.do("person", "erase", bryn)
    assert "This would be erased" in seen
    assert "Backups that were made before still hold it" in seen
    assert staffed.ask("person", "erase", bryn)["erased"] is False
    done = staffed.ask("person", "erase", bryn, "--yes")
    assert (done["erased"], done["engagements"]) == (True, [ref])
    assert staffed.type("person", "erase", bryn).exit_code == 5
    staffed.do("audit", "verify")
    assert not [one for one in staffed.home.rglob("*") if one.is_file() and b"bryn@" in one.read_bytes()]


def test_what_time_erases_is_seen_first_and_swept(staffed: Typist, ref: str) -> None:
    assert "Nothing is due." in staffed.do("privacy", "due")
    staffed.do("fire", ref, "cancel", "--note", "The school closes", "--as", "lead@example.org")
    staffed.later(days=740)
    assert staffed.ask("privacy", "due")["engagements"] == [ref]
    assert f"{ref}: everybody in it" in staffed.do("privacy", "sweep")
    assert "Nothing was due." in staffed.do("privacy", "sweep")
    assert "written over" in staffed.do("privacy", "scrub")
    staffed.do("audit", "verify")
