"""What somebody sent in is told whole, and asked for at once."""

from sqlalchemy import event

from tests.journeys import PEOPLE, Journey
from tests.workflow.usecases.test_evidence import picture
from workflow.engine.catalogue import offers_of
from workflow.queries.evidence_history import story
from workflow.usecases import evidence, participants
from workflow.usecases.evidence import EvidencePiece

ADA = PEOPLE[0]


def test_two_questions_are_enough_however_much_was_sent_in(journey: Journey) -> None:
    journey.to("framework")
    files = (("a.png", picture()), ("b.png", picture()))
    with journey.store.reading() as session:
        codes = [one.code for one in offers_of(session).latest().phase[ADA.phase].criteria]
        person = participants.one_of(session, journey.id, ADA.email).id
    journey._do(evidence.send_in, ADA.email, {code: EvidencePiece("An example.", files) for code in codes})
    asked: list[str] = []
    event.listen(journey.store.engine, "before_cursor_execute", lambda *about: asked.append(about[2]))
    with journey.store.reading() as session:
        lines = story(session, person)
    assert [(line.criterion, [name for _, name in line.files]) for line in lines] == [
        (code, ["a.png", "b.png"]) for code in sorted(codes)
    ]
    assert len([one for one in asked if one.lstrip().startswith("SELECT")]) == 2
