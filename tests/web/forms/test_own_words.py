"""A paragraph of one's own in the letters of a step: typed where they are told, shown there, and sent just so."""

from pathlib import Path

from playwright.sync_api import Page
from sqlalchemy import select

from tasks.mail.server import mail_server
from tasks.tick import pass_once
from tests.journeys import Journey
from tests.web.browsing import Site, enter, sound
from tests.web.visitor import Visitor
from tests.worlds import world_with
from workflow.store.tables.owed_effect import OwedEffect
from workflow.store.tables.sent_email import SentEmail

_DATE = {"date-day": "24", "date-month": "11", "date-year": "2025", "time": "14:00", "place": "The hall"}
_FIELD = "paragraph-meeting-booked"
_WORDS = "Please bring the <folder> & your\nreading list {{ name }}."
_CHANGED = "What would happen is no longer what you saw."


def _ask(advisor: Visitor, journey: Journey, case: str) -> Visitor:
    journey.to("training_1")
    there = f"{case}/meeting/training_1/book"
    return advisor.ask(there, advisor.open(there).fields("meeting/training_1/book") | _DATE)


def _paragraphs(journey: Journey) -> set[tuple[str, str]]:
    with journey.store.reading() as session:
        own = select(OwedEffect.name, OwedEffect.paragraph).where(OwedEffect.paragraph != "")
        return {(name, text) for name, text in session.execute(own)}


def test_a_paragraph_is_shown_in_its_place_and_goes_out_just_so(
    advisor: Visitor, journey: Journey, case: str, tmp_path: Path
) -> None:
    _ask(advisor, journey, case)
    assert "Add your paragraph in “Date agreed for Training session 1” (5 messages)" in advisor.words
    advisor.confirm(**{_FIELD: _WORDS, "again": "yes"})
    assert _CHANGED not in advisor.words
    assert "5 messages" in advisor.words
    assert advisor.words.count("Please bring the <folder> & your reading list {{ name }}.") == 6, "in its field too"
    assert "reading list {{ name }}. For any question," in advisor.words
    assert "Change your paragraph in “Date agreed for" in advisor.words
    assert _paragraphs(journey) == set()
    advisor.confirm(**{_FIELD: _WORDS})
    assert advisor.answer.status_code == 303
    assert _paragraphs(journey) == {("meeting-booked", _WORDS)}
    pass_once(world_with(journey.store, mail_server(f"maildir:{tmp_path}")), journey.now)
    with journey.store.reading() as session:
        texts = session.scalars(select(SentEmail.text).where(SentEmail.subject.like("Date agreed%"))).all()
    assert [text.count(_WORDS) for text in texts] == [1] * 5
    assert "With a paragraph of their own in “meeting booked”" in advisor.open(f"{case}/history").words


def test_a_yes_is_none_to_words_that_were_not_shown(advisor: Visitor, journey: Journey, case: str) -> None:
    _ask(advisor, journey, case).confirm(**{_FIELD: "Bring a pen."})
    assert advisor.answer.status_code == 200
    assert _CHANGED in advisor.words
    assert "Bring a pen." in advisor.words
    assert _paragraphs(journey) == set()
    advisor.confirm(**{_FIELD: "Bring a pencil."})
    assert _CHANGED in advisor.words
    advisor.confirm(**{_FIELD: "Bring a pencil.\r\n"})
    assert advisor.answer.status_code == 303
    assert _paragraphs(journey) == {("meeting-booked", "Bring a pencil.")}


def test_an_empty_paragraph_and_one_for_a_letter_that_is_not_owed_change_nothing(
    advisor: Visitor, journey: Journey, case: str
) -> None:
    _ask(advisor, journey, case).confirm(**{_FIELD: " \n "})
    assert advisor.answer.status_code == 303
    assert _paragraphs(journey) == set()


def test_a_paragraph_that_is_too_long_is_told_at_its_field_and_kept_there(
    advisor: Visitor, journey: Journey, case: str
) -> None:
    _ask(advisor, journey, case).confirm(**{_FIELD: "x" * 1001})
    assert advisor.answer.status_code == 422
    assert advisor.texts("title")[0].startswith("Error: ")
    assert 'href="#paragraph-meeting-booked">The paragraph is 1001 characters long; at most 1000 fit.<' in (
        advisor.answer.text
    )
    assert "x" * 1001 in advisor.answer.text
    assert _paragraphs(journey) == set()


def test_it_stays_with_the_form_while_something_else_is_changed(advisor: Visitor, journey: Journey, case: str) -> None:
    _ask(advisor, journey, case).confirm(**{_FIELD: "Bring a pen.", "change": "yes"})
    asked = advisor.fields("meeting/training_1/book")
    assert asked[_FIELD] == "Bring a pen."
    advisor.ask(f"{case}/meeting/training_1/book", asked | _DATE | {"place": "The library"})
    assert "The library" in advisor.words
    assert "Bring a pen." in advisor.words


def test_axe_finds_nothing_on_it_with_a_paragraph(page: Page, site: Site, journey: Journey, case: str) -> None:
    journey.to("follow_up_1").meet("follow_up_1", outputs="A mentoring lead in every phase.")
    enter(page, site)
    page.goto(f"{site.url}{case}/do/complete_follow_up_1")
    page.click("text=Add your paragraph >> nth=0")
    page.fill("textarea >> nth=0", "Thank you for the tea.")
    page.click("text=Show it in its place >> nth=0")
    assert page.locator(".app-letter", has_text="Thank you for the tea.").count() > 0
    sound(page, "Follow-up meeting 1 completed")
