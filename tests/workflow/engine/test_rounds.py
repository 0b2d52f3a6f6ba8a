"""A journey that leads back to an earlier stage begins a new round: what was done before counts no more from there."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.journeys import ASSESSOR, LEAD, Journey, furnish
from tests.keys import keys
from tests.records import Originals, Place
from tests.workflow.engine.going_round import (
    ELOWEN,
    LIBRARY,
    ORDERED,
    case_of,
    events,
    faults,
    go_round,
    visited,
    with_page,
)
from workflow.domain.actor import SYSTEM
from workflow.engine.catalogue import Catalogue
from workflow.errors import Refused
from workflow.offer.check import check
from workflow.offer.loader import load_offer, load_offers
from workflow.scheduling.due_timers import sweep
from workflow.store.session import Store
from workflow.store.tables.rounds.round import Round
from workflow.usecases import appointments, participants
from workflow.usecases.participants import Nominee
from workflow.usecases.undo.undo import undo


@pytest.fixture(scope="module")
def library() -> Originals:
    return Originals({"keys": keys, "offers": Catalogue(load_offers((LIBRARY.parent,))), "hash_cost": "least"})


@pytest.fixture
def store(place: Place, library: Originals) -> Iterator[Store]:
    with library.copy(place) as store:
        furnish(store, ORDERED)
        yield store


@pytest.fixture
def held(store: Store) -> Journey:
    """A school that holds the mark, after its first round."""
    journey = Journey(store, ORDERED).begin(price="120.00", order="SLM-1", offer="library")
    journey.nominate((ELOWEN,))
    go_round(journey)
    assert journey.stage == "mark_held"
    return journey


def test_nothing_is_wrong_with_the_page() -> None:
    assert check(load_offer(LIBRARY)) == []


def test_the_second_time_round_the_old_approval_does_not_count(held: Journey) -> None:
    held.fire("come_again", LEAD)
    visited(held)
    held._do(participants.confirm_name, ELOWEN.email, name=None)
    assert held.stage == "library_panel"
    with pytest.raises(Refused) as refused:
        held.fire("hand_over_the_mark", SYSTEM)
    assert [one.guard for one in refused.value.reasons] == ["approved"]
    held.fire("sign_the_mark", LEAD)
    assert held.stage == "mark_held"


def test_nor_do_the_old_visit_its_judgement_and_the_names_that_were_confirmed(held: Journey) -> None:
    held.fire("come_again", LEAD)
    with pytest.raises(Refused) as refused:
        held.fire("library_good", ASSESSOR)
    assert [one.guard for one in refused.value.reasons] == ["awaiting_judgement"]
    visited(held)
    held.fire("sign_the_mark", LEAD)
    with pytest.raises(Refused) as refused:
        held.fire("hand_over_the_mark", SYSTEM)
    assert [one.guard for one in refused.value.reasons] == ["names_confirmed"]


def test_what_belongs_to_a_stage_before_counts_on(held: Journey) -> None:
    """The order and the people of the first stage are as they were."""
    held.fire("come_again", LEAD)
    facts = case_of(held).facts
    assert (facts.order_number, len(facts.active_participants)) == ("SLM-1", 1)


def test_those_whom_the_page_names_start_again_and_others_go_on(held: Journey) -> None:
    held._do(participants.nominate, (Nominee("Bryn Carne", "bryn@polwhevral.example.org", 1),))
    held._do(participants.move, "bryn@polwhevral.example.org", "complete")
    held.fire("come_again", LEAD)
    assert [one.status for one in case_of(held).facts.participants] == ["nominated", "completed"]
    assert faults(held) == []


def test_history_tells_of_the_round_and_holds(held: Journey) -> None:
    held.fire("come_again", LEAD)
    led_back, began = events(held)[-2:]
    assert (led_back.name, began.name, began.caused_by) == ("come_again", "round_began", led_back.seq)
    assert began.data == {"round": 2, "unconfirmed": [1], "moves": [["participant", 1, "recognised", "nominated"]]}
    assert case_of(held).round == 2
    assert faults(held) == []


def test_a_round_that_somebody_edits_is_told(held: Journey) -> None:
    held.fire("come_again", LEAD)
    with held.store.writing() as session:
        session.connection().exec_driver_sql("UPDATE engagement_round SET number = 7")
    assert len(faults(held)) == 1


def test_the_promises_of_the_round_before_do_not_go_on(held: Journey) -> None:
    """That of the first visit was kept late; the new one has its whole time."""
    held.now += timedelta(days=700)
    held.fire("come_again", LEAD)
    promise = case_of(held).promise
    assert promise is not None
    assert (promise.stage, promise.owner, promise.since) == ("shelf_visit", "council", held.now)
    held.book("shelf_walk")
    told = case_of(held).promise
    assert told is not None
    assert told.since == held.now


def test_a_date_that_lies_ahead_is_for_the_new_round(held: Journey) -> None:
    held._do(appointments.book, "shelf_walk", held.now + timedelta(days=30))
    held.fire("come_again", LEAD)
    assert len([*case_of(held).facts.booked("shelf_walk")]) == 1
    held.now += timedelta(days=31)
    held._do(appointments.hold, "shelf_walk", outputs=None)
    held.fire("library_good", ASSESSOR)
    assert held.stage == "library_panel"


def test_it_is_taken_back_over_the_border_of_a_round(held: Journey) -> None:
    before = case_of(held)
    held.fire("come_again", LEAD)
    held._do(undo, reason="Too early.", actor=LEAD)
    now = case_of(held)
    assert (now.stage, now.round, now.facts) == ("mark_held", 1, before.facts)
    assert faults(held) == []
    held.fire("come_again", LEAD)
    assert case_of(held).round == 2


def test_a_step_of_the_new_round_is_taken_back_within_it(held: Journey) -> None:
    held.fire("come_again", LEAD)
    visited(held)
    held._do(undo, reason="Not yet.", actor=LEAD)
    now = case_of(held)
    assert (now.stage, now.round) == ("shelf_visit", 2)
    assert [one.former for one in now.facts.appointments] == [True, False]


def test_it_goes_round_a_third_time(held: Journey) -> None:
    for number in (2, 3):
        held.fire("come_again", LEAD)
        assert case_of(held).round == number
        go_round(held)
        assert held.stage == "mark_held"
    with held.store.reading() as session:
        assert [one.number for one in session.scalars(select(Round).order_by(Round.id))] == [2, 3]
    assert faults(held) == []


def test_time_leads_back_too(held: Journey) -> None:
    until = held.now + timedelta(days=731)
    sweep(held.store, until)
    assert (case_of(held).stage, case_of(held).round) == ("shelf_visit", 2)
    assert faults(held) == []


@pytest.mark.parametrize(("ever", "stage"), [("", "library_panel"), (", ever = true", "mark_held")])
def test_the_page_may_say_that_what_was_ever_approved_counts(
    place: Place, tmp_path: Path, ever: str, stage: str
) -> None:
    asked = '{ approved = "shelf_mark", waivable = false'
    with with_page(place, tmp_path, (asked, asked + ever)) as journey:
        go_round(journey)
        journey.fire("come_again", LEAD)
        visited(journey)
        journey._do(participants.confirm_name, ELOWEN.email, name=None)
        assert journey.stage == stage


POOR = """
[[transition]]
trigger = "library_poor"
title = "Record that the library is not good yet"
done = "Library visit: not good yet"
school = "Your library visit comes again"
from = "shelf_visit"
to = "joining"
by = ["assessor"]
guards = [{ awaiting_judgement = "shelf_walk", waivable = false }]
records = { judgement = "not_yet_met", of = "shelf_walk", approval = "another_go" }
"""
BELOW = "# --- The small journeys"


def test_a_verb_that_leads_back_judges_the_visit_of_the_round_that_it_ends(place: Place, tmp_path: Path) -> None:
    with with_page(place, tmp_path, (BELOW, POOR + BELOW)) as journey:
        journey.meet("shelf_walk")
        journey.fire("library_poor", ASSESSOR)
        case, led_back = case_of(journey), next(one for one in events(journey) if one.name == "library_poor")
        assert (case.stage, case.round) == ("shelf_visit", 2)
        assert [(one.outcome, one.seq) for one in case.facts.judgements] == [("not_yet_met", led_back.seq)]
        assert case.facts.judged("shelf_walk") == (), "it is of a round that is over"
        assert [(one.former, one.seq) for one in case.facts.approvals] == [(False, led_back.seq)]
        assert faults(journey) == []
        journey._do(undo, reason="The wrong school.", actor=LEAD)
        case = case_of(journey)
        assert (case.round, case.facts.judgements, case.facts.approvals) == (1, (), ())
        assert faults(journey) == []


def test_where_whatever_was_held_may_be_judged_the_visit_of_a_former_round_is(place: Place, tmp_path: Path) -> None:
    """Held again after its judgement, it was left unjudged when the round ended."""
    asked = '{ awaiting_judgement = "shelf_walk", waivable = false'
    with with_page(place, tmp_path, (asked, asked + ", ever = true")) as journey:
        go_round(journey)
        journey.meet("shelf_walk")
        journey.fire("come_again", LEAD)
        journey._do(participants.move, ELOWEN.email, "complete")
        journey.fire("library_good", ASSESSOR)
        assert {one.appointment_id for one in case_of(journey).facts.judgements} == {1, 2}
        assert faults(journey) == []
