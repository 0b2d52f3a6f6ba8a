"""From purchase to recognised with nothing but the console, each act by a person who may do it."""

from tests.web.cli.conftest import PASSWORD, Typist

EMAILS = [f"{name}@trevanick.example.org" for name in ("ada", "bryn", "cara")]
LEAD, ADVISOR, ASSESSOR = "lead@example.org", "advisor@example.org", "assessor@example.org"


def meet(typist: Typist, ref: str, kind: str) -> None:
    typist.later(days=7).do(
        "appointment", "book", ref, kind, f"{typist.now:%Y-%m-%dT%H:%M}", "--anyway", "--as", ADVISOR
    )
    typist.later(hours=3)


def test_the_console_can_do_all_of_it(staffed: Typist, ref: str) -> None:
    for email, role in ((ADVISOR, "advisor"), (ASSESSOR, "assessor")):
        staffed.do("user", "add", email, "--role", role, "--name", role, "--password-stdin", given=f"{PASSWORD}\n")
    meet(staffed, ref, "training_1")
    staffed.do("appointment", "register", ref, "training_1", "--all-present", "--as", ADVISOR)
    meet(staffed, ref, "training_2")
    marks = ("--present", EMAILS[0], "--present", EMAILS[1], "--mark", f"{EMAILS[2]}=excused")
    staffed.do("appointment", "register", ref, "training_2", *marks, "--as", ADVISOR)
    said = staffed.do("appointment", "catch-up", ref, "training_2", EMAILS[2], "--as", ADVISOR)
    assert f"{ref} is at “Framework completion” (active)." in said
    staffed.do("participant", "complete", ref, *EMAILS[:2], "--as", ADVISOR)
    staffed.do(
        "participant", "withdraw", ref, EMAILS[2], "--reason", "left", "--note", "Has moved away", "--as", ADVISOR
    )
    for kind in ("follow_up_1", "follow_up_2"):
        meet(staffed, ref, kind)
        staffed.do("appointment", "hold", ref, kind, "--as", ADVISOR)
        staffed.do("appointment", "outputs", ref, kind, "A plan for the year", "--as", ADVISOR)
        staffed.do("fire", ref, f"complete_{kind}", "--as", ADVISOR)
    staffed.do("fire", ref, "check_evidence", "--as", ADVISOR)
    meet(staffed, ref, "qa_visit")
    staffed.do("appointment", "hold", ref, "qa_visit", "--as", ASSESSOR)
    staffed.do("fire", ref, "record_qa_met", "--as", ASSESSOR)
    for email in EMAILS[:2]:
        staffed.do("participant", "confirm", ref, email, "--name", "A Name As Printed", "--as", "system")
    said = staffed.do("fire", ref, "approve_award", "--as", LEAD)
    assert "By itself: Certificates issued." in said
    assert "Moved from “Certification” to “Recognised”; completed" in said
    assert "  - certificate “completed” to completed 1" in said


def test_one_key_moves_once(staffed: Typist, ref: str) -> None:
    hold = ("fire", ref, "hold", "--note", "A new head", "--set", "review_on=2026-01-12", "--key", "click-1")
    first, second = staffed.ask(*hold), staffed.ask(*hold)
    assert (first["standing"], first["repeated"], second["repeated"]) == ("on_hold", False, True)
    assert first["version"] == second["version"]


def test_a_waiver_is_recorded_with_its_reason(staffed: Typist, ref: str) -> None:
    staffed.do("fire", ref, "complete_training_1", "--override", "They had it last year")
    last = staffed.ask("engagement", "show", ref)["history"][-1]
    assert (last["waived"], last["note"]) == (["register_taken", "staff_trained"], "They had it last year")


def test_refusals_are_json_for_programs(staffed: Typist, ref: str) -> None:
    result = staffed.type("fire", ref, "complete_training_1", "--json")
    assert (result.exit_code, '"guard": "register_taken"' in result.stdout) == (3, True)


def test_a_meeting_that_lies_ahead_cannot_have_been_held(staffed: Typist, ref: str) -> None:
    said = staffed.do("appointment", "book", ref, "training_1", "2025-11-04T13:30")
    assert "Training session 1: the meeting is on Tuesday 4 November 2025 at 13:30." in said
    assert staffed.type("appointment", "register", ref, "training_1", "--all-present").exit_code == 4


def test_an_unusual_date_needs_a_yes_and_one_that_is_not_there_is_refused(staffed: Typist, ref: str) -> None:
    asked = staffed.type("appointment", "book", ref, "training_1", "2025-11-15T13:30")
    assert asked.exit_code == 6
    assert "Saturday 15 November 2025 at 1:30pm is unusual: it is a Saturday." in asked.stderr
    assert "it is a Saturday" in staffed.do("appointment", "book", ref, "training_1", "2025-11-15T13:30", "--anyway")
    skipped = staffed.type("appointment", "book", ref, "training_1", "2026-03-29T01:30", "--anyway")
    assert (skipped.exit_code, "The clocks go forward that night" in skipped.stderr) == (2, True)
