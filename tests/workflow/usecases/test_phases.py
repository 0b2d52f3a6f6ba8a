"""Who may propose a phase, who agrees to it, and until when. Criteria and certificate follow from it."""

from typing import Any

import pytest
from sqlalchemy import select

from tests.journeys import ADVISOR, ASSESSOR, LEAD, PEOPLE, Journey
from workflow.domain.actor import SYSTEM, Actor
from workflow.engine.catalogue import Catalogue
from workflow.errors import BadInput, Conflict, NotAllowed, Refused
from workflow.offer.phase_guide import questions
from workflow.store.tables.event import Event
from workflow.store.tables.participant import EntryBasis, Participant
from workflow.store.tables.submission import Submission
from workflow.usecases import participants, phases
from workflow.usecases.phases import Basis

ADA = PEOPLE[0].email
SCHOOL = Actor("school_lead")
BASIS = Basis("Three years a mentor", frozenset({"q2-1"}))


@pytest.fixture
def named(journey: Journey) -> Journey:
    return journey.nominate()


def ada(journey: Journey) -> Participant:
    with journey.store.reading() as session:
        return participants.one_of(session, journey.id, ADA)


def basis_of(journey: Journey, person: Participant) -> EntryBasis | None:
    with journey.store.reading() as session:
        return session.get(EntryBasis, person.id)


def propose(journey: Journey, phase: int, basis: Basis = BASIS, actor: Actor = SCHOOL) -> None:
    journey._do(phases.propose, ADA, phase, basis, actor=actor)


def send_in(journey: Journey) -> None:
    """A version of evidence, as `submissions` writes it; the status may have moved on since."""
    with journey.store.writing() as session:
        person = participants.one_of(session, journey.id, ADA)
        session.add(Submission(participant_id=person.id, version=1, sent_by="school_lead", sent_at=journey.now))


def last_event(journey: Journey) -> tuple[str, dict[str, Any]]:
    with journey.store.reading() as session:
        own = select(Event).where(Event.engagement_id == journey.id).order_by(Event.seq.desc())
        event = session.scalars(own).first()
        assert event is not None
        return event.name, event.data


def test_a_proposal_is_written_down_and_waits_for_an_advisor(named: Journey) -> None:
    propose(named, 2)
    person = ada(named)
    assert (person.phase, person.phase_agreed) == (2, False)
    assert last_event(named) == ("phase_proposed", {"participant": person.id, "phase": 2})
    basis = basis_of(named, person)
    assert basis is not None
    assert (basis.proposed_phase, basis.proposed_by, basis.proposed_at) == (2, "school_lead", named.now)
    assert basis.experience == "Three years a mentor"
    assert basis.answers.splitlines() == [
        "Do they have considerable experience in mentoring or coaching? Yes",
        "Can they show what it has changed in their own practice, and in that of others? No",
        "Have they led both mentoring and coaching, with an impact across a school or beyond it? No",
    ]
    assert (basis.agreed_phase, basis.agreed_by_id, basis.agreed_at) == (None, None, None)


def test_nobody_sends_in_evidence_for_a_phase_that_is_only_proposed(named: Journey) -> None:
    propose(named, 2)
    with pytest.raises(Refused, match="proposed and not agreed"):
        named._do(participants.move, ADA, "submit")
    named._do(phases.agree, ADA, 2)
    named._do(participants.move, ADA, "submit")
    assert ada(named).status == "submitted"


def test_an_advisor_may_settle_on_another_phase_than_the_one_proposed(named: Journey) -> None:
    propose(named, 3)
    named._do(phases.agree, ADA, 1, actor=LEAD)
    person, basis = ada(named), basis_of(named, ada(named))
    assert (person.phase, person.phase_agreed) == (1, True)
    assert last_event(named) == ("phase_agreed", {"participant": person.id, "phase": 1})
    assert basis is not None
    assert (basis.proposed_phase, basis.agreed_phase, basis.agreed_by_id) == (3, 1, LEAD.user_id)
    assert basis.agreed_at == named.now


def test_a_new_proposal_replaces_the_old_one_and_what_was_agreed_to(named: Journey) -> None:
    propose(named, 2)
    named._do(phases.agree, ADA, 2)
    propose(named, 3, Basis("Four years", frozenset({"q3-1"})), Actor("participant", None, ada(named).id))
    person, basis = ada(named), basis_of(named, ada(named))
    assert (person.phase, person.phase_agreed) == (3, False)
    assert basis is not None
    assert (basis.experience, basis.answers.count(" Yes"), basis.answers[-4:]) == ("Four years", 1, " Yes")
    assert (basis.proposed_by, basis.agreed_phase) == (f"participant:{person.id}", None)


def test_a_phase_without_a_form_can_be_agreed_to(named: Journey) -> None:
    named._do(phases.agree, ADA, 2)
    assert (ada(named).phase, basis_of(named, ada(named))) == (2, None)


@pytest.mark.parametrize("actor", [SYSTEM, Actor("participant", None, 99_999)], ids=["the system", "somebody else"])
def test_not_everybody_may_propose(named: Journey, actor: Actor) -> None:
    with pytest.raises(NotAllowed):
        propose(named, 2, actor=actor)
    assert basis_of(named, ada(named)) is None


@pytest.mark.parametrize("actor", [ASSESSOR, SCHOOL, SYSTEM], ids=lambda actor: actor.role)
def test_only_an_advisor_agrees(named: Journey, actor: Actor) -> None:
    with pytest.raises(NotAllowed, match="agreed by the advisor or the lead advisor; you act as"):
        named._do(phases.agree, ADA, 2, actor=actor)
    assert ada(named).phase == 1


def test_a_phase_stays_once_evidence_was_sent_in_for_it(named: Journey) -> None:
    send_in(named)
    with pytest.raises(Conflict, match="sent in evidence for phase 1"):
        propose(named, 2)
    with pytest.raises(Conflict, match="sent in evidence for phase 1, which is judged by its own criteria"):
        named._do(phases.agree, ADA, 2)
    named._do(phases.agree, ADA, 1)
    assert ada(named).phase_agreed


def test_evidence_that_was_only_recorded_as_sent_in_counts_too(named: Journey) -> None:
    named._do(participants.move, ADA, "submit")
    with pytest.raises(Conflict, match="sent in evidence"):
        propose(named, 2)


@pytest.mark.parametrize(("verb", "reason"), [("complete", None), ("withdraw", "left")])
def test_nothing_is_open_about_somebody_who_is_through_or_gone(named: Journey, verb: str, reason: str | None) -> None:
    named._do(participants.move, ADA, verb, reason=reason)
    for act, rest in ((phases.propose, (1, BASIS)), (phases.agree, (1,))):
        with pytest.raises(Conflict, match="the phase is not open any more"):
            named._do(act, ADA, *rest, actor=ADVISOR)


def test_every_mistake_of_a_form_is_told_at_once(named: Journey) -> None:
    wrong = Basis("x" * (phases.TEXT_LIMIT + 1), frozenset({"q2-1", "q9-1"}))
    with pytest.raises(BadInput) as refused:
        propose(named, 2, wrong)
    assert [problem.where for problem in refused.value.problems] == ["experience", "q9-1"]
    assert "at most 4000 fit" in str(refused.value)
    assert "there is no such question; there are q2-1, q2-2 and q3-1" in str(refused.value)


def test_a_phase_that_the_offer_has_not_is_neither_proposed_nor_agreed(named: Journey) -> None:
    with pytest.raises(BadInput, match="There is no phase 4; choose 1, 2 or 3"):
        propose(named, 4)
    with pytest.raises(BadInput, match="There is no phase 0"):
        named._do(phases.agree, ADA, 0)


def test_answers_point_to_the_phase_whose_questions_are_all_answered_with_yes(offers: Catalogue) -> None:
    phases_there = offers.latest().phases
    asked = [one.text for one in questions(phases_there)]
    for said, points_to in (("nnn", 1), ("ynn", 1), ("yyn", 2), ("yyy", 3)):
        lines = [f"{text} {'Yes' if one == 'y' else 'No'}" for text, one in zip(asked, said, strict=True)]
        assert phases.suggested(phases_there, "\n".join(lines)) == points_to


def test_answers_to_what_was_asked_before_point_nowhere(offers: Catalogue) -> None:
    there = offers.latest().phases
    assert phases.suggested(there, "Have they led mentoring? Yes\nHave they led coaching? Yes") is None
    assert phases.suggested(there, "") is None
    assert phases.suggested([one.model_copy(update={"questions": ()}) for one in there], "Anything? Yes") is None
