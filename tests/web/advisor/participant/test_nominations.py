"""What an advisor records about people on their page: each form done right, done wrong and done too late."""

import pytest

from tests.journeys import LEAD, Journey
from tests.web.visitor import Visitor
from workflow.store.tables.participant import Participant

ADA = {"name": "Ada Pascoe", "email": "Ada@polwhevral.example.org", "phase": "2"}


def _send(visitor: Visitor, case: str, form: str, **typed: str) -> Visitor:
    """Opens the page and sends its form with this address."""
    path = f"{case}/people/{form}"
    return visitor.post(path, visitor.open(f"{case}/people").fields(f'action="{path}"') | typed)


def _forms(visitor: Visitor, case: str) -> list[str]:
    text = visitor.open(f"{case}/people").answer.text
    return [part.partition('"')[0] for part in text.split(f'action="{case}/people/')[1:]]


def _people(journey: Journey) -> list[Participant]:
    with journey.store.reading() as session:
        return session.query(Participant).order_by(Participant.id).all()


def test_a_person_is_nominated(advisor: Visitor, journey: Journey, case: str) -> None:
    _send(advisor, case, "nominate", **ADA)
    assert advisor.answer.status_code == 303
    assert "Success Ada Pascoe is nominated." in advisor.follow().words
    (person,) = _people(journey)
    assert (person.name, person.email, person.phase) == ("Ada Pascoe", "ada@polwhevral.example.org", 2)


def test_the_last_nomination_needed_starts_the_training(advisor: Visitor, journey: Journey, case: str) -> None:
    for name in ("ada", "bryn", "cara"):
        _send(advisor, case, "nominate", **ADA | {"email": f"{name}@polwhevral.example.org"})
    words = advisor.follow().words
    assert "Success Ada Pascoe is nominated. The stage is now Training session 1." in words
    assert "emails are on their way." in words
    assert journey.stage == "training_1"


@pytest.mark.parametrize(
    ("typed", "sentence", "field"),
    [
        ({"name": " "}, "Enter the person’s name", "name"),
        ({"name": "=SUM(A1)"}, "The name begins with “=”, as a spreadsheet formula does; a name begins", "name"),
        ({"name": "x" * 121}, "The name is 121 characters long; at most 120 fit.", "name"),
        ({"email": ""}, "Enter the person’s email address", "email"),
        ({"email": "ada at school"}, "“ada at school” is not an email address.", "email"),
        ({"phase": ""}, "Choose the phase that meets the person’s experience", "phase"),
        ({"phase": "7"}, "Choose the phase that meets the person’s experience", "phase"),
    ],
)
def test_a_nomination_that_cannot_be_used_is_explained_at_its_field(
    advisor: Visitor, case: str, typed: dict[str, str], sentence: str, field: str
) -> None:
    _send(advisor, case, "nominate", **ADA | typed)
    assert advisor.answer.status_code == 422
    assert f"There is a problem {sentence}" in advisor.words
    assert f'href="#nominate-{field}"' in advisor.answer.text
    assert f'id="nominate-{field}"' in advisor.answer.text
    assert 'id="form-nominate" class="govuk-details app-choice" open' in advisor.answer.text
    assert ('value="2" selected' in advisor.answer.text) == ("phase" not in typed)
    assert "Nobody is named yet." in advisor.words


def test_a_name_is_never_markup(advisor: Visitor, case: str) -> None:
    _send(advisor, case, "nominate", **ADA | {"name": "<b>Ada</b>"})
    text = advisor.answer.text
    assert "<b>Ada" not in text
    assert text.count("&amp;lt;") == 0
    assert "The name has “<” in it, which stands in no name; leave it out." in advisor.words


def test_nobody_is_nominated_twice(advisor: Visitor, journey: Journey, case: str) -> None:
    _send(advisor, case, "nominate", **ADA)
    _send(advisor, case, "nominate", **ADA | {"name": "Ada P"})
    assert advisor.answer.status_code == 422
    assert "ada@polwhevral.example.org is the address of somebody who takes part already" in advisor.words
    assert len(_people(journey)) == 1


def test_somebody_who_withdrew_and_is_named_again_can_be_let_in_again(
    advisor: Visitor, journey: Journey, case: str
) -> None:
    journey.nominate()
    journey.withdraw("ada@polwhevral.example.org", "left")
    _send(advisor, case, "nominate", **ADA)
    assert advisor.answer.status_code == 422
    assert "Ada Pascoe was withdrawn on Monday 6 October 2025: has left the school." in advisor.words
    assert "To let them take part again with what they have done, decide so on their page" in advisor.words


def test_people_are_named_until_everybody_is_decided(advisor: Visitor, journey: Journey, case: str) -> None:
    assert _forms(advisor, case) == ["nominate"]
    journey.to("framework")
    assert _forms(advisor, case) == ["nominate"]
    journey.to("follow_up_1")
    assert _forms(advisor, case) == []


def test_a_case_that_changed_meanwhile_is_a_conflict(advisor: Visitor, journey: Journey, case: str) -> None:
    stale = advisor.open(f"{case}/people").fields("/people/nominate")
    journey.nominate()
    advisor.post(f"{case}/people/nominate", stale | ADA)
    assert advisor.answer.status_code == 409
    assert "What you typed is still here: look again, then send it again." in advisor.words
    assert 'href="#people"' in advisor.answer.text


def test_an_assessor_has_no_such_forms_and_may_not_send_them(assessor: Visitor, journey: Journey, case: str) -> None:
    journey.nominate()
    assert _forms(assessor, case) == []
    sent = ADA | {"csrf_token": assessor.fields("/sign-out")["csrf_token"], "version": str(journey.row.version)}
    for path in ("nominate", "1/decide", "1/confirm", "1/agree", "1/transfer"):
        assert assessor.post(f"{case}/people/{path}", sent).answer.status_code == 403


def test_nothing_is_recorded_for_a_journey_that_has_ended(advisor: Visitor, journey: Journey, case: str) -> None:
    journey.nominate()
    fields = advisor.open(f"{case}/people").fields("/people/nominate")
    journey.fire("cancel", LEAD, note="The school has closed")
    sent = fields | ADA | {"email": "new@polwhevral.example.org", "decision": "defer", "reason": "role"}
    sent["version"] = str(journey.row.version)
    for path in ("nominate", "1/decide"):
        advisor.post(f"{case}/people/{path}", sent)
        assert advisor.answer.status_code == 409
        assert "is cancelled; nothing can be recorded for it any more." in advisor.words
    assert _forms(advisor, case) == []
