"""What each person has sent in as evidence, and what came of it, in one line each."""

import re

from tests.journeys import PEOPLE, Journey
from tests.web.visitor import Visitor
from workflow.domain.actor import Actor
from workflow.usecases import evidence
from workflow.usecases.evidence import Decision, EvidencePiece

ADA = PEOPLE[0].email
CODES = ("1.1", "1.2", "1.3", "1.4")


def _send(journey: Journey, *codes: str) -> None:
    pieces = {code: EvidencePiece(f"What I did for {code}.") for code in codes}
    journey._do(evidence.send_in, ADA, pieces, actor=Actor("participant", participant_id=1))


def _line(visitor: Visitor, case: str) -> str:
    """Ada's, from her name to the next person's."""
    words = visitor.open(f"{case}/evidence").words
    return words.partition("Ada Pascoe")[2].partition("Bryn Tregear")[0]


def test_a_line_follows_what_is_sent_and_reviewed(advisor: Visitor, journey: Journey, case: str) -> None:
    journey.to("framework")
    assert "Sent in Nothing yet Reviewed Not yet" in _line(advisor, case)
    assert "for a review" not in advisor.words
    _send(journey, *CODES)
    assert re.search("Sent in Version 1 .* Reviewed To review", _line(advisor, case))
    assert "1 person waits for a review." in advisor.words
    unmet = {code: Decision(met=code in CODES[:2], text="Say more.") for code in CODES}
    journey._do(evidence.review, ADA, unmet)
    assert re.search("Reviewed 2 criteria not met yet 6 October 2025", _line(advisor, case))
    _send(journey, *CODES[2:])
    assert re.search("Sent in Version 2 .* Reviewed To review", _line(advisor, case))
    journey._do(evidence.review, ADA, {code: Decision(met=True, text="") for code in CODES[2:]})
    assert "Reviewed All met" in _line(advisor, case)


def test_it_is_read_on_the_persons_own_page(advisor: Visitor, journey: Journey, case: str) -> None:
    journey.to("framework")
    _send(journey, *CODES)
    assert f'href="{case}/people/1/#evidence"' in advisor.open(f"{case}/evidence").answer.text
    assert 'id="evidence"' in advisor.open(f"{case}/people/1/").answer.text
