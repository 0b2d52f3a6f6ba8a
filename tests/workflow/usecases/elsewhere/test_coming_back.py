"""People who go to another school take what they did with them, and may come back."""

import pytest
from sqlalchemy import select, update

from tests.journeys import LEAD, PEOPLE, Journey
from tests.workflow.usecases.elsewhere.test_transfers import ADA, BRYN, CARA, crowd, person_in, send_in, taken
from workflow.errors import Conflict
from workflow.store.tables.participant import Participant
from workflow.store.tables.submission import Submission
from workflow.usecases import appointments, participants, registers
from workflow.usecases.elsewhere import school_changes, transfers


def test_somebody_who_goes_and_comes_back_has_one_place_and_all_their_evidence(named: Journey, other: Journey) -> None:
    send_in(named, ADA)
    first = person_in(named, ADA)
    named._do(transfers.transfer, ADA, other.id)
    other._do(transfers.transfer, ADA, named.id)
    back = person_in(named, ADA)
    assert (back.id, back.status, back.reason) == (first.id, "submitted", None)
    assert (taken(named), taken(other)) == (3, 0)
    with named.store.reading() as session:
        assert session.scalars(select(Submission.participant_id)).all() == [first.id]


def test_evidence_of_two_times_is_kept_in_order(named: Journey, other: Journey) -> None:
    for journey in (named, other):
        if journey is other:
            journey.nominate(PEOPLE[:1])
        send_in(journey, ADA)
    named._do(participants.move, ADA, "withdraw", reason="left")
    other._do(transfers.transfer, ADA, named.id)
    with named.store.reading() as session:
        kept = session.execute(select(Submission.participant_id, Submission.version).order_by(Submission.version)).all()
    assert kept == [(person_in(named, ADA).id, 1), (person_in(named, ADA).id, 2)]


def test_whoever_went_to_another_school_rejoins_from_there_alone(named: Journey, other: Journey) -> None:
    named._do(transfers.transfer, ADA, other.id)
    with pytest.raises(Conflict, match="Ada Pascoe goes on in another engagement"):
        named._do(participants.move, ADA, "rejoin")


def test_a_meeting_that_somebody_was_at_elsewhere_counts_where_they_go_on(named: Journey, other: Journey) -> None:
    """Whether it was held there before they came, or is held afterwards without them."""
    named.to("training_2")
    crowd(other, 3)
    other._do(appointments.book, "training_1", other.now)
    other._do(registers.take_register, "training_1", dict.fromkeys(("p0@polwhevral.example.org",), "present"))
    for email in (ADA, BRYN):
        named._do(transfers.transfer, email, other.id)
    assert other.stage == "training_2", "three have been at the first session"
    named.train("training_2")
    named._do(transfers.transfer, CARA, other.id)
    other._do(appointments.book, "training_2", other.now)
    other._do(registers.take_register, "training_2", dict.fromkeys((ADA, BRYN), "present"))
    assert other.stage == "framework"


def test_whoever_takes_part_in_both_of_two_schools_that_join_was_at_the_meetings_of_both(
    named: Journey, other: Journey
) -> None:
    named.book("training_1")
    named._do(registers.take_register, "training_1", {ADA: "present", BRYN: "present"})
    assert named.stage == "training_1", "Cara was at the other school's session"
    other.nominate().train("training_1")
    other._do(school_changes.join, named.id, actor=LEAD, note="One school from September.")
    assert (named.stage, taken(named)) == ("training_2", 3)


def test_a_phase_that_the_other_offer_does_not_have_is_told_before_anything_moves(
    named: Journey, other: Journey
) -> None:
    with named.store.writing() as session:
        session.execute(update(Participant).where(Participant.email == ADA).values(phase=9))
    with pytest.raises(Conflict, match="has no phase 9, which Ada Pascoe works on"):
        named._do(transfers.transfer, ADA, other.id)
    assert person_in(named, ADA).status == "nominated"
