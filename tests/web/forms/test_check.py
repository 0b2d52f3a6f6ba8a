"""What reaches others is told on a page of its own first, and done when just that is confirmed."""

from playwright.sync_api import Page
from sqlalchemy import func, select

from tests.journeys import PEOPLE, Journey
from tests.web.browsing import Site, enter, sound
from tests.web.visitor import Visitor
from workflow.store.tables.owed_effect import OwedEffect

_DATE = {"date-day": "24", "date-month": "11", "date-year": "2025", "time": "14:00", "place": "The hall"}


def _letters(journey: Journey) -> int:
    with journey.store.reading() as session:
        return session.scalar(select(func.count()).select_from(OwedEffect)) or 0


def _date_form(advisor: Visitor, case: str) -> dict[str, str]:
    return advisor.open(f"{case}/meeting/training_1/book").fields("meeting/training_1/book") | _DATE


def test_a_date_is_told_with_every_message_before_anybody_hears_of_it(
    advisor: Visitor, journey: Journey, case: str
) -> None:
    journey.to("training_1")
    letters, version = _letters(journey), journey.row.version
    advisor.ask(f"{case}/meeting/training_1/book", _date_form(advisor, case))
    assert advisor.answer.status_code == 200
    assert "Nothing has been recorded or sent yet." in advisor.words
    assert "5 messages" in advisor.words
    assert "To jenna@polwhevral.example.org" in advisor.words
    assert "Monday 24 November 2025" in advisor.words
    assert (_letters(journey), journey.row.version) == (letters, version)
    advisor.confirm()
    assert advisor.answer.status_code == 303
    assert "5 emails are on their way." in advisor.follow().words
    assert _letters(journey) == letters + 5


def test_what_was_typed_can_be_changed_and_is_asked_about_again(advisor: Visitor, journey: Journey, case: str) -> None:
    journey.to("training_1")
    there = f"{case}/meeting/training_1/book"
    advisor.ask(there, _date_form(advisor, case)).confirm(change="yes")
    assert advisor.answer.status_code == 200
    assert 'value="The hall"' in advisor.answer.text
    assert "There is a problem" not in advisor.words
    assert "Error" not in advisor.texts("title")[0]
    advisor.ask(there, _date_form(advisor, case)).confirm(**{"date-day": "25"})
    assert "What would happen is no longer what you saw." in advisor.words
    assert "Tuesday 25 November 2025" in advisor.words
    advisor.confirm()
    assert advisor.answer.status_code == 303


def test_a_yes_to_what_has_changed_meanwhile_is_none(advisor: Visitor, journey: Journey, case: str) -> None:
    journey.to("training_1")
    advisor.ask(f"{case}/meeting/training_1/book", _date_form(advisor, case))
    journey.withdraw(PEOPLE[0].email, "left")
    letters = _letters(journey)
    advisor.confirm()
    assert advisor.answer.status_code == 409
    assert _letters(journey) == letters


def test_what_reaches_nobody_is_done_at_once(advisor: Visitor, journey: Journey, case: str) -> None:
    journey.to("certification")
    person = f"{case}/people/1"
    asked = advisor.open(f"{person}/").fields("1/confirm") | {"name": "Ada Pascoe"}
    advisor.ask(f"{person}/confirm", asked)
    assert advisor.answer.status_code == 303


def test_an_award_is_approved_with_each_certificate_in_sight(lead: Visitor, journey: Journey, case: str) -> None:
    journey.to("certification").confirm_names()
    lead.open(f"{case}/do/approve_award")
    assert lead.answer.status_code == 200
    assert journey.stage == "certification"
    assert "3 certificates" in lead.words
    assert "Ada Pascoe" in lead.words
    lead.confirm()
    assert "certificates are on their way" in lead.follow().words


def test_a_trigger_that_is_not_open_leads_to_where_its_reasons_stand(advisor: Visitor, case: str) -> None:
    advisor.open(f"{case}/do/start_training")
    assert (advisor.answer.status_code, advisor.answer.location) == (
        303,
        f"{case}?form=start_training#form-start_training",
    )
    assert "0 members of staff are nominated" in advisor.follow().words


def test_a_trigger_that_asks_for_something_leads_to_its_form(advisor: Visitor, case: str) -> None:
    advisor.open(f"{case}/do/hold").follow()
    assert "Why is it going on hold?" in advisor.words


def test_axe_finds_nothing_on_it(page: Page, site: Site, journey: Journey, case: str) -> None:
    journey.to("follow_up_1").meet("follow_up_1", outputs="A mentoring lead in every phase.")
    enter(page, site)
    page.goto(f"{site.url}{case}/do/complete_follow_up_1")
    page.click("summary >> nth=0")
    sound(page, "Follow-up meeting 1 completed")


def test_a_year_that_nobody_means_is_asked_about(advisor: Visitor, journey: Journey, case: str) -> None:
    journey.to("training_1")
    day = {"value-review_on-day": "5", "value-review_on-month": "1", "value-review_on-year": "2206"}
    advisor.post(case, advisor.open(case).fields('value="hold"') | day | {"note": "Inspection."})
    assert advisor.answer.status_code == 422
    assert "The year must be between 2020 and 2030" in advisor.words
    assert 'href="#hold-review_on-year"' in advisor.answer.text
    assert 'value="2206"' in advisor.answer.text
