"""A participant reads what is kept about them, takes it along, and asks for it to be put right or erased."""

import json
from datetime import UTC, datetime, timedelta

from flask import Flask
from playwright.sync_api import Page
from sqlalchemy import select

from tests.journeys import ADVISOR, Journey
from tests.web.browsing import Site, enter, press, sound
from tests.web.conftest import NOON, Clock
from tests.web.guests import browse_in, let_in
from tests.web.post_box import PostBox, text_of
from tests.web.visitor import PASSWORD, Visitor
from workflow.domain.actor import Actor
from workflow.store.tables.requests.data_request import DataRequest
from workflow.store.tables.user import User
from workflow.usecases import evidence, participants
from workflow.usecases.accounts import members
from workflow.usecases.evidence import EvidencePiece
from workflow.usecases.notes import case_notes
from workflow.usecases.participants import Nominee

ADA, BEN = "ada@polwhevral.example.org", "ben@polwhevral.example.org"
ADMIN = "admin.web@example.org"
CODES = ("1.1", "1.2", "1.3", "1.4")


def _admin(journey: Journey, app: Flask) -> Visitor:
    with journey.store.writing() as session:
        members.add(session, ADMIN, name="Kensa Bray", role="admin", password=PASSWORD, now=NOON)
    return Visitor(app).sign_in(ADMIN)


def _ask(visitor: Visitor, page: str, kind: str, said: str) -> Visitor:
    fields = visitor.open(f"{page}/my-data").fields(f'action="{page}/my-data"')
    return visitor.post(f"{page}/my-data", fields | {"kind": kind, "said": said})


def _requests(journey: Journey) -> list[DataRequest]:
    with journey.store.reading() as session:
        return [*session.scalars(select(DataRequest).order_by(DataRequest.id))]


def test_a_participant_reads_and_takes_along_what_is_theirs_and_nothing_of_others(
    anybody: Visitor, journey: Journey, ada: str
) -> None:
    pieces = {code: EvidencePiece(f"What I did for {code}.") for code in CODES}
    journey._do(evidence.send_in, ADA, pieces, actor=Actor("participant", participant_id=1))
    with journey.store.writing() as session:
        author = session.get_one(User, ADVISOR.user_id)
        case_notes.write(session, journey.id, "Ada Pascoe was ill.", "council", author=author, now=journey.now)
    words = anybody.open(f"{ada}/my-data").words
    for said in (
        "Experience and evidence",
        "Who takes part, and whom to write to",
        "2 years after the engagement ends",
    ):
        assert said in words
    text = anybody.open(f"{ada}/my-data/everything.txt").answer
    assert text.headers["Content-Disposition"].startswith('attachment; filename="everything.txt"')
    assert "What I did for 1.3." in text.text
    whole = anybody.open(f"{ada}/my-data/everything.json").answer.text
    assert json.loads(whole)["names"] == ["Ada Pascoe"]
    for other in (BEN, "was ill", "jenna@", "salt"):
        assert other not in whole


def test_somebody_else_with_the_same_address_is_not_told_of(anybody: Visitor, journey: Journey, ada: str) -> None:
    there = Journey(journey.store, journey.now).begin(order="SFS-2", urn="900004")
    there._do(participants.nominate, [Nominee("Another Person", ADA, 1)], actor=Actor("school_lead"))
    assert "Another Person" not in anybody.open(f"{ada}/my-data/everything.json").answer.text


def test_what_is_asked_reaches_an_administrator_who_answers_within_a_month(
    anybody: Visitor, journey: Journey, ada: str, app: Flask, post: PostBox
) -> None:
    admin = _admin(journey, app)
    _ask(anybody, ada, "correction", "My name is written Pasco.")
    assert "You hear from us within one month." in anybody.follow().words
    (letter,) = [one for one in post.collect() if one["To"].addresses[0].addr_spec == ADMIN]
    assert letter["Subject"] == "Somebody asks about their data in Recognition"
    assert "/admin/privacy" in text_of(letter)
    assert "Pasco" not in text_of(letter)
    told = admin.open("/admin/privacy").words
    assert "My name is written Pasco." in told
    assert "to be answered by 6 November 2025" in told
    fields = admin.fields("/admin/privacy/requests/1/answer")
    assert admin.post("/admin/privacy/requests/1/answer", fields | {"reply": " "}).answer.status_code == 422
    admin.post("/admin/privacy/requests/1/answer", fields | {"reply": "It is Pasco now."})
    assert "They have a letter that says where to read it." in admin.follow().words
    assert "My name is written" not in admin.words
    letter = post.collect()[-1]
    assert letter["To"].addresses[0].addr_spec == ADA
    assert ada.rsplit(".", 2)[0] in text_of(letter), "the address of their page"
    assert "It is Pasco now." not in text_of(letter)
    assert "It is Pasco now." in anybody.open(f"{ada}/my-data").words
    assert admin.post("/admin/privacy/requests/1/answer", fields | {"reply": "Again."}).answer.status_code == 409


def test_the_same_is_not_asked_twice_and_a_correction_says_what_is_wrong(
    anybody: Visitor, journey: Journey, ada: str
) -> None:
    assert "Choose what you ask for." in _ask(anybody, ada, "", "").words
    assert "What is wrong, and what would be right is empty." in _ask(anybody, ada, "correction", " ").words
    assert _ask(anybody, ada, "erasure", "").answer.status_code == 303
    assert "You asked for this on Monday 6 October 2025." in _ask(anybody, ada, "erasure", "").words
    assert [one.kind for one in _requests(journey)] == ["erasure"]


def test_a_month_ends_on_its_day_or_with_the_shorter_month(
    anybody: Visitor, journey: Journey, ada: str, clock: Clock
) -> None:
    for at, kind in (
        (datetime(2026, 1, 31, 9, tzinfo=UTC), "erasure"),
        (datetime(2026, 12, 15, tzinfo=UTC), "correction"),
    ):
        clock.now = at
        let_in(anybody, journey.reference, 1)
        _ask(anybody, ada, kind, "All of it.")
    due = [datetime(2026, 2, 28, 9, tzinfo=UTC), datetime(2027, 1, 15, tzinfo=UTC)]
    assert [one.due_at for one in _requests(journey)] == due


def test_whoever_is_erased_leaves_no_request_and_a_late_one_is_marked(
    anybody: Visitor, journey: Journey, ada: str, app: Flask, clock: Clock
) -> None:
    _ask(anybody, ada, "erasure", "I leave.")
    clock.now += timedelta(days=32)
    admin = _admin(journey.withdraw(ADA, "left"), app)
    assert "Late Asked on" in admin.open("/admin/privacy").words
    fields = admin.ask("/admin/privacy/find", admin.fields("/admin/privacy/find") | {"email": ADA}).fields(
        "privacy/erase"
    )
    admin.ask("/admin/privacy/erase", fields | {"email": ADA, "sure": "yes"})
    assert _requests(journey) == []


def test_axe_finds_nothing_on_it(page: Page, site: Site, journey: Journey) -> None:
    journey.to("framework")
    with journey.store.writing() as session:
        members.add(session, ADMIN, name="Kensa Bray", role="admin", password=PASSWORD, now=NOON)
    browse_in(page, site, journey.reference, 1)
    page.click("text=Your data")
    sound(page, "What is kept")
    press(page, "#ask-heading ~ form button")
    sound(page, "Choose what you ask for.")
    page.check("[value=correction]")
    page.fill("#ask-said", "My name is written Pasco.")
    press(page, "#ask-heading ~ form button")
    sound(page, "You hear from us by")
    enter(page, site, email=ADMIN)
    page.goto(f"{site.url}/admin/privacy")
    sound(page, "My name is written Pasco.")


def test_an_answer_that_took_long_to_write_is_put_back(
    anybody: Visitor, journey: Journey, ada: str, app: Flask, clock: Clock
) -> None:
    _ask(anybody, ada, "correction", "My name is written Pasco.")
    admin = _admin(journey, app)
    fields = admin.open("/admin/privacy").fields("/admin/privacy/requests/1/answer")
    clock.now += timedelta(minutes=16)
    admin.post("/admin/privacy/requests/1/answer", fields | {"reply": "It took me a while to find out."})
    again = admin.fields('action="/advisor/again"') | {"password": PASSWORD}
    assert "It took me a while to find out." in admin.post("/advisor/again", again).answer.text
