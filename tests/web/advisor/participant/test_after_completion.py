"""After the last step names, addresses and certificates are mended on pages, and what was right stays as it was."""

import mailbox
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from tasks.mail.server import mail_server
from tasks.tick import pass_once
from tests.journeys import Journey, name_from_before
from tests.web.advisor.participant.test_page import forms_on, send
from tests.web.visitor import Visitor
from tests.worlds import world_with
from workflow.queries import audit
from workflow.store.tables.certificate import Certificate
from workflow.store.tables.event import Event
from workflow.store.tables.owed_effect import OwedEffect

Deliver = Callable[[], list[str]]


@pytest.fixture
def deliver(journey: Journey, tmp_path: Path) -> Deliver:
    """One pass of the worker, an hour later. Returns to whom letters with a certificate have gone so far."""
    world = world_with(journey.store, mail_server(f"maildir:{tmp_path / 'mail'}"))

    def once() -> list[str]:
        pass_once(world, journey.now)
        letters = mailbox.Maildir(tmp_path / "mail", create=False)
        carried = [one for one in letters if any(part.get_content_type() == "application/pdf" for part in one.walk())]
        return sorted(str(one["To"]).rpartition("<")[2].strip(">") for one in carried)

    return once


@pytest.fixture
def finished(journey: Journey, deliver: Deliver) -> Journey:
    """Recognised, with a certificate for two and one that died of a name that nobody would enter today."""
    journey.to("recognised")
    name_from_before(journey, 1, "李小龍")
    assert deliver() == ["bryn@polwhevral.example.org", "cara@polwhevral.example.org"]
    return journey


def certificates(journey: Journey) -> list[tuple[str, str]]:
    with journey.store.reading() as session:
        assert audit.verify(session).faults == ()
        rows = session.scalars(select(Certificate).order_by(Certificate.id))
        return [(one.name, one.status) for one in rows]


def said(journey: Journey) -> list[str]:
    with journey.store.reading() as session:
        query = select(Event.name).where(Event.engagement_id == journey.id).order_by(Event.seq)
        return list(session.scalars(query))


def test_a_dead_certificate_is_told_named_rightly_and_tried_again(
    advisor: Visitor, finished: Journey, case: str, deliver: Deliver
) -> None:
    text = advisor.open(f"{case}/messages").words
    assert "The name “李小龍” has “李” in it, which the certificate cannot print." in text
    assert f'href="{case}/people/1/#forms"' in advisor.answer.text
    person = f"{case}/people/1"
    assert forms_on(advisor, person) == ["confirm", "correct"]
    send(advisor, person, "confirm", name="李小龍")
    assert "has “李” in it, which the certificate cannot print" in advisor.words
    send(advisor, person, "confirm", name="Lee Jun-fan")
    told = "The certificate will say “Lee Jun-fan”. The certificate that is stuck can be tried again now."
    assert told in advisor.follow().words
    with finished.store.reading() as session:
        dead = session.scalars(select(OwedEffect.id).where(OwedEffect.status == "dead")).one()
    path = f"/owed/{dead}/retry"
    advisor.post(f"{case}{path}", advisor.open(f"{case}/messages").fields(path))
    assert deliver() == [f"{name}@polwhevral.example.org" for name in ("ada", "bryn", "cara")]
    assert certificates(finished) == [
        ("Bryn Tregear", "issued"),
        ("Cara Nance", "issued"),
        ("Lee Jun-fan", "issued"),
    ]
    assert said(finished)[-3:] == ["name_confirmed", "effect_retried", "certificate_issued"]


def test_a_wrong_address_is_put_right_and_the_certificate_sent_again(
    advisor: Visitor, finished: Journey, case: str, deliver: Deliver
) -> None:
    person = f"{case}/people/2"
    send(advisor, person, "correct", name="Bryn Tregear", email="b.tregear@polwhevral.example.org")
    assert "Put right: Bryn Tregear, b.tregear@polwhevral.example.org." in advisor.follow().words
    send(advisor, person, "send-certificate")
    assert "goes to Bryn Tregear, b.tregear@polwhevral.example.org, once more." in advisor.follow().words
    assert deliver()[0] == "b.tregear@polwhevral.example.org"
    assert certificates(finished) == [("Bryn Tregear", "issued"), ("Cara Nance", "issued")]
    assert said(finished)[-2:] == ["participant_corrected", "certificate_sent_again"]


def test_a_wrong_name_is_replaced_and_the_old_certificate_is_valid_until_the_new_one_is_printed(
    lead: Visitor, finished: Journey, case: str, deliver: Deliver
) -> None:
    person = f"{case}/people/2"
    send(lead, person, "correct", name="Bryn Tregear-Rowe", email="bryn@polwhevral.example.org")
    assert "says “Bryn Tregear”: replace it to have it printed anew." in lead.follow().words
    send(lead, person, "reissue", reason="name", name="李")
    assert "has “李” in it" in lead.words
    send(lead, person, "reissue", reason="name", name="Bryn Tregear-Rowe")
    assert certificates(finished) == [("Bryn Tregear", "issued"), ("Cara Nance", "issued")]
    assert deliver().count("bryn@polwhevral.example.org") == 2
    assert certificates(finished) == [
        ("Bryn Tregear", "superseded"),
        ("Cara Nance", "issued"),
        ("Bryn Tregear-Rowe", "issued"),
    ]


def test_the_school_leads_address_is_put_right_at_the_end_too(advisor: Visitor, finished: Journey, case: str) -> None:
    form = f"{case}/contact/school_lead/change"
    right = {"name": "Jenna Rowe", "email": "j.rowe@polwhevral.example.org", "how": "same"}
    advisor.post(form, advisor.open(f"{case}/people").fields(form) | right)
    assert "Put right: Jenna Rowe, j.rowe@polwhevral.example.org." in advisor.follow().words
    assert finished.row.lead_email == "j.rowe@polwhevral.example.org"
    assert said(finished)[-1] == "contact_corrected"
    assert finished.row.standing == "completed"
