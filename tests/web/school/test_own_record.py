"""A participant sees what they sent and what was decided, version by version, their meetings and certificates."""

import re
from io import BytesIO
from typing import Any

from flask import Flask
from PIL import Image
from playwright.sync_api import Page
from pypdf import PdfReader
from sqlalchemy import select

from tests.journeys import ADVISOR, Journey
from tests.queries_counted import counted
from tests.web.browsing import Site, sound
from tests.web.guests import browse_in, let_in
from tests.web.visitor import Visitor
from workflow.store.tables.submission import EvidenceAttachment
from workflow.usecases import certificates, evidence
from workflow.usecases.certificate_text import to_print
from workflow.usecases.evidence import Decision, EvidencePiece

CODES = ("1.1", "1.2", "1.3", "1.4")
ADA, BEN = 1, 2


def _send(journey: Journey, words: str) -> None:
    pieces = {code: EvidencePiece(f"{words} for {code}.") for code in CODES}
    journey._do(evidence.send_in, "ada@polwhevral.example.org", pieces)


def _review(journey: Journey, *not_met: str) -> None:
    decisions = {code: Decision(met=code not in not_met, text="Say what changed.") for code in CODES}
    journey._do(evidence.review, "ada@polwhevral.example.org", decisions, actor=ADVISOR)


def test_every_version_stands_there_with_what_was_decided(anybody: Visitor, journey: Journey, ada: str) -> None:
    _send(journey, "An early example")
    assert "Version 1, not read yet" in anybody.open(ada).words
    _review(journey, "1.2")
    words = anybody.open(ada).words
    assert "Version 1, read by the council" in words
    assert "An early example for 1.2. Say what changed." in words
    assert "1.2 Mentoring conversations that led to better practice: not met yet" in words


def test_meetings_stand_there_with_what_the_register_says(anybody: Visitor, ada: str) -> None:
    assert re.search(r"Training session 1, [^:]+ 2025: present", anybody.open(ada).words)


def test_a_file_is_downloaded_by_whoever_sent_it_alone(
    anybody: Visitor, app: Flask, journey: Journey, ada: str
) -> None:
    hidden = anybody.open(ada).fields("/send")
    texts = {f"text-{code}": "An example." for code in CODES}
    picture = BytesIO()
    Image.new("RGB", (8, 8)).save(picture, "PNG")
    sent: dict[str, Any] = {**hidden, **texts, "files-1.1": (BytesIO(picture.getvalue()), "mine.png")}
    anybody.post(f"{ada}/send", sent)
    with journey.store.reading() as session:
        number = session.scalars(select(EvidenceAttachment.id)).one()
    assert f"{ada}/file/{number}" in anybody.open(ada).answer.text
    assert anybody.open(f"{ada}/file/{number}").answer.status_code == 200
    ben = let_in(anybody, journey.reference, BEN)
    assert anybody.open(f"{ben}/file/{number}").answer.status_code == 404
    assert Visitor(app).open(f"{ada}/file/{number}").answer.status_code == 303
    assert anybody.open(f"{ada}/file/999").answer.status_code == 404


def test_the_name_is_seen_as_it_would_be_printed_and_has_no_number(anybody: Visitor, ada: str) -> None:
    page = anybody.open(f"{ada}/specimen.pdf").answer
    text = PdfReader(BytesIO(page.data)).pages[0].extract_text()
    assert "Ada Pascoe" in text
    assert "SPECIMEN" in text


def test_certificates_are_downloaded_by_their_owner_alone(anybody: Visitor, journey: Journey) -> None:
    journey.to("recognised")
    with journey.store.writing() as session:
        printed = to_print(session, journey.id, ADA, serial="7KQ2-M9RT-WX4H", owed_at=journey.now)
        certificates.issue(session, journey.id, ADA, printed, b"%PDF", owed_seq=1, now=journey.now)
    ada, ben = (let_in(anybody, journey.reference, number) for number in (ADA, BEN))
    address = anybody.open(ada).link("Download certificate")
    assert anybody.open(address).answer.mimetype == "application/pdf"
    serial = address.rpartition("/")[2]
    assert f"/verify/{serial}" in anybody.open(ada).answer.text
    assert anybody.open(f"{ben}/certificate/{serial}").answer.status_code == 404


def test_it_costs_the_same_however_much_was_sent(anybody: Visitor, journey: Journey, ada: str) -> None:
    _send(journey, "One")
    with counted(journey.store) as few:
        anybody.open(ada)
    for _ in range(3):
        _review(journey, *CODES)
        _send(journey, "Another")
    with counted(journey.store) as many:
        anybody.open(ada)
    assert "Version 4" in anybody.words
    assert len(many) == len(few)


def test_axe_finds_nothing_on_it(page: Page, site: Site, journey: Journey) -> None:
    journey.to("framework")
    _send(journey, "An example")
    _review(journey, "1.2")
    browse_in(page, site, journey.reference, ADA)
    sound(page, "What you sent in")
