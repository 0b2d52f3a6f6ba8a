"""What a school is told to do, in which order, on which page, and what it is told of the council's part."""

from datetime import datetime, timedelta

import pytest

from tests.journeys import LEAD, PEOPLE, Journey
from workflow.domain.actor import Actor
from workflow.queries.engagement_view import view_case
from workflow.queries.schools.tasks import Task, tasks
from workflow.usecases import appointments, participants


def told(journey: Journey, now: datetime | None = None) -> list[Task]:
    now = now or journey.now
    with journey.store.reading() as session:
        return list(tasks(view_case(session, journey.id, Actor("school_lead"), now), now))


def where(journey: Journey, now: datetime | None = None) -> list[tuple[str, str, str]]:
    return [(one.what, one.state, one.page) for one in told(journey, now)]


def test_at_first_people_are_to_be_named_and_in_time(journey: Journey) -> None:
    assert where(journey) == [("Name at least three staff", "todo", "people")]
    (task,) = told(journey)
    assert (task.part, task.day) == ("name", "Monday 20 October 2025")
    assert where(journey, journey.now + timedelta(days=30)) == [("Name at least three staff", "late", "people")]


def test_the_councils_part_stands_there_with_its_day_and_when_it_is_late(journey: Journey) -> None:
    journey.nominate()
    more = ("Name more people", "optional", "people")
    assert where(journey) == [("Offer dates for training session 1", "ours", ""), more]
    assert where(journey, journey.now + timedelta(days=60))[0] == (
        "Offer dates for training session 1",
        "ours-late",
        "",
    )


def test_dates_are_chosen_once_they_are_offered_and_a_meeting_is_told_of(journey: Journey) -> None:
    journey.to("training_1")
    first = journey.now + timedelta(days=20)
    journey._do(appointments.offer, "training_1", [first, first + timedelta(days=1)])
    task = told(journey)[0]
    assert (task.what, task.state, task.page) == ("Choose a date for training session 1", "todo", "dates")
    assert task.hint == "We offer Sunday 26 October 2025 at 11am or Monday 27 October 2025 at 11am."
    journey._do(appointments.book, "training_1", first)
    assert ("Training session 1", "agreed", "dates") in where(journey)


def test_whose_evidence_is_still_to_come_is_said(journey: Journey) -> None:
    journey.to("framework")
    assert told(journey)[0].hint == "Still to come from Ada Pascoe, Bryn Tregear and Cara Nance."
    journey._do(participants.move, PEOPLE[0].email, "submit")
    found = told(journey)
    assert [(one.what, one.state) for one in found[:2]] == [
        ("See that evidence is sent in", "todo"),
        ("Read the framework evidence that was sent in", "ours"),
    ]
    assert found[0].hint == "Still to come from Bryn Tregear and Cara Nance."


def test_names_are_confirmed_when_it_suits_and_then_when_it_is_due(journey: Journey) -> None:
    journey.to("follow_up_1")
    what = "Confirm the names for the certificates"
    assert (what, "soon", "people") in where(journey)
    journey.to("certification")
    assert [one for one in where(journey) if one[0] == what] == [(what, "todo", "people")]
    (task,) = (one for one in told(journey) if one.what == what)
    assert task.hint == "Not confirmed yet: Ada Pascoe, Bryn Tregear and Cara Nance."


def test_what_was_asked_after_a_visit_is_to_do_until_it_is_done(journey: Journey) -> None:
    journey.to("qa_visit").meet("qa_visit").plan()
    (task,) = (one for one in told(journey) if one.what == "Write the policy down.")
    assert (task.state, task.hint) == ("todo", "It is for Jenna Rowe.")
    assert ("Write the policy down.", "late", "") in where(journey, journey.now + timedelta(days=40))


@pytest.mark.parametrize("trigger", ["hold", "lapse", "cancel"])
def test_while_it_rests_or_once_it_has_ended_nothing_is_to_do(journey: Journey, trigger: str) -> None:
    asked = {} if trigger == "lapse" else {"note": "Because"}
    journey.fire(trigger, LEAD, **asked, **({"values": {"review_on": "2026-01-05"}} if trigger == "hold" else {}))
    assert told(journey) == []
