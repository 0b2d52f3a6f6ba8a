"""What the workers gave up waits for a person, whose decision stands in the history."""

import pytest
from sqlalchemy import select

from tests.journeys import ADVISOR, Journey
from tests.workflow.store.outbox.test_claims import claim, row, settle
from workflow.errors import BadInput, Conflict, NotFound
from workflow.store.outbox.claims import Claimed
from workflow.store.outbox.outcomes import outcome_of
from workflow.store.tables.event import Event, Note
from workflow.usecases import dead_letters


@pytest.fixture
def dead(journey: Journey) -> Claimed:
    one, other = claim(journey)
    settle(
        journey,
        outcome_of(one, "dead", settled_at=journey.now, trouble="The mail server answered 550: no such person"),
        outcome_of(other, "done", settled_at=journey.now),
    )
    return one


def test_a_retried_effect_is_owed_with_its_attempts_forgotten(journey: Journey, dead: Claimed) -> None:
    with journey.store.writing() as session:
        dead_letters.retry(session, dead.id, actor=ADVISOR, now=journey.now)
    assert (row(journey, dead).status, row(journey, dead).attempts) == ("owed", 0)
    assert [one.id for one in claim(journey)] == [dead.id]


def test_a_dropped_effect_is_in_the_history_with_its_reason_and_who_gave_it(journey: Journey, dead: Claimed) -> None:
    with journey.store.writing() as session:
        dead_letters.drop(session, dead.id, why="The school has closed.", actor=ADVISOR, now=journey.now)
    assert row(journey, dead).status == "dropped"
    with journey.store.reading() as session:
        event = session.scalars(select(Event).where(Event.name == "effect_dropped")).one()
        note = session.get_one(Note, (journey.id, event.seq))
    assert (event.actor, note.text) == ("advisor:1", "The school has closed.")


def test_dropping_needs_a_reason(journey: Journey, dead: Claimed) -> None:
    with pytest.raises(BadInput, match="Say why"), journey.store.writing() as session:
        dead_letters.drop(session, dead.id, why="  ", actor=ADVISOR, now=journey.now)
    assert row(journey, dead).status == "dead"


def test_what_is_not_dead_is_not_decided_by_hand(journey: Journey) -> None:
    one = claim(journey)[0]
    with pytest.raises(Conflict, match="is claimed, and only a dead one"), journey.store.writing() as session:
        dead_letters.retry(session, one.id, actor=ADVISOR, now=journey.now)


def test_another_engagements_effect_is_not_found_here(journey: Journey, dead: Claimed) -> None:
    with pytest.raises(NotFound), journey.store.writing() as session:
        dead_letters.retry(session, dead.id, actor=ADVISOR, now=journey.now, engagement_id=journey.id + 1)
