"""The council's own name and colours, on pages, above emails and on certificates."""

import io
from dataclasses import replace

import pytest
from flask import Flask
from pypdf import PdfReader

from config.settings import Settings
from tasks.mail.letter_page import page
from tests.journeys import Journey
from tests.web.visitor import Visitor
from tests.workflow.usecases.printing.test_printer import TEMPLATES, printed
from web.application import create_app
from workflow.domain.look import USUAL, Look
from workflow.mail.letters import Letter
from workflow.mail.signed_links import Links
from workflow.offer.emails.email_template import EmailTemplate
from workflow.store.session import Store
from workflow.usecases.printing.printer import specimen_of

PLUM = Look("Devon County Council", "#3b1247", "#8a1c5a")


@pytest.fixture
def elsewhere(settings: Settings, store: Store) -> Visitor:
    """The pages of a council that has a look of its own."""
    chosen = replace(settings, council=PLUM.name, header_colour=PLUM.header, accent_colour=PLUM.accent)
    return Visitor(create_app(chosen, store=store))


def test_pages_have_the_councils_name_and_one_style_sheet_its_colours(elsewhere: Visitor) -> None:
    start = elsewhere.open("/").answer.text
    assert "Devon County Council" in start
    assert 'content="#3b1247"' in start
    (there,) = [part.partition('"')[0] for part in start.split('href="') if part.startswith("/look.css")]
    answer = elsewhere.open(there).answer
    assert (answer.mimetype, answer.headers["Cache-Control"]) == ("text/css", "public, max-age=86400")
    assert "--app-navy: #3b1247;" in answer.text
    assert "--app-teal: #8a1c5a;" in answer.text
    assert "--govuk-link-colour: #8a1c5a;" in answer.text
    again = elsewhere.client.get(there, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_without_a_setting_the_offers_say_whose_service_it_is(app: Flask) -> None:
    visitor = Visitor(app)
    assert "Cornwall Council" in visitor.open("/").words
    assert "--app-navy: #12284c;" in visitor.open("/look.css").answer.text


def _letter(look: Look) -> str:
    body = "[Open it](https://example.org)\n\nOr [look](https://example.org).\n\n> Well done."
    template = EmailTemplate(name="made-up", subject="Hello", to=("school_lead",), body=body)
    letter = Letter("Ada", "ada@example.org", "a@example.org", "Cornwall Council", template.render({}, look=look), look)
    return page(letter)


def test_emails_have_them_too() -> None:
    own, usual = _letter(PLUM), _letter(USUAL)
    assert "Devon County Council" in own
    assert 'bgcolor="#3b1247"' in own
    assert own.count("#8a1c5a") == 3, "the button, the link and the edge of what is quoted"
    assert not {"#12284c", "#0b6b6b", "#0a5c7a"} & {own[at : at + 7] for at in range(len(own))}
    assert 'bgcolor="#12284c"' in usual
    assert usual.count("#0b6b6b") == 2
    assert "color:#0a5c7a" in usual


def test_a_certificate_has_the_colours_that_a_council_chose_and_otherwise_its_own() -> None:
    def drawn(look: Look) -> bytes:
        pdf = specimen_of(str(TEMPLATES[0]), printed("Ada Pascoe"), "http://localhost/verify/x", "pdf", look)
        return PdfReader(io.BytesIO(pdf)).pages[0].get_contents().get_data()  # type: ignore[union-attr]

    own, usual = drawn(PLUM), drawn(USUAL)
    assert own != usual
    assert drawn(Look("Devon County Council")) == usual


def test_a_page_of_one_offer_has_the_name_too_and_no_style_of_its_own(
    elsewhere: Visitor, journey: Journey, settings: Settings
) -> None:
    answer = elsewhere.open(Links("", settings.secret_key).status(journey.reference)).answer
    assert '<span class="app-header__provider">Devon County Council</span>' in answer.text
    assert "style-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "style=" not in answer.text
