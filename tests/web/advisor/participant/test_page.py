"""One participant's page for the council: what it shows, and each of its forms done right, done wrong and too late."""

from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from tests.journeys import ADVISOR, LEAD, PEOPLE, Journey
from tests.web.visitor import Visitor
from workflow.domain.actor import Actor
from workflow.store.tables.event import Note
from workflow.store.tables.participant import Participant
from workflow.usecases import evidence, phases
from workflow.usecases.evidence import EvidencePiece
from workflow.usecases.phases import Basis

ADA = PEOPLE[0].email
CODES = ("1.1", "1.2", "1.3", "1.4")


@pytest.fixture
def ada(journey: Journey, case: str) -> str:
    """The address of Ada's page, with everybody at work on the framework."""
    journey.to("framework")
    return f"{case}/people/1"


def send(visitor: Visitor, person: str, form: str, **typed: str) -> Visitor:
    path = f"{person}/{form}"
    return visitor.post(path, visitor.open(f"{person}/").fields(f'action="{path}"') | typed)


def _people(journey: Journey) -> list[Participant]:
    with journey.store.reading() as session:
        return session.query(Participant).order_by(Participant.id).all()


def forms_on(visitor: Visitor, person: str) -> list[str]:
    text = visitor.open(f"{person}/").answer.text
    return [part.partition('"')[0] for part in text.split(f'action="{person}/')[1:]]


def _choices(visitor: Visitor, person: str) -> list[str]:
    text = visitor.open(f"{person}/").answer.text
    form = text.partition(f'action="{person}/decide"')[2].partition("</form>")[0]
    return [verb for verb in ("complete", "defer", "withdraw", "rejoin") if f'value="{verb}"' in form]


def _picture() -> bytes:
    written = BytesIO()
    Image.new("RGB", (8, 8)).save(written, "PNG")
    return written.getvalue()


def _evidence(journey: Journey, *codes: str, **more: Any) -> None:
    files = (("The board.png", _picture()),)
    pieces = {code: EvidencePiece(f"What I did for {code}.", files if code == codes[0] else ()) for code in codes}
    journey._do(evidence.send_in, ADA, pieces, actor=Actor("participant", participant_id=1), **more)


def _reviewed(met: set[str], unmet: set[str]) -> dict[str, str]:
    said = {f"decision-{code}": "met" for code in met} | {f"decision-{code}": "not_met" for code in unmet}
    return said | {f"comment-{code}": f"Say more about {code}." for code in unmet}


# --- evidence ---


def test_evidence_is_read_downloaded_and_sent_back_criterion_by_criterion(
    advisor: Visitor, journey: Journey, case: str, ada: str
) -> None:
    _evidence(journey, *CODES)
    words = advisor.open(f"{ada}/").words
    assert "Version 1 waits for a review" in words
    assert "What I did for 1.3." in words
    got = advisor.open(f"{case}/file/1").answer
    assert (got.data, got.mimetype) == (_picture(), "application/octet-stream")
    assert got.headers["Content-Disposition"].startswith('attachment; filename="The board.png"')
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    assert got.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    send(advisor, ada, "review", **_reviewed({"1.1", "1.2", "1.4"}, {"1.3"}))
    words = advisor.follow().words
    assert "Success The evidence of Ada Pascoe goes back, with what is still needed." in words
    assert "Version 1, reviewed" in words
    assert "Say more about 1.3." in words
    _evidence(journey, "1.3")
    assert "Version 2 waits for a review" in advisor.open(f"{ada}/").words
    send(advisor, ada, "review", **_reviewed({"1.3"}, set()))
    assert "Success The evidence of Ada Pascoe is accepted." in advisor.follow().words
    assert _people(journey)[0].status == "completed"


def test_a_review_says_all_that_is_missing_and_keeps_what_was_typed(
    advisor: Visitor, journey: Journey, ada: str
) -> None:
    _evidence(journey, *CODES)
    typed = _reviewed({"1.1"}, {"1.2"}) | {"comment-1.2": " ", "decision-1.3": "perhaps", "comment-1.4": "Well done."}
    send(advisor, ada, "review", **typed)
    assert advisor.answer.status_code == 422
    text = advisor.answer.text
    assert 'href="#review-comment-1.2">Say what is still needed for 1.2, so that its owner can mend it<' in text
    assert 'href="#review-decision-1.3">Decide about 1.3: met, or not met yet<' in text
    assert 'href="#review-decision-1.4"' in text
    assert ">Well done.</textarea>" in text
    assert _people(journey)[0].status == "submitted"


def test_all_of_which_nothing_is_said_is_met_with_one_tick(advisor: Visitor, journey: Journey, ada: str) -> None:
    _evidence(journey, *CODES)
    marked = _reviewed(set(), {"1.3"})
    send(advisor, ada, "review", **marked | {"rest-met": "yes", "comment-1.4": "Well, perhaps."})
    assert advisor.answer.status_code == 422
    assert 'href="#review-decision-1.4"' in advisor.answer.text
    send(advisor, ada, "review", **marked | {"rest-met": "yes"})
    advisor.follow()
    decided = [line.rpartition(": ")[2] for line in advisor.texts("h3") if line[:1].isdigit()]
    assert decided == ["met", "met", "not met yet", "met"]


def test_an_assessor_reviews_and_does_nothing_else(assessor: Visitor, journey: Journey, ada: str) -> None:
    assert forms_on(assessor, ada) == []
    _evidence(journey, *CODES)
    assert forms_on(assessor, ada) == ["review"]
    send(assessor, ada, "review", **_reviewed(set(CODES), set()))
    assert _people(journey)[0].status == "completed"


def test_a_file_of_another_engagement_is_not_there(advisor: Visitor, journey: Journey, case: str) -> None:
    journey.to("framework")
    _evidence(journey, *CODES)
    other = Journey(journey.store, journey.now).begin(order="SFS-2")
    assert advisor.open(f"{case}/file/1").answer.status_code == 200
    assert advisor.open(f"/advisor/engagement/{other.reference}/file/1").answer.status_code == 404
    assert advisor.open(f"/advisor/engagement/{other.reference}/people/1/").answer.status_code == 404


# --- phases ---


def test_a_proposal_is_shown_with_what_it_rests_on_and_agreed(advisor: Visitor, journey: Journey, case: str) -> None:
    journey.nominate()
    basis = Basis("Six years of mentoring.", frozenset({"q2-1", "q2-2"}))
    journey._do(phases.propose, ADA, 3, basis, actor=Actor("participant", participant_id=1))
    assert "Proposed, not agreed yet" in advisor.open(f"{case}/people").words
    words = advisor.open(f"{case}/people/1/").words
    for said in (
        "Phase 3 was proposed on",
        "The answers point to phase 2.",
        "Six years of mentoring.",
        "of others? Yes",
    ):
        assert said in words
    assert 'value="3" selected' in advisor.answer.text
    send(advisor, f"{case}/people/1", "agree", phase="")
    assert 'href="#agree-phase">Choose the phase that is agreed<' in advisor.answer.text
    send(advisor, f"{case}/people/1", "agree", phase="2")
    assert "Success Agreed for Ada Pascoe: An Advanced Mentor and Coach." in advisor.follow().words
    assert (_people(journey)[0].phase, _people(journey)[0].phase_agreed) == (2, True)


# --- decisions and names ---


def test_decisions_are_recorded_and_the_last_one_moves_the_stage(
    advisor: Visitor, journey: Journey, case: str, ada: str
) -> None:
    send(advisor, ada, "decide", decision="complete")
    assert "Success Recorded for Ada Pascoe: completed." in advisor.follow().words
    send(advisor, f"{case}/people/2", "decide", decision="defer", reason="absence", note="On leave until June")
    assert "Success Recorded for Bryn Tregear: deferred." in advisor.follow().words
    assert "On leave until June" in advisor.open(f"{case}/history").words
    send(advisor, f"{case}/people/3", "decide", decision="withdraw", reason="left")
    words = advisor.follow().words
    assert "Success Recorded for Cara Nance: withdrawn. The stage is now Follow-up meeting 1." in words
    assert [person.status for person in _people(journey)] == ["completed", "deferred", "withdrawn"]


def test_a_decision_must_be_chosen_and_its_reason_fit(advisor: Visitor, journey: Journey, ada: str) -> None:
    send(advisor, ada, "decide", note="Because")
    assert advisor.answer.status_code == 422
    assert 'href="#decide-decision">Choose what is decided about Ada Pascoe<' in advisor.answer.text
    assert ">Because</textarea>" in advisor.answer.text
    send(advisor, ada, "decide", decision="defer", reason="role", note="x" * 4001)
    assert "The note is 4001 characters long; at most 4000 fit." in advisor.words
    send(advisor, ada, "decide", decision="recognise")
    assert advisor.answer.status_code == 422
    assert {person.status for person in _people(journey)} == {"training"}
    with journey.store.reading() as session:
        assert session.query(Note).count() == 0


def test_a_name_is_confirmed_as_it_stands_or_put_right(advisor: Visitor, journey: Journey, ada: str) -> None:
    assert 'value="Ada Pascoe"' in advisor.open(f"{ada}/").answer.text
    send(advisor, ada, "confirm", name="  ")
    assert advisor.answer.status_code == 422
    assert 'href="#confirm-name">Enter the name to print for Ada Pascoe<' in advisor.answer.text
    send(advisor, ada, "confirm", name="Ada R. O'Pascoe")
    assert "Success The certificate will say “Ada R. O'Pascoe”." in advisor.follow().words
    assert (_people(journey)[0].certificate_name, _people(journey)[0].name_confirmed) == ("Ada R. O'Pascoe", True)


def test_an_address_whose_letters_come_back_is_put_right(advisor: Visitor, ada: str) -> None:
    send(advisor, ada, "correct", name="Ada Pascoe", email=PEOPLE[1].email)
    assert advisor.answer.status_code == 409
    assert "is the address of somebody else who takes part. Check which is right." in advisor.words
    send(advisor, ada, "correct", name="Ada Pascoe", email="a.pascoe@polwhevral.example.org")
    assert "Success Put right: Ada Pascoe, a.pascoe@polwhevral.example.org." in advisor.follow().words


# --- another place ---


def test_somebody_else_takes_the_place(advisor: Visitor, journey: Journey, ada: str) -> None:
    send(advisor, ada, "replace", name="Dinah Kent", email="dinah@polwhevral.example.org", phase="2")
    assert "Success Dinah Kent takes the place of Ada Pascoe." in advisor.follow().words
    assert [one.status for one in _people(journey)] == ["withdrawn", "training", "training", "nominated"]
    assert "Dinah Kent takes the place of Ada Pascoe" in advisor.open(ada.replace("/1", "/4") + "/").words


def test_somebody_goes_on_at_another_school(advisor: Visitor, journey: Journey, ada: str) -> None:
    other = Journey(journey.store, journey.now).begin(order="SFS-2")
    for typed, said in (
        ("", "Enter the reference of the engagement they go on in"),
        ("CMC-99-9999-A", "CMC-99-9999-A"),
    ):
        send(advisor, ada, "transfer", reference=typed)
        assert advisor.answer.status_code == 422
        assert said in advisor.words
    send(advisor, ada, "transfer", reference=other.reference)
    assert f"Ada Pascoe goes on in {other.reference}, and the evidence with them." in advisor.follow().words
    assert [one.status for one in _people(other)] == ["withdrawn", "training", "training", "training"]


# --- what makes sense when ---


def test_only_forms_that_make_sense_are_there(advisor: Visitor, journey: Journey, case: str) -> None:
    person = f"{case}/people/1"
    journey.to("training_1")
    assert _choices(advisor, person) == ["defer", "withdraw"]
    journey.to("framework")
    assert _choices(advisor, person) == ["complete", "defer", "withdraw"]
    assert forms_on(advisor, person) == ["agree", "decide", "confirm", "correct", "replace", "transfer"]
    journey.to("follow_up_1")
    assert _choices(advisor, person) == ["withdraw"]
    send(advisor, person, "decide", decision="withdraw", reason="left")
    assert _choices(advisor, person) == ["rejoin"]
    assert forms_on(advisor, person) == ["decide", "confirm", "correct"]
    send(advisor, person, "decide", decision="rejoin")
    assert "Success Recorded for Ada Pascoe: takes part again." in advisor.follow().words


def test_a_case_that_changed_meanwhile_is_a_conflict(advisor: Visitor, journey: Journey, ada: str) -> None:
    stale = advisor.open(f"{ada}/").fields(f'action="{ada}/confirm"')
    journey._do(phases.agree, ADA, 1, actor=ADVISOR)
    advisor.post(f"{ada}/confirm", stale | {"name": "Ada"})
    assert advisor.answer.status_code == 409
    assert "What you typed is still here: look again, then send it again." in advisor.words
    assert not _people(journey)[0].name_confirmed


def test_people_of_another_case_and_forms_that_do_not_exist_are_not_found(
    advisor: Visitor, journey: Journey, case: str, ada: str
) -> None:
    fields = advisor.open(f"{ada}/").fields(f'action="{ada}/confirm"')
    for path in ("9/confirm", "1/burn", "0/confirm"):
        assert advisor.post(f"{case}/people/{path}", fields | {"name": "Ada"}).answer.status_code == 404
    assert not any(person.name_confirmed for person in _people(journey))


def test_nothing_is_recorded_for_a_journey_that_has_ended(
    advisor: Visitor, journey: Journey, case: str, ada: str
) -> None:
    _evidence(journey, *CODES)
    fields = advisor.open(f"{ada}/").fields(f'action="{ada}/confirm"')
    journey.fire("cancel", LEAD, note="The school has closed")
    fields["version"] = str(journey.row.version)
    for form in ("decide", "review"):
        sent = fields | {"name": "Ada", "decision": "defer", "reason": "role"} | _reviewed(set(CODES), set())
        advisor.post(f"{case}/people/1/{form}", sent)
        assert advisor.answer.status_code == 409
        assert "is cancelled; nothing can be recorded for it any more." in advisor.words
    assert forms_on(advisor, ada) == ["confirm", "correct"]
