"""Files that a participant chooses are kept, one criterion at a time, until the evidence is sent: by a script, or by a
button."""

import sqlite3
import sys
from base64 import b64encode
from contextlib import closing
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page
from sqlalchemy import func, select

from tasks.mail.server import mail_server
from tasks.tick import pass_once
from tests.journeys import Journey
from tests.web.browsing import Site, sound
from tests.web.conftest import Clock
from tests.web.forms.begun import CODES, WORDS
from tests.web.guests import browse_in, let_in
from tests.web.visitor import Visitor
from tests.workflow.documents.hostile import plain_pdf
from tests.workflow.documents.test_evidence_file import picture
from tests.worlds import world_with
from workflow.documents.evidence_file import inspect
from workflow.domain.actor import Actor
from workflow.mail.signed_links import Links
from workflow.store.tables.requests.unsent_file import UnsentFile
from workflow.store.tables.submission import Evidence, EvidenceAttachment, StoredFile
from workflow.usecases import participants
from workflow.usecases.participants import Nominee
from workflow.usecases.people import unsent_files
from workflow.usecases.people.drafts import KEPT

PDF = plain_pdf()
NOT_ONE = b"These are only words."


def _rows(journey: Journey) -> list[tuple[str, str]]:
    with journey.store.reading() as session:
        return [(one.criterion, one.name) for one in session.scalars(select(UnsentFile).order_by(UnsentFile.id))]


def _contents(journey: Journey) -> int:
    with journey.store.reading() as session:
        return session.scalar(select(func.count()).select_from(StoredFile)) or 0


def _attached(journey: Journey) -> list[tuple[str, str]]:
    own = select(Evidence.criterion, EvidenceAttachment.name).join(
        Evidence, Evidence.id == EvidenceAttachment.evidence_id
    )
    with journey.store.reading() as session:
        return [(code, name) for code, name in session.execute(own.order_by(EvidenceAttachment.id))]


def _send(visitor: Visitor, page: str, to: str, **typed: Any) -> Visitor:
    fields = visitor.open(page).fields("/send") | {name.replace("__", "-"): value for name, value in typed.items()}
    return visitor.post(f"{page}/{to}", fields)


def _file(name: str, content: bytes = PDF) -> tuple[BytesIO, str]:
    return BytesIO(content), name


def test_a_file_is_kept_with_the_draft_and_goes_with_the_evidence(
    anybody: Visitor, journey: Journey, ada: str, clock: Clock
) -> None:
    _send(anybody, ada, "draft", **{"text-1.1": WORDS, "files-1.1": _file("plan.pdf"), "files-1.3": _file("log.pdf")})
    assert "Your draft is kept." in anybody.follow().words
    assert _rows(journey) == [("1.1", "plan.pdf"), ("1.3", "log.pdf")]
    clock.now += timedelta(days=1)
    let_in(anybody, journey.reference, 1)
    assert "plan.pdf will go with it" in anybody.open(ada).words
    texts = {f"text-{code}": f"An example for {code}." for code in CODES if code != "1.3"}
    _send(anybody, ada, "send", **texts, **{"files-1.1": _file("more.pdf", plain_pdf() + b"\n%")})
    assert "Your evidence is sent in." in anybody.follow().words
    assert _attached(journey) == [("1.1", "plan.pdf"), ("1.1", "more.pdf"), ("1.3", "log.pdf")]
    assert _rows(journey) == []
    assert _contents(journey) == 2


def test_a_file_that_cannot_be_taken_is_said_at_once_and_the_others_are_kept(
    anybody: Visitor, journey: Journey, ada: str
) -> None:
    files = {"files-1.1": [_file("plan.pdf"), _file("words.pdf", NOT_ONE)]}
    answer = _send(anybody, ada, "draft", **{"text-1.1": WORDS}, **files).answer
    assert answer.status_code == 422
    assert "“words.pdf” is called a PDF and is not one." in anybody.words
    assert "classroom" in answer.text, "what was typed stands there still"
    assert _rows(journey) == [("1.1", "plan.pdf")]


def test_no_file_is_lost_where_the_evidence_cannot_be_sent_yet(anybody: Visitor, journey: Journey, ada: str) -> None:
    _send(anybody, ada, "send", **{"text-1.1": WORDS, "files-1.2": _file("plan.pdf")})
    assert anybody.answer.status_code == 422
    assert anybody.texts("title") == ["Error: Your page: Ada Pascoe – Recognition"]
    assert "1.3: send something for this criterion: words, a file, or both." in anybody.words
    assert "plan.pdf will go with it" in anybody.words
    texts = {f"text-{code}": f"An example for {code}." for code in CODES}
    _send(anybody, ada, "send", **texts, **{"files-1.2": _file("plan.pdf")})
    assert "Your evidence is sent in." in anybody.follow().words
    assert _attached(journey) == [("1.2", "plan.pdf")], "chosen again, it is the same file"


def test_one_is_removed_and_all_go_with_the_draft_that_is_thrown_away(
    anybody: Visitor, journey: Journey, ada: str
) -> None:
    _send(anybody, ada, "draft", **{"files-1.1": [_file("plan.pdf"), _file("log.pdf", PDF + b"\n%")]})
    _send(anybody, ada, "draft", **{"text-1.1": WORDS}, remove="1")
    assert _rows(journey) == [("1.1", "log.pdf")]
    assert _contents(journey) == 1
    assert "classroom" in anybody.follow().answer.text
    anybody.post(f"{ada}/draft", anybody.fields("throw_away") | {"throw_away": "yes"})
    assert "The draft is thrown away." in anybody.follow().words
    assert (_rows(journey), _contents(journey)) == ([], 0)


def test_more_than_the_offer_takes_are_not_kept(anybody: Visitor, journey: Journey, ada: str) -> None:
    files = [_file(f"{at}.png", picture("PNG", (8, 8 + at))) for at in range(6)]
    _send(anybody, ada, "draft", **{"files-1.1": files})
    assert "1.1: takes at most 5 files; “5.png” is not kept. Remove one first." in anybody.words
    assert len(_rows(journey)) == 5


def test_nobody_else_sees_or_removes_them(anybody: Visitor, advisor: Visitor, journey: Journey, ada: str) -> None:
    _send(anybody, ada, "draft", **{"files-1.1": _file("plan.pdf")})
    other = Visitor(anybody.client.application)
    cara = let_in(other, journey.reference, 3)
    case = f"/advisor/engagement/{journey.reference}"
    for visitor, page in ((other, cara), (advisor, f"{case}/people/1/"), (advisor, f"{case}/evidence")):
        assert "plan.pdf" not in visitor.open(page).answer.text
    _send(other, cara, "draft", remove="1")
    assert _rows(journey) == [("1.1", "plan.pdf")]


def test_what_nobody_sends_goes_after_ninety_days(
    anybody: Visitor, journey: Journey, ada: str, clock: Clock, tmp_path: Path
) -> None:
    world = world_with(journey.store, mail_server(f"maildir:{tmp_path / 'mail'}"))
    _send(anybody, ada, "draft", **{"files-1.1": _file("plan.pdf")})
    pass_once(world, clock.now + KEPT)
    assert _contents(journey) == 1
    pass_once(world, clock.now + KEPT + timedelta(seconds=1))
    assert (_rows(journey), _contents(journey)) == ([], 0)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, content in (("plan.pdf", PDF), ("log.pdf", PDF + b"\n%"), ("words.pdf", NOT_ONE)):
        (tmp_path / name).write_bytes(content)
    return tmp_path


def _kept(page: Page, code: str) -> str:
    return page.locator(f'[id="send-files-{code}-kept"]').inner_text()


def _said(page: Page, code: str, words: str) -> None:
    page.locator(f'[data-kept-said="files-{code}"]', has_text=words).wait_for()


_DROP = """([id, name, text]) => {
  const files = new DataTransfer();
  files.items.add(new File([Uint8Array.from(atob(text), (one) => one.charCodeAt(0))], name));
  const there = document.getElementById(id);
  there.dispatchEvent(new DragEvent("drop", { dataTransfer: files, bubbles: true, cancelable: true }));
}"""


def test_a_file_is_sent_as_soon_as_it_is_chosen_or_dropped(
    page: Page, site: Site, journey: Journey, folder: Path
) -> None:
    journey.to("framework")
    browse_in(page, site, journey.reference, 1)
    page.fill('[id="send-text-1.1"]', WORDS)
    page.set_input_files('[id="send-files-1.1-input"]', [folder / "plan.pdf", folder / "log.pdf"])
    _said(page, "1.1", "“plan.pdf”, “log.pdf”: kept until you send your evidence.")
    assert "plan.pdf" in _kept(page, "1.1")
    page.evaluate(_DROP, ["send-files-1.2", "dropped.pdf", b64encode(PDF).decode()])
    _said(page, "1.2", "“dropped.pdf”: kept")
    page.set_input_files('[id="send-files-1.3-input"]', folder / "words.pdf")
    _said(page, "1.3", "“words.pdf” is called a PDF and is not one.")
    assert _rows(journey) == [("1.1", "plan.pdf"), ("1.1", "log.pdf"), ("1.2", "dropped.pdf")]
    sound(page, "will go with it")
    page.reload()
    assert page.input_value('[id="send-text-1.1"]') == WORDS, "what was typed went along"
    with page.expect_navigation():
        page.locator('[id="send-files-1.1-kept"] button').first.click()
    assert "plan.pdf" not in _kept(page, "1.1")
    for code in CODES:
        page.fill(f'[id="send-text-{code}"]', f"An example for {code}.")
    page.set_input_files('[id="send-files-1.4-input"]', folder / "plan.pdf")
    with page.expect_navigation():
        page.click("text=Send in this evidence")
    assert "Your evidence is sent in." in page.inner_text("main")
    assert _attached(journey) == [("1.1", "log.pdf"), ("1.2", "dropped.pdf"), ("1.4", "plan.pdf")]


def test_the_page_is_whole_without_scripts(browser: Browser, site: Site, journey: Journey, folder: Path) -> None:
    journey.to("framework")
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        browse_in(page, site, journey.reference, 1)
        page.set_input_files('[id="send-files-1.1"]', folder / "plan.pdf")
        with page.expect_navigation():
            page.click("text=Save and come back later")
        assert "plan.pdf" in _kept(page, "1.1")
        with page.expect_navigation():
            page.locator('[id="send-files-1.1-kept"] button').click()
        assert _kept(page, "1.1") == ""


def test_a_link_alone_shows_none(anybody: Visitor, journey: Journey, ada: str, links: Links, app: Flask) -> None:
    _send(anybody, ada, "draft", **{"files-1.1": _file("plan.pdf")})
    assert "plan.pdf" not in Visitor(app).open(links.person(journey.reference, 1)).answer.text


class _Watch:
    """Asks, each time a child is begun to look into files, whether somebody else can write meanwhile."""

    def __init__(self, database: str) -> None:
        self.database, self.asked = database, list[bool]()

    def __call__(self, event: str, _about: object) -> None:
        if event == "subprocess.Popen" and self.database:
            with closing(sqlite3.connect(self.database, timeout=0, isolation_level=None)) as other:
                try:
                    other.execute("BEGIN IMMEDIATE")
                    self.asked.append(True)
                except sqlite3.OperationalError:
                    self.asked.append(False)


@pytest.mark.parametrize("button", ["draft", "send"])
def test_nobody_waits_while_files_are_looked_into(anybody: Visitor, journey: Journey, ada: str, button: str) -> None:
    watch = _Watch(str(journey.store.engine.url.database))
    sys.addaudithook(watch)
    texts = {f"text-{code}": f"An example for {code}." for code in CODES}
    _send(anybody, ada, button, **texts, **{"files-1.1": _file("plan.pdf"), "files-1.2": _file("no.pdf", NOT_ONE)})
    watch.database = ""
    assert watch.asked
    assert all(watch.asked)


def test_the_files_stay_where_another_draft_is_thrown_away_or_a_newer_one_is_kept(
    anybody: Visitor, journey: Journey, ada: str
) -> None:
    dovs = [Nominee("Dov Rosen", "dov@polwhevral.example.org", 1)]
    journey._do(participants.nominate, dovs, actor=Actor("school_lead"))
    dov = let_in(anybody, journey.reference, 4)
    with journey.store.writing() as session:
        unsent_files.keep(session, 4, {"1.1": inspect([("plan.pdf", PDF)], 10**6)}, 5, journey.now)
    fields = anybody.open(dov).fields(f'action="{dov}/propose"')
    anybody.post(f"{dov}/draft", fields | {"experience": WORDS})
    anybody.post(f"{dov}/draft", anybody.open(dov).fields("throw_away") | {"throw_away": "yes"})
    assert "The draft is thrown away." in anybody.follow().words
    _send(anybody, ada, "draft", **{"text-1.1": WORDS, "files-1.2": _file("log.pdf")})
    old = anybody.open(ada).fields("throw_away") | {"throw_away": "yes"}
    _send(anybody, ada, "draft", **{"text-1.1": f"{WORDS} And more of it."})
    anybody.post(f"{ada}/draft", old)
    assert "You have written more of it elsewhere since." in anybody.follow().words
    assert _rows(journey) == [("1.1", "plan.pdf"), ("1.2", "log.pdf")]
