"""Several people are named at a time, in rows: all of them, or those that are right while the others are mended."""

import pytest
from sqlalchemy import select

from tests.journeys import Journey
from tests.web.forms.begun import kept
from tests.web.visitor import Visitor
from workflow.store.tables.participant import Participant

FORM = "nominate-many"
PEOPLE = (
    ("Dov Rosen", "dov@polwhevral.example.org", "2"),
    ("Kit Hay", "kit@polwhevral.example.org", "1"),
    ("Ada Pascoe", "ada@polwhevral.example.org", "3"),
)


def rows(*people: tuple[str, str, str]) -> dict[str, str]:
    return {
        f"{part}-{number}": text
        for number, one in enumerate(people, 1)
        for part, text in zip(("name", "email", "phase"), one, strict=True)
    }


def send(visitor: Visitor, school: str, typed: dict[str, str]) -> Visitor:
    hidden = visitor.open(f"{school}/people").fields(f"{FORM}")
    return visitor.post(f"{school}/{FORM}", hidden | typed)


def named(journey: Journey) -> list[tuple[str, int, bool]]:
    with journey.store.reading() as session:
        found = session.scalars(select(Participant).order_by(Participant.id))
        return [(one.name, one.phase, one.phase_agreed) for one in found]


def test_three_people_are_named_in_one_go_and_their_phases_wait_for_the_advisor(
    anybody: Visitor, journey: Journey, school: str
) -> None:
    send(anybody, school, rows(*PEOPLE))
    assert anybody.answer.location == f"{school}/people"
    assert "Thank you. 3 people are named, and your advisor will agree their phases." in anybody.follow().words
    assert named(journey) == [("Dov Rosen", 2, False), ("Kit Hay", 1, False), ("Ada Pascoe", 3, False)]


def test_every_mistake_stands_beside_its_row_and_nobody_is_named(
    anybody: Visitor, journey: Journey, school: str
) -> None:
    wrong = (("Dov Rosen", "dov", "2"), ("", "kit@polwhevral.example.org", ""), PEOPLE[2])
    send(anybody, school, rows(*wrong))
    assert anybody.answer.status_code == 422
    for field, words in (
        ("email-1", "Person 1: “dov” is not an email address"),
        ("name-2", "Person 2: enter their name"),
        ("phase-2", "Person 2: choose the phase that fits their experience"),
    ):
        assert f'href="#{FORM}-{field}"' in anybody.answer.text
        assert f'id="{FORM}-{field}-error"' in anybody.answer.text
        assert words in anybody.words
    assert 'value="Dov Rosen"' in anybody.answer.text
    assert named(journey) == []


def test_those_that_are_right_are_named_and_the_others_stay_to_be_mended(
    anybody: Visitor, journey: Journey, school: str
) -> None:
    typed = rows(("Dov Rosen", "dov", "2"), *PEOPLE[1:])
    send(anybody, school, typed)
    again = anybody.fields(f"{FORM}")
    assert "Name those that are right" in anybody.words
    anybody.post(f"{school}/{FORM}", again | typed | {"good": "yes"})
    assert "Thank you. 2 people are named" in anybody.words
    assert "Person 1: “dov” is not an email address" in anybody.words
    assert [name for name, *_ in named(journey)] == ["Kit Hay", "Ada Pascoe"]
    (draft,) = kept(journey)
    assert draft.fields == {"name-1": ["Dov Rosen"], "email-1": ["dov"], "phase-1": ["2"]}
    assert 'value="Dov Rosen"' in anybody.open(f"{school}/people").answer.text
    again = anybody.fields(f"{FORM}")
    anybody.post(f"{school}/{FORM}", again | rows(PEOPLE[0]))
    assert "Thank you. 1 person is named, and your advisor will agree the phase." in anybody.follow().words
    assert [name for name, *_ in named(journey)] == ["Kit Hay", "Ada Pascoe", "Dov Rosen"]
    assert kept(journey) == []


def test_more_rows_come_with_a_button_and_keep_what_was_typed(anybody: Visitor, journey: Journey, school: str) -> None:
    hidden = anybody.open(f"{school}/people").fields(FORM)
    assert 'id="person-5"' in anybody.answer.text
    assert 'id="person-6"' not in anybody.answer.text
    anybody.post(f"{school}/{FORM}", hidden | rows(*PEOPLE) | {"more": "yes"})
    assert anybody.answer.status_code == 200
    assert "There is a problem" not in anybody.words
    assert 'id="person-10"' in anybody.answer.text
    assert 'value="Kit Hay"' in anybody.answer.text
    assert named(journey) == []
    for _ in range(8):
        anybody.post(f"{school}/{FORM}", anybody.fields(FORM) | {"name-40": "x", "more": "yes"})
    assert 'id="person-41"' not in anybody.answer.text
    assert "Add more rows" not in anybody.words


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({}, "Person 1: enter a name, or choose a file with the list"),
        (rows(PEOPLE[0], ("Dov R", " DOV@polwhevral.example.org", "1")), "Person 2: this is the address of person 1"),
        (rows(("Ada Pascoe", "a@example.org", "9")), "Person 1: choose the phase that fits their experience"),
        (rows(("=1+1", "a@example.org", "1")), "Person 1:"),
        (rows(*[(f"Jo {word}", f"jo{number}@example.org", "1") for number, word in enumerate("abcdefghijklm")]),
         "Your order pays for 12 places, with 12 of them left. Name fewer people, or ask your advisor about more"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_said(
    anybody: Visitor, journey: Journey, school: str, typed: dict[str, str], words: str
) -> None:
    send(anybody, school, typed)
    assert anybody.answer.status_code == 422
    assert words in anybody.words
    assert named(journey) == []


def test_somebody_who_is_named_already_or_has_left_is_told_of(anybody: Visitor, journey: Journey, school: str) -> None:
    send(anybody, school, rows(*PEOPLE[:2]))
    journey.withdraw("kit@polwhevral.example.org", "workload")
    send(anybody, school, rows(PEOPLE[0], PEOPLE[1]))
    assert "Person 1: Dov Rosen is named already, with this address" in anybody.words
    assert "Person 2: Kit Hay was withdrawn on" in anybody.words
    assert "Ask your advisor if they are to take part again" in anybody.words
    assert "recognition participant" not in anybody.words


def test_rows_that_were_begun_are_there_when_one_comes_back(anybody: Visitor, journey: Journey, school: str) -> None:
    hidden = anybody.open(f"{school}/people").fields(FORM)
    typed = rows(*PEOPLE) | {"name-7": "Olive Tonkin"}
    anybody.post(f"{school}/draft?on=people", hidden | typed)
    assert "Your draft is kept." in anybody.follow().words
    text = anybody.answer.text
    assert 'value="Kit Hay"' in text
    assert 'value="Olive Tonkin"' in text
    assert "This is your draft of" in anybody.words
    send(anybody, school, rows(*PEOPLE) | {"draft_version": "1"})
    assert kept(journey) == []


def test_a_form_that_is_sent_twice_names_nobody_twice(anybody: Visitor, journey: Journey, school: str) -> None:
    fields = anybody.open(f"{school}/people").fields(FORM) | rows(*PEOPLE)
    for _ in range(2):
        assert anybody.post(f"{school}/{FORM}", fields).answer.status_code == 303
    assert len(named(journey)) == 3


def test_nobody_is_asked_for_names_while_the_journey_rests_or_has_ended(
    anybody: Visitor, journey: Journey, school: str
) -> None:
    fields = anybody.open(f"{school}/people").fields(FORM) | rows(*PEOPLE)
    journey.fire("hold", note="Inspection.", values={"review_on": "2026-01-05"})
    assert "People are named once it starts again." in anybody.open(f"{school}/people").words
    assert anybody.post(f"{school}/{FORM}", fields).answer.status_code == 409


def test_a_row_that_is_far_too_long_stays_on_the_page_while_the_others_are_named(
    anybody: Visitor, journey: Journey, school: str
) -> None:
    endless = "Kit " * 3_000
    send(anybody, school, rows(PEOPLE[0], (endless, PEOPLE[1][1], "1")) | {"good": "yes"})
    assert "Thank you. 1 person is named" in anybody.words
    assert endless.strip() in anybody.answer.text
    assert named(journey) == [("Dov Rosen", 2, False)]
