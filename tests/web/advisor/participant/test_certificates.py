"""Certificates on a participant's page for the council: replaced, withdrawn, and fetched."""

import io

from pypdf import PdfReader
from sqlalchemy import func, select

from tests.journeys import Journey
from tests.web.advisor.participant.test_page import forms_on, send
from tests.web.visitor import Visitor
from workflow.store.tables.certificate import Certificate
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


def test_a_certificate_is_looked_at_before_it_is_awarded_and_nothing_is_kept_of_it(
    lead: Visitor, journey: Journey, case: str
) -> None:
    journey.to("certification").confirm_names()
    lead.open(f"{case}/do/approve_award")
    there = f"{case}/people/1/specimen"
    assert lead.link("See the certificate of Ada Pascoe") == f"{there}.pdf"
    assert f'src="{there}.png"' in lead.answer.text
    answer = lead.open(f"{there}.pdf").answer
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    text = PdfReader(io.BytesIO(answer.data)).pages[0].extract_text()
    assert "Ada Pascoe" in text
    assert text.count("SPECIMEN") == 3, "across it, for its number, and in the address that the code leads to"
    picture = lead.open(f"{there}.png").answer
    assert (picture.mimetype, picture.data[:4]) == ("image/png", b"\x89PNG")
    with journey.store.reading() as session:
        assert session.scalar(select(func.count()).select_from(Certificate)) == 0
    assert lead.open("/verify/SPECIMEN").answer.status_code == 404


def test_nobody_is_shown_the_certificate_of_somebody_elsewhere(lead: Visitor, journey: Journey, case: str) -> None:
    journey.to("certification")
    assert lead.open(f"{case}/people/999/specimen.pdf").answer.status_code == 404


def test_a_certificate_that_would_bear_another_name_than_the_record_has_is_not_shown(
    lead: Visitor, journey: Journey, case: str
) -> None:
    _certify(journey)
    person = f"{case}/people/1"
    lead.ask(
        f"{person}/reissue", lead.open(f"{person}/").fields("1/reissue") | {"reason": "name", "name": "Ada Rose Pascoe"}
    )
    assert "Ada Rose Pascoe" in lead.words
    assert "See the certificate" not in lead.words
