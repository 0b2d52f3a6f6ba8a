"""Certificates on a participant's page for the council: replaced, withdrawn, and fetched."""

from tests.journeys import Journey
from tests.web.advisor.participant.test_page import forms_on, send
from tests.web.visitor import Visitor
from workflow.usecases import certificates
from workflow.usecases.certificate_text import to_print


def _certify(journey: Journey) -> None:
    journey.to("recognised")
    with journey.store.writing() as session:
        printed = to_print(session, journey.id, 1, serial="7KQ2-M9RT-WX4H", owed_at=journey.now)
        certificates.issue(session, journey.id, 1, printed, b"%PDF", owed_seq=1, now=journey.now)


def test_a_lead_advisor_replaces_a_certificate_with_a_wrong_name(lead: Visitor, journey: Journey, case: str) -> None:
    _certify(journey)
    person = f"{case}/people/1"
    assert forms_on(lead, person) == ["confirm", "correct", "send-certificate", "reissue", "revoke"]
    send(lead, person, "reissue", name="Ada Rose Pascoe")
    assert 'href="#reissue-reason">Choose the reason<' in lead.answer.text
    send(lead, person, "reissue", reason="name", name="Ada Rose Pascoe")
    told = "A new certificate in place of 7KQ2-M9RT-WX4H is on its way to Ada Pascoe; the old one is valid until"
    assert f"Success {told}" in lead.follow().words
    send(lead, person, "reissue", reason="name", name="Ada R. Pascoe")
    assert "A new certificate in place of 7KQ2-M9RT-WX4H is being made already." in lead.words


def test_a_lead_advisor_withdraws_a_certificate_and_an_advisor_cannot(
    lead: Visitor, advisor: Visitor, journey: Journey, case: str
) -> None:
    _certify(journey)
    person = f"{case}/people/1"
    assert forms_on(advisor, person) == ["confirm", "correct", "send-certificate"]
    send(lead, person, "revoke", reason="error")
    assert "Success The certificate 7KQ2-M9RT-WX4H is withdrawn, and Ada Pascoe is told." in lead.follow().words
    assert "7KQ2-M9RT-WX4H" in lead.open(f"{case}/people").words
