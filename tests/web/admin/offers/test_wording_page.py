"""An admin corrects an email, the page or the calendar: sees how it reads, what is wrong, and puts it into use."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from flask import Flask

from tests.conftest import NOW
from tests.keys import keys
from tests.web.visitor import PASSWORD, Visitor
from tests.workflow.usecases.offers.editing import NAME, Folder
from workflow.domain.actor import SYSTEM
from workflow.engine.catalogue import offers_of
from workflow.store.databases.patience import Patience
from workflow.store.session import Store
from workflow.usecases.accounts import members
from workflow.usecases.offers import revisions, running
from workflow.usecases.offers.install import install
from workflow.usecases.offers.offer_folders import OfferFolders
from workflow.usecases.offers.opening import open_record

PAGE = f"/admin/offers/{NAME}/emails/thank-you"
WORDS, CALENDAR = f"/admin/offers/{NAME}/words/page", f"/admin/offers/{NAME}/words/calendar"
TITLE = 'title = "Training session 1"'


@pytest.fixture
def store(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """With the first offer in the record."""
    monkeypatch.setattr(running, "_AGAIN", 0.0)
    with store.writing() as session:
        for email, role in (("admin@example.org", "admin"), ("auditor@example.org", "auditor")):
            members.add(session, email, name="Kensa", role=role, password=PASSWORD, now=NOW)
    folder = Folder(tmp_path / "offers")
    install(store, folder.path, actor=SYSTEM, now=NOW)
    url = store.engine.url.render_as_string(hide_password=False)
    folders = OfferFolders(tmp_path / "offers", tmp_path / "shelf", follow=False)
    opened = open_record(url, {"keys": keys, "hash_cost": "least"}, Patience(), folders, NOW)
    yield opened
    opened.close()


@pytest.fixture
def admin(app: Flask) -> Visitor:
    return Visitor(app).sign_in("admin@example.org")


def body(store: Store) -> str:
    with store.reading() as session:
        return offers_of(session).machine("mentoring", "2026-09").offer.emails["thank-you"].body


def text_of(admin: Visitor, page: str = PAGE) -> str:
    return typed(admin.open(page))


def form_of(admin: Visitor, page: str = PAGE) -> dict[str, str]:
    return admin.open(page).fields(f'action="{page}"')


def typed(admin: Visitor) -> str:
    """What stands in the field of the page that is open."""
    found = re.search(r"<textarea[^>]*>(.*?)</textarea>", admin.answer.text, re.DOTALL)
    assert found is not None
    return unescape(found[1])


def test_words_are_looked_at_and_then_put_into_use_as_a_revision(admin: Visitor, store: Store) -> None:
    changed = text_of(admin).replace("Dear ", "Good morning ")
    admin.post(PAGE, form_of(admin) | {"text": changed})
    assert "Good morning Morwenna Tregear" in admin.words
    assert "Good morning" not in body(store)
    admin.post(f"{PAGE}/use", admin.fields(f'action="{PAGE}/use"'))
    assert "“thank-you” is corrected: this is revision 2." in admin.follow().words
    assert "Good morning" in body(store)
    with store.reading() as session:
        assert [one.installed_by is not None for one in revisions.of(session, "mentoring", "2026-09")] == [True, False]


def test_a_mistake_is_told_with_its_line_and_what_was_typed_stays(admin: Visitor) -> None:
    admin.post(PAGE, form_of(admin) | {"text": text_of(admin) + "\n\n{{ nobody }}"})
    assert admin.answer.status_code == 422
    assert "emails/thank-you.md" in admin.words
    assert "nobody" in admin.words
    assert "{{ nobody }}" in typed(admin)


def test_who_it_is_for_is_no_word(admin: Visitor, store: Store) -> None:
    wider = text_of(admin).replace("to = [", 'to = ["lead_advisor", ')
    for path in (PAGE, f"{PAGE}/use"):
        admin.post(path, form_of(admin) | {"text": wider})
        assert admin.answer.status_code == 422
        assert "now goes to" in admin.words
    with store.reading() as session:
        assert revisions.newest(session) == 1


def test_two_who_correct_at_once_do_not_lose_each_others_words(admin: Visitor, store: Store) -> None:
    text, form = text_of(admin), form_of(admin)
    admin.post(f"{PAGE}/use", form | {"text": text.replace("Dear ", "Hello ")})
    admin.post(f"{PAGE}/use", form | {"text": text.replace("Dear ", "Good day ")})
    assert admin.answer.status_code == 409
    assert "Somebody has corrected this offer since you looked at it." in admin.words
    assert "Hello " in body(store)


def test_whoever_only_reads_is_offered_no_change(app: Flask) -> None:
    auditor = Visitor(app).sign_in("auditor@example.org")
    assert "Change the words" not in auditor.open(f"/admin/offers/{NAME}/emails").words
    assert auditor.open(PAGE).answer.status_code == 403


def test_an_email_that_is_not_there_is_not_found(admin: Visitor) -> None:
    assert "Change the words of thank-you" in admin.open(f"/admin/offers/{NAME}/emails").words
    assert admin.open(f"/admin/offers/{NAME}/emails/nothing").answer.status_code == 404


def test_titles_and_looks_of_the_page_are_corrected(admin: Visitor, store: Store) -> None:
    assert "Correct the words of the page" in admin.open(f"/admin/offers/{NAME}").words
    text, form = text_of(admin, WORDS), form_of(admin, WORDS)
    changed = text.replace(TITLE, 'title = "First training day"').replace(
        'team = "', 'brand = { accent = "#8a3324" }\nteam = "'
    )
    admin.post(WORDS, form | {"text": changed})
    assert "now “First training day” instead of “Training session 1”" in admin.words
    admin.post(f"{WORDS}/use", admin.fields(f'action="{WORDS}/use"'))
    assert "The page is corrected: this is revision 2." in admin.follow().words
    with store.reading() as session:
        offer = offers_of(session).machine("mentoring", "2026-09").offer
    assert (offer.appointment["training_1"].title, offer.offer.brand.accent) == ("First training day", "#8a3324")


@pytest.mark.parametrize(
    ("was", "becomes", "told"),
    [
        ('price = "265.00"', 'price = "300.00"', "The price is now £300.00 instead of £265.00."),
        (TITLE, 'title = ""', "offer.toml, line "),
        (TITLE, "title = ", "offer.toml: is not TOML: Invalid value (at line "),
        ('team = "', 'brand = { header = "#ffee00" }\nteam = "', "which is too light"),
    ],
)
def test_what_is_more_than_words_or_none_is_refused(
    admin: Visitor, store: Store, was: str, becomes: str, told: str
) -> None:
    changed = text_of(admin, WORDS).replace(was, becomes)
    for path in (WORDS, f"{WORDS}/use"):
        admin.post(path, form_of(admin, WORDS) | {"text": changed})
        assert (admin.answer.status_code, told in admin.words) == (422, True)
    assert becomes.splitlines()[0] in typed(admin)
    with store.reading() as session:
        assert revisions.newest(session) == 1


def test_a_closure_is_put_into_the_calendar(admin: Visitor) -> None:
    closure = '\n[[closure]]\nname = "Flood"\nstart = 2026-11-02\nend = 2026-11-03\n'
    admin.post(CALENDAR, form_of(admin, CALENDAR) | {"text": text_of(admin, CALENDAR) + closure})
    assert "Flood" in " ".join(admin.texts("li"))
    admin.post(f"{CALENDAR}/use", admin.fields(f'action="{CALENDAR}/use"'))
    assert "The calendar is corrected: this is revision 2." in admin.follow().words


def test_what_says_the_same_is_not_put_into_use(admin: Visitor) -> None:
    admin.post(WORDS, form_of(admin, WORDS) | {"text": text_of(admin, WORDS)})
    assert "It says what it said before." in admin.words
    assert "Put these words into use" not in admin.texts("button")


def test_an_auditor_reads_and_corrects_nothing(app: Flask) -> None:
    auditor = Visitor(app).sign_in("auditor@example.org")
    assert "Correct the words" not in auditor.open(f"/admin/offers/{NAME}").words
    assert auditor.open(WORDS).answer.status_code == 403
    assert auditor.open(f"/admin/offers/{NAME}/words/emails").answer.status_code == 404
