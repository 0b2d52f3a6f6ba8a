"""Evidence goes to and fro in versions, and only what was not met has to be sent again."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import func, select

from tests.journeys import ADVISOR, ASSESSOR, LEAD, PEOPLE, Journey
from workflow.domain.actor import Actor
from workflow.errors import BadInput, Conflict, NotAllowed, NotFound, Refused
from workflow.queries import evidence_history
from workflow.store.tables.event import Event
from workflow.store.tables.owed_effect import OwedEffect
from workflow.store.tables.participant import Participant
from workflow.store.tables.submission import Evidence, EvidenceAttachment, Review, StoredFile, Submission, read_file
from workflow.store.tables.visit import Action
from workflow.usecases import evidence, participants
from workflow.usecases.evidence import Decision, EvidencePiece
from workflow.usecases.participants import Nominee
from workflow.usecases.undo import undo

ADA = PEOPLE[0].email
FIRST = ("1.1", "1.2", "1.3", "1.4")
MET, NOT_YET = Decision(met=True), Decision(met=False, text="Tell us what changed.")


def picture(colour: str = "red") -> bytes:
    made = BytesIO()
    Image.new("RGB", (8, 8), colour).save(made, "PNG")
    return made.getvalue()


def words(*codes: str) -> dict[str, EvidencePiece]:
    return {code: EvidencePiece(f"An example for {code}.") for code in codes}


def send(journey: Journey, pieces: Mapping[str, EvidencePiece], email: str = ADA) -> Any:
    return journey._do(evidence.send_in, email, pieces, actor=Actor("school_lead"))


def review(journey: Journey, **decisions: Decision) -> Any:
    return journey._do(evidence.review, ADA, {code[1] + "." + code[2]: one for code, one in decisions.items()})


def ada(journey: Journey) -> str:
    with journey.store.reading() as session:
        return str(session.scalar(select(Participant.status).where(Participant.email == ADA)))


def count(journey: Journey, table: Any, *where: Any) -> int:
    with journey.store.reading() as session:
        return session.scalar(select(func.count()).select_from(table).where(*where)) or 0


@pytest.fixture
def working(journey: Journey) -> Journey:
    return journey.to("framework")


def test_the_first_version_holds_every_criterion_of_the_phase(working: Journey) -> None:
    with pytest.raises(BadInput) as refused:
        send(working, words("1.1", "1.2") | {"1.3": EvidencePiece("  "), "2.1": EvidencePiece("Of another phase.")})
    assert [(one.where, one.sentence) for one in refused.value.problems] == [
        ("1.3", "send something for this criterion: words, a file, or both."),
        ("1.4", "send something for this criterion: words, a file, or both."),
        ("2.1", "is not asked for now; leave it out."),
    ]
    assert (ada(working), count(working, Submission)) == ("training", 0)
    assert send(working, words(*FIRST)).version == 1
    assert ada(working) == "submitted"


def test_only_what_was_not_met_reopens(working: Journey) -> None:
    send(working, words(*FIRST))
    review(working, c11=MET, c12=NOT_YET, c13=MET, c14=MET)
    assert ada(working) == "returned"
    with pytest.raises(BadInput, match="is not asked for now"):
        send(working, words(*FIRST))
    assert send(working, words("1.2")).version == 2
    review(working, c12=MET)
    assert ada(working) == "completed"
    with working.store.reading() as session:
        assert session.scalars(select(Evidence.criterion).order_by(Evidence.id)).all() == [*FIRST, "1.2"]


def test_what_is_accepted_whole_completes_and_may_move_the_stage(working: Journey) -> None:
    for person in PEOPLE[1:]:
        working._do(participants.move, person.email, "complete")
    send(working, words(*FIRST))
    review(working, c11=MET, c12=MET, c13=MET, c14=MET)
    assert (ada(working), working.stage) == ("completed", "follow_up_1")


def test_a_review_decides_about_everything_and_says_what_is_missing(working: Journey) -> None:
    send(working, words(*FIRST))
    with pytest.raises(BadInput) as refused:
        review(working, c11=MET, c12=Decision(met=False), c15=MET)
    assert [(one.where, one.sentence) for one in refused.value.problems] == [
        ("1.3", "needs a decision: met or not met."),
        ("1.4", "needs a decision: met or not met."),
        ("1.5", "is not part of this version."),
        ("1.2", "say what is missing, so that its owner can mend it."),
    ]
    assert ada(working) == "submitted"


def test_nothing_is_sent_in_at_a_phase_that_nobody_agreed(journey: Journey) -> None:
    dov = Nominee("Dov Rosen", "dov@polwhevral.example.org", 1)
    journey._do(participants.nominate, [dov], actor=Actor("school_lead"))
    with pytest.raises(Refused, match="The phase this person starts at is proposed and not agreed"):
        send(journey, words(*FIRST), dov.email)


def test_the_third_return_asks_the_advisor_to_step_in(working: Journey) -> None:
    send(working, words(*FIRST))
    review(working, c11=NOT_YET, c12=MET, c13=MET, c14=MET)
    for _ in range(2):
        assert count(working, Action) == 0
        send(working, words("1.1"))
        review(working, c11=NOT_YET)
    with working.store.reading() as session:
        action = session.scalars(select(Action)).one()
    assert (action.kind, action.owner_name) == ("support", "The advisor")
    assert action.what_text == "Talk to Ada Pascoe about the evidence that came back."
    assert count(working, OwedEffect, OwedEffect.name == "support-needed") == 1


def test_a_third_return_taken_back_asks_nothing_of_the_advisor(working: Journey) -> None:
    send(working, words(*FIRST))
    review(working, c11=NOT_YET, c12=MET, c13=MET, c14=MET)
    for _ in range(2):
        send(working, words("1.1"))
        review(working, c11=NOT_YET)
    working._do(undo.undo, reason="The wrong person.", actor=LEAD)
    review(working, c11=MET)
    assert count(working, Action, Action.done_at.is_(None)) == 0


def test_nobody_sends_in_or_confirms_for_somebody_else(working: Journey) -> None:
    bryn = Actor("participant", participant_id=2)
    with pytest.raises(NotAllowed, match="This is about Ada Pascoe, and you act as another participant"):
        working._do(evidence.send_in, ADA, words(*FIRST), actor=bryn)
    with pytest.raises(NotAllowed, match="This is about Ada Pascoe, and you act as another participant"):
        working._do(participants.confirm_name, ADA, name="Eve", actor=bryn)
    working._do(evidence.send_in, ADA, words(*FIRST), actor=Actor("participant", participant_id=1))
    assert ada(working) == "submitted"


def test_the_same_file_is_kept_once_and_comes_back_whole(working: Journey) -> None:
    pieces = words(*FIRST) | {"1.1": EvidencePiece(files=(("a.png", picture()), ("b.png", picture())))}
    send(working, pieces)
    assert (count(working, StoredFile), count(working, EvidenceAttachment)) == (1, 2)
    with working.store.reading() as session:
        sha256 = session.scalars(select(EvidenceAttachment.sha256)).first()
        assert read_file(session, str(sha256)) == ("image/png", picture())


def test_a_file_that_may_not_be_kept_stops_everything(working: Journey) -> None:
    page = (("page.png", b"<html><script>alert(1)</script>"),)
    many = tuple((f"{number}.png", picture()) for number in range(6))
    with pytest.raises(BadInput) as refused:
        send(working, words(*FIRST) | {"1.1": EvidencePiece(files=page), "1.2": EvidencePiece(files=many)})
    told = [(one.where, one.sentence.partition(".")[0]) for one in refused.value.problems]
    assert told == [("1.1", "“page"), ("1.2", "takes at most 5 files; choose the best ones")]
    assert (count(working, StoredFile), count(working, Submission)) == (0, 0)


def test_a_review_taken_back_can_be_made_again(working: Journey) -> None:
    send(working, words(*FIRST))
    review(working, c11=MET, c12=NOT_YET, c13=MET, c14=MET)
    working._do(undo.undo, reason="The wrong person.", actor=LEAD)
    assert ada(working) == "submitted"
    review(working, c11=MET, c12=MET, c13=MET, c14=MET)
    assert ada(working) == "completed"


def test_history_keeps_ids_and_no_words_of_the_evidence(working: Journey) -> None:
    send(working, words(*FIRST))
    with working.store.reading() as session:
        data = session.scalars(select(Event.data).order_by(Event.seq.desc())).first()
    assert data == {"participant": 1, "submission": 1, "moves": [["participant", 1, "training", "submitted"]]}


def test_somebody_who_is_completed_sends_nothing_more(working: Journey) -> None:
    working._do(participants.move, ADA, "complete", actor=ADVISOR)
    with pytest.raises(Conflict, match="This participant is completed"):
        send(working, words(*FIRST))
    with pytest.raises(Conflict, match="This participant is completed"):
        working._do(evidence.review, ADA, {}, actor=ASSESSOR)


def test_a_comment_is_bounded_like_everything_people_write(working: Journey) -> None:
    send(working, words(*FIRST))
    with pytest.raises(BadInput, match="What you wrote is 10001 characters long; at most 10000 fit"):
        review(working, c11=MET, c12=Decision(met=False, text="x" * 10_001), c13=MET, c14=MET)


def test_what_was_only_recorded_as_sent_in_has_no_version_to_review(working: Journey) -> None:
    working._do(participants.move, ADA, "submit")
    with pytest.raises(Conflict, match="Nothing that Ada Pascoe sent in here waits for a review"):
        review(working, c11=MET, c12=MET, c13=MET, c14=MET)


def test_one_version_is_not_reviewed_twice(working: Journey) -> None:
    send(working, words(*FIRST))
    review(working, c11=NOT_YET, c12=MET, c13=MET, c14=MET)
    working._do(participants.move, ADA, "submit")
    with pytest.raises(Conflict, match="Nothing that Ada Pascoe sent in here waits for a review"):
        review(working, c11=NOT_YET, c12=MET, c13=MET, c14=MET)
    assert count(working, Review) == 1


def test_a_file_of_another_engagement_is_not_found(working: Journey) -> None:
    send(working, words(*FIRST) | {"1.1": EvidencePiece(files=(("a.png", picture()),))})
    other = Journey(working.store, working.now).begin(order="SFS-2")
    with working.store.reading() as session:
        assert evidence_history.attachment(session, working.id, 1).name == "a.png"
        with pytest.raises(NotFound, match="There is no file number 1 in this engagement"):
            evidence_history.attachment(session, other.id, 1)
