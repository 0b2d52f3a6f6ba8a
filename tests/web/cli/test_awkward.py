"""Dates offered, chosen and called off, actions after a visit, and a step taken back: all of it at the console."""

from datetime import datetime

from tests.web.cli.conftest import Typist


def test_a_school_chooses_one_of_the_dates_it_was_offered(staffed: Typist, ref: str) -> None:
    said = staffed.do("appointment", "offer", ref, "training_1", "2025-11-04T13:30", "2025-11-05T09:00")
    assert said.startswith("2 dates offered.")
    first, second = staffed.ask("appointment", "dates", ref)
    assert first["starts_at"].startswith("2025-11-04T13:30")
    said = staffed.do("appointment", "accept", ref, str(second["id"]))
    assert "Training session 1: the meeting is on Wednesday 5 November 2025 at 09:00." in said
    assert staffed.do("appointment", "dates", ref) == "No dates are on offer.\n"
    assert staffed.type("appointment", "accept", ref, str(first["id"])).exit_code == 4


def test_a_date_is_called_off_with_a_reason_the_offer_knows(staffed: Typist, ref: str) -> None:
    staffed.do("appointment", "book", ref, "training_1", "2025-11-04T13:30", "--place", "County Hall")
    wrong = staffed.type("appointment", "cancel", ref, "training_1", "--reason", "rain")
    assert (wrong.exit_code, "weather (the school was closed by the weather)" in wrong.stderr) == (6, True)
    staffed.do("appointment", "cancel", ref, "training_1", "--reason", "weather")
    (date,) = staffed.ask("engagement", "show", ref)["appointments"]
    assert (date["status"], datetime.fromisoformat(date["starts_at"]).hour) == ("cancelled", 13)
    assert staffed.type("appointment", "cancel", ref, "training_1", "--reason", "weather").exit_code == 5


def test_the_last_step_is_looked_at_and_then_taken_back(staffed: Typist, ref: str) -> None:
    said = staffed.do("undo", ref)
    assert said.startswith("The last step is: Staff nominated.\n  - The stage goes back from “Training session 1”")
    assert said.endswith("Nothing has changed. To take it back, say why: --why TEXT.\n")
    looked = staffed.ask("undo", ref)
    assert (looked["step"], looked["done"]) == ("Staff nominated", False)
    said = staffed.do("undo", ref, "--why", "It was another school.", "--expect-version", str(looked["version"]))
    assert said.endswith(f"{ref} is at “Purchase” (active).\n")
    stale = staffed.type("undo", ref, "--why", "Again.", "--expect-version", str(looked["version"]))
    assert (stale.exit_code, "has changed since you looked at it" in stale.stderr) == (4, True)


def test_there_is_nothing_to_take_back_at_the_beginning(furnished: Typist, ref: str) -> None:
    stopped = furnished.type("undo", ref)
    assert (stopped.exit_code, stopped.stderr) == (4, "There is no step to take back: the engagement is as it began.\n")


def test_nothing_is_planned_before_a_visit_took_place(staffed: Typist, ref: str) -> None:
    assert staffed.do("visit", "actions", ref) == "Nothing is planned.\n"
    early = staffed.type("visit", "plan", ref, "qa_visit", "Write it down", "--owner", "Jo", "--by", "2027-01-29")
    assert (early.exit_code, "Not held since" in early.stderr) == (4, True)
    assert staffed.type("visit", "done", ref, "1").exit_code == 5
    assert staffed.type("visit", "plan", ref, "qa_visit", "x", "--owner", "Jo", "--by", "soon").exit_code == 2
