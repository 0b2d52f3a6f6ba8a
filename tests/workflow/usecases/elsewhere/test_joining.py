"""Two engagements become one: in one step, with everybody's past, and settled once it is done."""

import pytest
from sqlalchemy import select

from tests.journeys import LEAD, PEOPLE, Journey
from tests.workflow.usecases.elsewhere.test_transfers import ADA, BRYN, CARA, events, person_in, send_in, taken
from workflow.errors import Conflict
from workflow.queries.audit import verify
from workflow.queries.evidence_history import story
from workflow.store.tables.owed_effect import OwedEffect
from workflow.store.tables.participant import Participant
from workflow.store.tables.submission import Submission
from workflow.usecases import participants, registers
from workflow.usecases.elsewhere import school_changes
from workflow.usecases.undo import undo


def join(here: Journey, into: Journey) -> None:
    here._do(school_changes.join, into.id, actor=LEAD, note="One school from September.")


def complete(journey: Journey, email: str) -> None:
    journey._do(participants.move, email, "complete")


def letters(journey: Journey) -> set[str]:
    with journey.store.reading() as session:
        return set(session.scalars(select(OwedEffect.name).where(OwedEffect.engagement_id == journey.id)))


def test_the_one_that_is_left_settles_nothing_on_the_way(named: Journey, other: Journey) -> None:
    """With two of three gone, the last one would have completed the framework of a school that is closing."""
    named.to("framework")
    complete(named, CARA)
    join(named, other)
    assert (named.stage, named.row.standing) == ("framework", "cancelled")
    assert "framework-complete" not in letters(named)
    assert [one.name for one in events(named)][-5:-1].count("participant_transferred_out") == 3


def test_the_one_that_goes_on_settles_when_everybody_is_there(named: Journey, other: Journey) -> None:
    """Cara completes with what comes from the other school, and Ada, who comes too, has not completed yet."""
    named.to("framework")
    for email in (ADA, BRYN):
        named._do(participants.move, email, "withdraw", reason="left")
    other.nominate((PEOPLE[2], PEOPLE[0])).nominate(PEOPLE[1:2]).to("framework")
    complete(other, CARA)
    join(other, named)
    assert person_in(named, CARA).status == "completed"
    assert (named.stage, person_in(named, ADA).status) == ("framework", "training")
    assert "framework-complete" not in letters(named)


def test_whoever_had_withdrawn_from_the_one_that_goes_on_comes_back(named: Journey, other: Journey) -> None:
    named._do(participants.move, ADA, "withdraw", reason="left")
    other.nominate()
    send_in(other, ADA)
    join(other, named)
    ada = person_in(named, ADA)
    assert (ada.status, ada.reason, taken(named)) == ("submitted", None, 3)
    assert person_in(other, ADA).status == "withdrawn"


def test_whoever_was_away_for_a_while_goes_along_and_is_still_away(named: Journey, other: Journey) -> None:
    other.nominate()
    other._do(participants.move, BRYN, "defer", reason="workload")
    named._do(participants.move, BRYN, "withdraw", reason="left")
    join(other, named)
    assert (person_in(named, BRYN).status, person_in(named, BRYN).reason) == ("deferred", "workload")


def test_the_evidence_of_both_goes_on_with_whoever_takes_part_in_both(named: Journey, other: Journey) -> None:
    """In order, and that of the one in which they are further last: what was said of it holds."""
    other.nominate()
    for journey in (named, other):
        send_in(journey, ADA)
    other._do(participants.move, ADA, "review")
    further = person_in(other, ADA)
    with named.store.reading() as session:
        latest = session.scalars(select(Submission.id).where(Submission.participant_id == further.id)).one()
    join(other, named)
    ada = person_in(named, ADA)
    with named.store.reading() as session:
        kept = session.execute(
            select(Submission.version, Submission.id)
            .where(Submission.participant_id == ada.id)
            .order_by(Submission.version)
        ).all()
        assert story(session, further.id) == []
    assert [version for version, _ in kept] == [1, 2]
    assert (kept[-1].id, ada.status) == (latest, "submitted")


def test_somebody_who_left_one_and_takes_part_in_the_other_keeps_what_they_did_in_both(
    named: Journey, other: Journey
) -> None:
    named.to("training_2")
    named._do(participants.move, ADA, "withdraw", reason="left")
    other.nominate().book("training_1")
    join(named, other)
    with named.store.reading() as session:
        assert session.scalars(select(Participant.before_id).where(Participant.engagement_id == other.id)).all()
    other._do(registers.take_register, "training_1", {})
    assert other.stage == "training_2", "nobody had to come twice"


def test_it_is_one_step_that_neither_side_takes_back_alone(named: Journey, other: Journey) -> None:
    other.nominate()
    join(other, named)
    for journey in (named, other):
        with pytest.raises(Conflict, match="concerns two engagements"):
            journey._do(undo.undo, reason="A mistake.", actor=LEAD)
        with journey.store.reading() as session:
            assert verify(session, journey.id).faults == ()
