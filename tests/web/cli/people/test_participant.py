"""`recognition participant`: phases, corrections, and people who come in the place of others."""

from pathlib import Path
from typing import Any

import pytest

from tests.web.cli.conftest import ORDERS, Typist

ADA, BRYN = "ada@trevanick.example.org", "bryn@trevanick.example.org"


def person(typist: Typist, ref: str, email: str) -> dict[str, Any]:
    return next(one for one in typist.ask("participant", "list", ref) if one["email"] == email)


@pytest.fixture
def other(staffed: Typist, ref: str, tmp_path: Path) -> str:
    """A second engagement, with nobody in it."""
    orders = tmp_path / "more-orders.csv"
    orders.write_text(ORDERS.replace("SFS-1", "SFS-2"), encoding="utf-8")
    staffed.do("import", "purchases", str(orders))
    return next(str(one["ref"]) for one in staffed.ask("engagement", "list") if one["ref"] != ref)


def test_a_phase_is_proposed_then_agreed_and_only_then_evidence_comes_in(staffed: Typist, ref: str) -> None:
    basis = ("--experience", "Five years", "--yes", "q2-1", "--yes", "q2-2", "--yes", "q3-1")
    said = staffed.do("participant", "propose", ref, ADA, "2", *basis)
    assert "Ada Pascoe: phase 2 is proposed. The answers point to phase 3." in said
    assert staffed.type("participant", "submit", ref, ADA).exit_code == 3
    assert "Ada Pascoe: phase 3 is agreed." in staffed.do("participant", "agree", ref, ADA, "3")
    staffed.do("participant", "submit", ref, ADA)
    assert person(staffed, ref, ADA)["phase"] == 3
    late = staffed.type("participant", "propose", ref, ADA, "1", "--experience", "Five years")
    assert (late.exit_code, "has sent in evidence for phase 3" in late.stderr) == (4, True)


def test_a_question_that_is_not_asked_is_refused_with_those_that_are(staffed: Typist, ref: str) -> None:
    result = staffed.type("participant", "propose", ref, ADA, "2", "--experience", "Much", "--yes", "q7-1")
    told = "there is no such question; there are q2-1, q2-2 and q3-1."
    assert (result.exit_code, told in result.stderr) == (6, True)


def test_an_address_or_a_name_is_put_right_and_the_rest_stays(staffed: Typist, ref: str) -> None:
    said = staffed.do("participant", "correct", ref, ADA, "--email", "a.pascoe@trevanick.example.org")
    assert "It says Ada Pascoe, a.pascoe@trevanick.example.org now." in said
    staffed.do("participant", "correct", ref, "a.pascoe@trevanick.example.org", "--name", "Ada Pascoe-Rowe")
    assert person(staffed, ref, "a.pascoe@trevanick.example.org")["name"] == "Ada Pascoe-Rowe"


def test_a_correction_has_to_say_what_is_right(staffed: Typist, ref: str) -> None:
    result = staffed.type("participant", "correct", ref, ADA)
    assert (result.exit_code, "--name NAME, --email EMAIL or both" in result.stderr) == (2, True)
    assert staffed.type("participant", "correct", ref, ADA, "--email", BRYN).exit_code == 4


def test_somebody_takes_the_place_of_another(staffed: Typist, ref: str) -> None:
    dinah = ("Dinah Kent", "dinah@trevanick.example.org", "--phase", "2")
    said = staffed.do("participant", "replace", ref, ADA, *dinah, "--note", "A new post")
    assert "Dinah Kent takes the place of Ada Pascoe." in said
    assert person(staffed, ref, ADA)["status"] == "withdrawn"
    assert person(staffed, ref, "dinah@trevanick.example.org")["phase"] == 2


def test_somebody_goes_on_at_another_school(staffed: Typist, ref: str, other: str) -> None:
    staffed.do("participant", "submit", ref, ADA)
    said = staffed.do("participant", "transfer", ref, ADA, other, "--note", "Has moved")
    assert f"Ada Pascoe goes on in {other}: submitted." in said
    assert f"{ref} is at" in said
    assert f"{other} is at" in said
    assert (person(staffed, ref, ADA)["status"], person(staffed, other, ADA)["status"]) == ("withdrawn", "submitted")


@pytest.mark.parametrize(
    ("verb", "reason", "status"), [("defer", "absence", "deferred"), ("withdraw", "left", "withdrawn")]
)
def test_leaving_needs_a_reason_of_the_offer(staffed: Typist, ref: str, verb: str, reason: str, status: str) -> None:
    without = staffed.type("participant", verb, ref, ADA, BRYN)
    assert (without.exit_code, f"{reason} (" in without.stderr) == (6, True)
    assert staffed.type("participant", verb, ref, ADA, "--reason", "boredom").exit_code == 6
    staffed.do("participant", verb, ref, ADA, BRYN, "--reason", reason)
    assert [person(staffed, ref, email)["status"] for email in (ADA, BRYN)] == [status, status]


def test_a_step_that_needs_no_reason_takes_none(staffed: Typist, ref: str) -> None:
    result = staffed.type("participant", "complete", ref, ADA, "--reason", "left")
    assert (result.exit_code, "takes no reason" in result.stderr) == (6, True)


@pytest.mark.parametrize("command", ["propose", "agree", "replace", "transfer", "correct"])
def test_each_command_shows_an_example(bare: Typist, command: str) -> None:
    assert f"Example: recognition participant {command} CMC-" in bare.do("participant", command, "--help")


def test_who_withdrew_and_is_named_again_rejoins_by_the_command_that_is_told(staffed: Typist, ref: str) -> None:
    ada = "ada@trevanick.example.org"
    staffed.do("participant", "withdraw", ref, ada, "--reason", "left", "--as", "lead@example.org")
    said = staffed.do("participant", "nominate", ref, "Ada Pascoe", ada)
    assert "Ada Pascoe was withdrawn on Monday 6 October 2025: has left the school." in said
    command = said.partition("“recognition ")[2].partition("”")[0].split()
    staffed.do(*command, "--as", "lead@example.org")
    assert "withdrawn" not in {one["status"] for one in staffed.ask("participant", "list", ref)}
