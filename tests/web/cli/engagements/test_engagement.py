"""What `engagement` tells: programs rely on the JSON, people read the rest."""

import shutil
import sqlite3
from pathlib import Path

import pytest

from tests.web.cli.conftest import Typist

KEYS = {
    "ref",
    "offer",
    "stage",
    "stage_title",
    "standing",
    "version",
    "school",
    "lead",
    "advisor",
    "participants",
    "appointments",
    "triggers",
    "promises",
    "timers",
    "history",
    "messages",
    "owed",
    "certificates",
    "forecast",
    "route",
    "arrives",
    "blocked",
}


def test_show_keeps_its_contract(staffed: Typist, ref: str) -> None:
    shown = staffed.ask("engagement", "show", ref)
    assert shown.keys() >= KEYS
    assert (shown["ref"], shown["stage"], shown["standing"]) == (ref, "training_1", "active")
    assert shown["school"] == {
        "urn": "900001", "name": "Trevanick Community Primary School", "town": "Trevanick", "trust": "",
        "federation": "The Chapel Row Federation",
    }  # fmt: skip
    assert [person["phase"] for person in shown["participants"]] == [1, 1, 1]
    assert shown["history"][0]["title"] == "Engagement began"
    assert shown["promises"][0]["owner"] == "council"


def test_show_says_which_triggers_are_open_and_why_the_others_are_not(staffed: Typist, ref: str) -> None:
    triggers = {one["trigger"]: one for one in staffed.ask("engagement", "show", ref)["triggers"]}
    assert triggers["hold"]["open"]
    refusal = triggers["complete_training_1"]["refusals"][0]
    assert refusal.keys() >= {"guard", "found", "needed", "who", "sentence"}
    assert (refusal["guard"], refusal["who"]) == ("register_taken", "advisor")


def test_show_reads_as_a_page(staffed: Typist, ref: str) -> None:
    page = staffed.do("engagement", "show", ref)
    for said in (
        f"{ref}  Trevanick Community Primary School, Trevanick",
        "At “Training session 1” since Monday 6 October 2025; active;",
        "Next: the council is to offer dates for training session 1 by Monday 20 October 2025.",
        "Too few engagements have left “Training session 1” to say when certificates will come: 0, and 5 are needed.",
        "The certificates can come on Monday 5 January 2026 at the earliest, if all goes well the first time.",
        "The nearest way to the certificates",
        "The council        Take the register of Training session 1",
        "  hold: Put on hold",
        "complete_training_1: not now. The register of Training session 1 has not been taken.",
        "ada@trevanick.example.org",
        "Staff nominated",
    ):
        assert said in page


def test_list_tells_what_is_next(staffed: Typist, ref: str) -> None:
    (line,) = staffed.ask("engagement", "list")
    assert (line["ref"], line["stage"], line["standing"], line["stuck"]) == (ref, "training_1", "active", 0)
    assert line["promise"]["by"] == "2025-10-20T22:59:59+00:00"
    assert ref in staffed.do("engagement", "list")


def test_list_can_be_narrowed(staffed: Typist, ref: str) -> None:
    for words, found in (
        (["--stage", "training_1"], [ref]),
        (["--stage", "purchase"], []),
        (["--standing", "on_hold"], []),
        (["--find", "trevan"], [ref]),
        (["--find", ref.lower()], [ref]),
    ):
        assert [line["ref"] for line in staffed.ask("engagement", "list", *words)] == found


def test_list_can_be_of_one_trust(staffed: Typist, ref: str, tmp_path: Path) -> None:
    register = tmp_path / "gias.csv"
    register.write_text(
        "URN,EstablishmentName,EstablishmentStatus (code),Trusts (code),Trusts (name)\n"
        "900001,Trevanick Community Primary School,1,16991,Three Headlands Learning Trust\n",
        encoding="utf-8",
    )
    staffed.do("import", "schools", str(register))
    for given in ("16991", "three headlands learning trust"):
        (line,) = staffed.ask("engagement", "list", "--trust", given)
        assert (line["ref"], line["trust"]) == (ref, "Three Headlands Learning Trust")
    assert "choose from Three Headlands Learning Trust." in staffed.type("engagement", "list", "--trust", "X").output


def test_a_school_gets_a_signed_link(staffed: Typist, ref: str) -> None:
    assert staffed.do("school", "link", ref).startswith("http://127.0.0.1:8000/school/")


def test_a_folder_that_breaks_touches_no_engagement_and_the_doctor_tells_of_it(
    staffed: Typist, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "offers" / "mentoring-2026-09").mkdir(parents=True)
    (tmp_path / "offers" / "mentoring-2026-09" / "offer.toml").write_text("[[stage", encoding="utf-8")
    monkeypatch.setenv("RECOGNITION_OFFERS", str(tmp_path / "offers"))
    (line,) = staffed.ask("engagement", "list")
    assert line["trouble"] == ""
    assert staffed.ask("engagement", "show", line["ref"])["stage"] == line["stage"]
    assert "mentoring-2026-09: offer.toml: is not TOML" in staffed.type("doctor").output


def test_an_offer_that_the_record_has_lost_is_told_beside_its_engagements(staffed: Typist) -> None:
    (line,) = staffed.ask("engagement", "list")
    with sqlite3.connect(staffed.home / "recognition.db") as record:
        record.execute("DELETE FROM offer_file")
    shutil.rmtree(staffed.home / "shelf")
    (line,) = staffed.ask("engagement", "list")
    assert line["trouble"] == "The offer mentoring-2026-09 is out of use."
    assert "mentoring-2026-09 is out of use" in staffed.do("engagement", "list")
