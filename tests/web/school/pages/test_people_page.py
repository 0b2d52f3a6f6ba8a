"""Everybody who takes part stands on one page: what each has done, what is next, and from whom."""

from datetime import timedelta

from tests.journeys import PEOPLE, Journey
from tests.queries_counted import counted
from tests.web.visitor import Visitor
from workflow.domain.actor import Actor
from workflow.usecases import appointments, participants, registers
from workflow.usecases.participants import Nominee


def row(visitor: Visitor, school: str, name: str) -> str:
    """What the page says of somebody."""
    words = visitor.open(f"{school}/people").words
    found = words.partition(f"{name} Phase ")[2]
    return found[: min(at for one in PEOPLE if (at := (found + f"{one.name} Phase").find(f"{one.name} Phase")) >= 0)]


def test_nobody_is_named_and_the_page_says_how_many_are_needed(anybody: Visitor, school: str) -> None:
    words = anybody.open(f"{school}/people").words
    assert "Nobody is named yet. Name at least 3 members of staff below." in words
    assert "Not sure which phase fits somebody? A few questions help (opens in a new tab)" in words
    assert 'href="/which-phase?offer=mentoring"' in anybody.answer.text


def test_each_of_them_has_done_something_and_something_is_next(anybody: Visitor, journey: Journey, school: str) -> None:
    journey._do(participants.nominate, PEOPLE[:1], actor=Actor("school_lead"))
    assert "Done so far Named Next We: Agree the phase" in row(anybody, school, "Ada Pascoe")
    journey.nominate(PEOPLE[1:])
    assert "Nothing until a date for Training session 1 is agreed" in row(anybody, school, "Bryn Tregear")
    journey._do(appointments.book, "training_1", journey.now + timedelta(days=20))
    assert "They: Come to Training session 1 on Sunday 26 October 2025" in row(anybody, school, "Cara Nance")


def test_whoever_missed_a_training_is_offered_a_catch_up(anybody: Visitor, journey: Journey, school: str) -> None:
    journey.to("training_1").book("training_1")
    marks = {PEOPLE[0].email: "present", PEOPLE[1].email: "present", PEOPLE[2].email: "no_show"}
    journey._do(registers.take_register, "training_1", marks)
    assert "We: Offer a catch-up for Training session 1, which they missed" in row(anybody, school, "Cara Nance")
    assert "Done so far Training session 1 Next" in row(anybody, school, "Ada Pascoe")


def test_evidence_goes_to_and_fro_until_it_is_complete(anybody: Visitor, journey: Journey, school: str) -> None:
    journey.to("framework")
    assert "They: Send in their evidence" in row(anybody, school, "Ada Pascoe")
    journey.each("submit")
    assert "We: Read the evidence" in row(anybody, school, "Ada Pascoe")
    journey._do(participants.move, PEOPLE[0].email, "review")
    journey._do(participants.move, PEOPLE[0].email, "return", note="More is needed.")
    assert "They: Send in what is still needed" in row(anybody, school, "Ada Pascoe")
    journey._do(participants.move, PEOPLE[0].email, "complete")
    assert "Completed Next They: Confirm the name" in row(anybody, school, "Ada Pascoe")
    journey._do(participants.confirm_name, PEOPLE[0].email, name=None)
    assert "Name confirmed Next Nothing for now" in row(anybody, school, "Ada Pascoe")


def test_whoever_has_left_stands_last_with_why_nothing_is_next(anybody: Visitor, journey: Journey, school: str) -> None:
    journey.nominate().withdraw(PEOPLE[0].email, "workload")
    words = anybody.open(f"{school}/people").words
    assert words.index("Cara Nance Phase") < words.index("Ada Pascoe Phase")
    assert "Next Withdrew" in words


def test_the_page_costs_the_same_however_many_take_part(anybody: Visitor, journey: Journey, school: str) -> None:
    journey.nominate(PEOPLE[:1])
    anybody.open(f"{school}/people")
    with counted(journey.store) as one:
        anybody.open(f"{school}/people")
    journey.nominate(tuple(Nominee(f"Jo Rowe {word}", f"jo{word}@example.org", 1) for word in "abcdefghij"))
    with counted(journey.store) as many:
        anybody.open(f"{school}/people")
    assert len(many) == len(one) <= 13


def test_where_no_place_is_free_nobody_else_is_named(anybody: Visitor, journey: Journey, school: str) -> None:
    journey.nominate(tuple(Nominee(f"Jo Rowe {word}", f"jo{word}@example.org", 1) for word in "abcdefghijkl"))
    words = anybody.open(f"{school}/people").words
    assert "All the places that your order pays for are taken." in words
    assert "Name more people" not in words
