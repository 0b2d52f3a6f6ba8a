"""An engagement goes on under another version: what keeps its day, what begins, what ends, and what stands in the
way."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.journeys import ADVISOR, LEAD, PEOPLE, Journey
from tests.offers.versions.another import changed
from tests.workflow.offer.pages import MENTORING
from tests.workflow.usecases.rollout.moving import Sell, Words, letters, move, promise, take_back, timers
from workflow.acts.registry import ACTS
from workflow.engine.catalogue import Catalogue
from workflow.errors import Conflict
from workflow.offer.loader import load_offers
from workflow.queries.audit import verify
from workflow.scheduling.due_timers import sweep
from workflow.store.tables.event import Event
from workflow.usecases import participants


@pytest.fixture
def sell(journey: Journey, tmp_path: Path) -> Sell:
    """Sells a later version whose page says some things otherwise."""

    def begin(words: Words) -> None:
        changed(MENTORING, tmp_path, "2027-09", words)
        journey.store.tell(offers=Catalogue(load_offers((MENTORING.parent, tmp_path))))

    return begin


def test_what_is_reminded_of_sooner_there_is_due_on_another_day(journey: Journey, sell: Sell) -> None:
    sell({'after = "40 school days"\ntrigger': 'after = "30 school days"\ntrigger'})
    before = timers(journey)
    told = move(journey)
    after = timers(journey)
    assert {name for name in before if before[name] != after[name]} == {"lapse-unanswered"}
    assert after["lapse-unanswered"] < before["lapse-unanswered"]
    assert "Due on another day: lapse unanswered on " in told.row
    take_back(journey)
    assert timers(journey) == before


def test_nobody_is_late_at_once_by_a_rule_of_the_other_version(journey: Journey, sell: Sell) -> None:
    """A reminder that would have come due a week ago there counts from the move."""
    sell({'after = "25 school days"': 'after = "1 school day"'})
    journey.now += timedelta(days=30)
    sweep(journey.store, journey.now)
    move(journey)
    assert timers(journey)["warn-of-lapse"] == f"{journey.now + timedelta(days=1):%Y-%m-%d}"


def test_what_time_did_once_it_does_not_do_again(journey: Journey, sell: Sell) -> None:
    sell({'five"\npromise = "school"\nbefore = "5': 'five"\npromise = "school"\nbefore = "1'})
    journey.now += timedelta(days=10)
    sweep(journey.store, journey.now)
    assert "school-due-in-five" in timers(journey, "fired")
    move(journey)
    assert "school-due-in-five" not in timers(journey)


def test_what_is_new_there_begins_and_what_is_gone_ends(journey: Journey, sell: Sell) -> None:
    hello = 'name = "say-hello"\nstage = "purchase"\nafter = "3 school days"\n'
    head = 'name = "head-told"\npromise = "school"\nafter = "10 school days"\nescalate_to = "head"\n'
    sell({head: hello})
    before = timers(journey)
    told = move(journey)
    after = timers(journey)
    assert set(after) - set(before) == {"say-hello"}
    assert set(before) - set(after) == {"head-told"}
    assert after["say-hello"] == "2025-10-09"
    assert "New timers: say hello on Thursday 9 October 2025. No more due: head told." in told.row
    take_back(journey)
    assert timers(journey) == before


def test_what_was_promised_keeps_its_day(journey: Journey, sell: Sell) -> None:
    sell({'within = "10 school days", to = "name at': 'within = "20 school days", to = "give us the names of at'})
    before = promise(journey)
    told = move(journey)
    assert promise(journey) == before
    assert "The school is to name at least three staff by Monday 20 October 2025, as before." in told.row


def test_a_promise_of_somebody_else_begins_anew(journey: Journey, sell: Sell) -> None:
    sell(
        {
            '{ owner = "school", within = "10 school days", to = "name at': (
                '{ owner = "council", within = "5 council days", to = "ask you for at'
            )
        }
    )
    before, running = promise(journey), timers(journey)
    told = move(journey)
    assert promise(journey)[0] == "ask you for at least three staff"
    assert "Before, the school is to name at least three staff" in told.row
    assert set(timers(journey)) == {"council-late", "council-very-late"}
    take_back(journey)
    assert (promise(journey), timers(journey)) == (before, running)


def test_what_moves_by_itself_there_does_so_and_comes_back_with_the_move(journey: Journey, sell: Sell) -> None:
    """Two people are enough there."""
    sell({"minimum_staff = 3": "minimum_staff = 2"})
    journey.nominate(PEOPLE[:2])
    assert journey.stage == "purchase"
    version, before = journey.row.version, (promise(journey), timers(journey))
    told = move(journey)
    assert journey.stage == "training_1"
    assert "By itself there: Training started. The stage is then “Training session 1”." in told.row
    assert {name for name, _ in letters(journey, version)} == {"training-1-next", "participant-welcome"}
    take_back(journey)
    assert journey.stage == "purchase"
    assert journey.row.offer_version == "2026-09"
    assert (promise(journey), timers(journey)) == before
    with journey.store.reading() as session:
        assert verify(session).faults == ()


def test_what_is_refused_there_is_told_with_the_reason(journey: Journey, sell: Sell) -> None:
    sell(
        {
            'guards = [{ appointment_held = "follow_up_1" }': (
                'guards = [{ staff_completed = 3 }, { appointment_held = "follow_up_1" }'
            )
        }
    )
    journey.to("follow_up_1").meet("follow_up_1", outputs="A lead in every phase.")
    journey._do(participants.move, PEOPLE[0].email, "withdraw", reason="left")
    told = move(journey)
    assert told.row.endswith(
        "“Complete follow-up meeting 1” could be done and is refused there: 2 participants have completed and 3 must. "
        "The advisor can record a completed review."
    )


def test_a_price_that_was_not_asked_before_is_told_as_a_refusal(journey: Journey, sell: Sell) -> None:
    """The school has nothing more to do there, and of its reminders nothing is told."""
    sell(
        {
            "minimum_staff = 3": "minimum_staff = 2",
            'price = "265.00"': 'price = "280.00"',
            '= "40 school days"': '= "9 days"',
        }
    )
    journey.nominate(PEOPLE[:2])
    told = move(journey).row
    assert told == (
        "It stays at “Purchase”. The council is to put right what keeps training from starting by Monday 20 October "
        "2025. Before, the school is to name at least three staff by Monday 20 October 2025. “Start training” is "
        "refused there: The order shows £265.00 and the price is £280.00. The lead advisor can agree it or ask the "
        "school to correct the order."
    )


def test_history_says_it_and_who_and_why(journey: Journey, sell: Sell) -> None:
    sell({"minimum_staff = 3": "minimum_staff = 2"})
    move(journey)
    with journey.store.reading() as session:
        last = session.scalars(
            select(Event).where(Event.engagement_id == journey.id).order_by(Event.seq.desc())
        ).first()
        assert last is not None
        assert (last.name, last.actor) == ("version_changed", LEAD.token)
        assert last.data == {"version": {"from": "2026-09", "to": "2027-09"}}
    with pytest.raises(Conflict, match="is under mentoring-2027-09 already"):
        move(journey)
    assert ADVISOR.role not in ACTS["change_version"].roles(
        load_offers((MENTORING.parent,)).offers["mentoring", "2026-09"]
    )
