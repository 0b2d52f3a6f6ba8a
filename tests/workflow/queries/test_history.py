"""Each line of a history names whom or what it is about, and who did it. No number is taken for one of another kind."""

from collections.abc import Callable, Iterator

import pytest

from tests.conftest import NOW
from tests.journeys import ADVISOR, LEAD, PEOPLE, Journey, furnish
from workflow.domain.actor import SYSTEM, Actor
from workflow.queries.engagement_view import view_case
from workflow.queries.history import HistoryLine
from workflow.store.session import Store
from workflow.store.tables.participant import Participant
from workflow.store.tables.visit import Action
from workflow.usecases import action_plans, advisors, participants, registers


@pytest.fixture
def journey(store: Store) -> Journey:
    """Another school was there before, so that no number is the same by chance."""
    furnish(store, NOW)
    Journey(store, NOW).begin(order="SFS-0").nominate(PEOPLE[:1])
    return Journey(store, NOW).begin()


def history(journey: Journey) -> tuple[HistoryLine, ...]:
    with journey.store.reading() as session:
        return view_case(session, journey.id, ADVISOR, journey.now).history


def told(journey: Journey) -> tuple[str, str, str]:
    """The last line: its title, whom it is about, and who did it."""
    line = history(journey)[-1]
    return line.title, line.about, line.who


def numbers(journey: Journey) -> Iterator[int]:
    with journey.store.reading() as session:
        yield from (one.id for one in session.query(Participant).filter_by(engagement_id=journey.id))


def do(journey: Journey, act: Callable[..., object], *given: object, actor: Actor = ADVISOR, **more: object) -> None:
    with journey.store.writing() as session:
        act(session, journey.id, *given, actor=actor, now=journey.now, **more)


@pytest.mark.parametrize(
    "actor", [SYSTEM, ADVISOR, Actor("school_lead"), Actor("participant", participant_id=7), Actor("assessor", 7)]
)
def test_an_actor_is_read_as_it_was_written(actor: Actor) -> None:
    assert Actor.of(actor.token) == actor


def test_what_a_participant_did_is_not_put_down_to_an_account_of_the_same_number(journey: Journey) -> None:
    journey.nominate()
    for number, person in zip(numbers(journey), PEOPLE, strict=True):
        do(journey, participants.confirm_name, person.email, name=None, actor=Actor("participant", None, number))
        assert told(journey) == ("Name for the certificate confirmed", person.name, person.name)


def test_those_who_were_nominated_stand_there(journey: Journey) -> None:
    journey.nominate()
    (line,) = [one for one in history(journey) if one.name == "staff_nominated"]
    assert line.about == "Ada Pascoe, Bryn Tregear and Cara Nance"


def test_a_corrected_name_is_right_in_every_line(journey: Journey) -> None:
    email = PEOPLE[0].email
    journey.nominate(PEOPLE[:1])
    do(journey, participants.correct, email, name="Ada Pascoe-Rowe", new_email=email)
    assert told(journey) == ("Participant’s name or address corrected", "Ada Pascoe-Rowe", "The advisor")
    assert {line.about for line in history(journey)} == {"", "Ada Pascoe-Rowe"}


def test_who_it_was_handed_to_stands_there(journey: Journey) -> None:
    do(journey, advisors.hand_over, "lead_advisor@example.org", note="I am away.", actor=LEAD)
    assert told(journey) == ("Handed over to another advisor", "The lead_advisor", "The lead_advisor")


def test_who_caught_up_stands_there(journey: Journey) -> None:
    journey.nominate().book("training_1")
    marks = {PEOPLE[0].email: "present", PEOPLE[1].email: "present", PEOPLE[2].email: "no_show"}
    do(journey, registers.take_register, "training_1", marks)
    do(journey, registers.catch_up, "training_1", [PEOPLE[2].email])
    (line,) = [one for one in history(journey) if one.name == "caught_up"]
    assert (line.title, line.about) == ("Catch-up recorded: Training session 1", "Cara Nance")


def test_what_was_planned_and_done_stands_there(journey: Journey) -> None:
    journey.to("qa_visit").meet("qa_visit").plan()
    assert told(journey)[:2] == ("Action planned: Quality assurance visit", "Write the policy down.")
    with journey.store.reading() as session:
        number = session.query(Action).one().id
    do(journey, action_plans.finish, number)
    assert told(journey) == ("Action done", "Write the policy down.", "The advisor")


def test_every_line_of_a_whole_journey_about_somebody_names_them(journey: Journey) -> None:
    journey.to("recognised")
    lines = [one for one in history(journey) if one.name.startswith(("participant_", "certificate_", "name_"))]
    names = {person.name for person in PEOPLE}
    assert {line.name for line in lines} >= {"participant_completed", "name_confirmed"}
    assert {line.about for line in lines} == names
