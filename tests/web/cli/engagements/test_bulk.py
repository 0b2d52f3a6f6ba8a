"""Bulk work at the console: looked at, meant, and told row by row."""

from pathlib import Path

import pytest

from tests.web.cli.conftest import PASSWORD, Typist

ORDERS = """Order number,Service,School URN,Net price,Order date,Contact name,Contact email
SFS-2,"Mentoring, coaching and leadership recognition",900002,265,01/10/2025,Bryn Rowe,bryn@trevanick.example.org
"""


@pytest.fixture
def refs(furnished: Typist, ref: str, tmp_path: Path) -> list[str]:
    """Two engagements, the first ordered before the second."""
    orders = tmp_path / "more.csv"
    orders.write_text(ORDERS, encoding="utf-8")
    furnished.do("import", "purchases", str(orders))
    furnished.do(
        "user",
        "add",
        "new@example.org",
        "--role",
        "advisor",
        "--name",
        "New",
        "--password-stdin",
        given=f"{PASSWORD}\n",
    )
    found = [str(one["ref"]) for one in furnished.ask("engagement", "list")]
    return sorted(found, key=lambda one: one != ref)


AS_LEAD = ("--as", "lead@example.org")


def test_schools_are_handed_over_when_it_is_meant(furnished: Typist, refs: list[str], tmp_path: Path) -> None:
    listed = tmp_path / "refs.txt"
    listed.write_text("\n".join(refs), encoding="utf-8")
    asked = ("bulk", "hand-over", "--to", "new@example.org", "--note", "I retire.", "--file", str(listed), *AS_LEAD)
    said = furnished.do(*asked)
    assert said.count("handed over to New") == 2
    assert said.endswith("Nothing has changed. To do it, add --yes.\n")
    assert {one["advisor"] for one in furnished.ask("engagement", "list")} != {"New"}
    said = furnished.do(*asked, "--yes")
    assert said.startswith("Job 1. If it stops in the middle: “recognition bulk resume 1”.")
    assert [one["refused"] for one in furnished.ask("bulk", "show", "1")] == [False, False]
    assert furnished.do("bulk", "resume", "1").endswith("0 rows done now.\n")
    again = furnished.type(*asked, "--yes")
    assert (again.exit_code, again.stdout.count("is with New already.")) == (3, 2)


def test_one_date_and_one_message_for_several_schools(furnished: Typist, refs: list[str]) -> None:
    for ref in refs:
        furnished.do("fire", ref, "start_training", "--override", "The names come on Monday.", *AS_LEAD)
    said = furnished.do("bulk", "book", "training_1", "2025-11-04T13:30", *refs, *AS_LEAD, "--yes")
    assert said.count("Training session 1 on Tuesday 4 November 2025 at 1:30pm") == 2
    back = furnished.do("bulk", "take-back", "1", "--why", "The hall is closed.", *AS_LEAD)
    assert (back.count("is taken back"), "Nothing has changed." in back) == (2, True)
    back = furnished.do("bulk", "take-back", "1", "--why", "The hall is closed.", "--yes", *AS_LEAD)
    assert back.count("is taken back") == 2
    assert furnished.type("bulk", "take-back", "1", "--why", "Again.", "--yes", *AS_LEAD).exit_code == 3
    asked = furnished.ask("bulk", "message", "--text", "We are closed.", refs[0], "CMC-25-0099-A", *AS_LEAD)
    assert [(one["ref"], one["refused"]) for one in asked] == [(refs[0], False), ("CMC-25-0099-A", True)]
    assert furnished.type("bulk", "message", "--text", "Hello", *AS_LEAD).exit_code == 6
    assert furnished.type("bulk", "show", "9").exit_code == 5


def test_one_school_is_handed_over_and_written_to(furnished: Typist, refs: list[str]) -> None:
    said = furnished.do("engagement", "hand-over", refs[0], "new@example.org", "--note", "Ring first.", *AS_LEAD)
    assert said == f"{refs[0]} is with New now.\n"
    refused = furnished.type("engagement", "hand-over", refs[1], "new@example.org", *AS_LEAD)
    assert (refused.exit_code, "Missing option '--note'" in refused.output) == (2, True)
    assert furnished.do("engagement", "message", refs[0], "Hello.", *AS_LEAD) == "The message is on its way.\n"
    assert "Message written to the school" in furnished.do("engagement", "show", refs[0])


def test_a_school_takes_anothers_place_and_two_journeys_become_one(furnished: Typist, refs: list[str]) -> None:
    said = furnished.do("school", "succeed", "900002", "900003", *AS_LEAD)
    assert said.startswith("1 engagement moved to 900003: CMC-25-")
    assert furnished.do("school", "succeed", "900002", "900003", *AS_LEAD).startswith("No open engagement is of 900002")
    assert furnished.type("school", "succeed", "900002", "123456", *AS_LEAD).exit_code == 5
    said = furnished.do("engagement", "join", refs[0], refs[1], "--note", "One school now.", *AS_LEAD)
    assert f"{refs[0]} goes on in {refs[1]}, which has 24 places now." in said


@pytest.mark.parametrize(
    ("words", "asked_for"),
    [
        (
            ("hand-over",),
            "Add --to (who looks after the schools from now on) and --note (what they should know).",
        ),
        (("hand-over", "--to", "new@example.org", "--note", " "), "Add --note (what they should know)."),
        (("message",), "Add --text (what the school leads are told)."),
    ],
)
def test_whatever_is_left_out_is_asked_for_in_one_sentence(
    furnished: Typist, words: tuple[str, ...], asked_for: str
) -> None:
    refused = furnished.type("bulk", *words, *AS_LEAD)
    assert refused.exit_code == 2
    assert asked_for in refused.output


def test_what_no_offer_here_has_anything_for_is_not_listed_and_says_why(furnished: Typist, ref: str) -> None:
    listed = furnished.do("bulk", "--help")
    assert "hand-over" in listed
    assert "change-version" not in listed
    refused = furnished.type("bulk", "change-version", "--version", "x", "--note", "New", ref, *AS_LEAD)
    assert (refused.exit_code, refused.output) == (5, "No offer here has another version.\n")


def test_help_needs_no_record(bare: Typist) -> None:
    assert "change-version" in bare.do("bulk", "--help")
    assert not (bare.home / "recognition.db").exists()
