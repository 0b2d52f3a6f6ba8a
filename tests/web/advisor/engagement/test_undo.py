"""An advisor sees what taking the last step back would mean, and takes it back with a reason."""

from playwright.sync_api import Page
from sqlalchemy import update

from tests.journeys import ASSESSOR, Journey
from tests.web.browsing import Site, enter, sound
from tests.web.visitor import Visitor
from workflow.store.tables.owed_effect import OwedEffect


def test_the_consequences_are_told_before_it_is_done(advisor: Visitor, journey: Journey, case: str) -> None:
    journey.to("training_2")
    assert f'href="{case}/undo/"' in advisor.open(case).answer.text
    words = advisor.open(f"{case}/undo/").words
    assert "The last step was: Register taken: Training session 1." in words
    assert "The stage goes back from “Training session 2” to “Training session 1”." in words
    assert "Ada Pascoe is nominated again, not training." in words
    asked = advisor.fields("/undo/")
    advisor.post(f"{case}/undo/", asked | {"reason": " "})
    assert (advisor.answer.status_code, "Why is it taken back?" in advisor.words) == (422, True)
    assert journey.stage == "training_2"
    assert "at most 4000 fit" in advisor.post(f"{case}/undo/", asked | {"reason": "a" * 4001}).words
    advisor.post(f"{case}/undo/", asked | {"reason": "The wrong school."})
    assert "Taken back: Register taken: Training session 1." in advisor.follow().words
    assert "Last step taken back" in advisor.open(f"{case}/history").words
    assert journey.stage == "training_1"


def test_every_message_of_taking_back_can_be_read_before(advisor: Visitor, journey: Journey, case: str) -> None:
    journey.to("follow_up_2")
    with journey.store.writing() as session:
        session.execute(update(OwedEffect).values(status="done"))
    version = journey.row.version
    words = advisor.open(f"{case}/undo/").words
    assert "1 message Open one to read exactly what is sent." in words
    assert "To jenna@polwhevral.example.org" in words
    assert "(the reason that you give below)" in words
    assert journey.row.version == version


def test_what_changed_meanwhile_is_not_taken_back(advisor: Visitor, journey: Journey, case: str) -> None:
    journey.to("training_1")
    stale = advisor.open(f"{case}/undo/").fields("/undo/")
    journey.book("training_1")
    advisor.post(f"{case}/undo/", stale | {"reason": "A mistake."})
    assert advisor.answer.status_code == 409
    assert "This engagement has changed since you looked at it. Look again, then decide." in advisor.words
    assert "The last step was: Date agreed: Training session 1." in advisor.words


def test_at_the_beginning_there_is_nothing_to_take_back(advisor: Visitor, case: str) -> None:
    advisor.open(f"{case}/undo/")
    assert advisor.answer.status_code == 409
    assert "There is no step to take back: the engagement is as it began." in advisor.words


def test_an_assessor_takes_nothing_back(assessor: Visitor, journey: Journey, case: str) -> None:
    journey.to("qa_visit").meet("qa_visit")
    journey.fire("record_qa_met", ASSESSOR)
    assert assessor.open(f"{case}/undo/").answer.status_code == 403
    assert f'href="{case}/undo/"' not in assessor.open(case).answer.text


def test_axe_finds_nothing_on_it(page: Page, site: Site, journey: Journey, case: str) -> None:
    journey.to("training_2")
    enter(page, site)
    page.goto(f"{site.url}{case}/undo/")
    sound(page, "What follows if you take it back")
    with page.expect_navigation():
        page.click("form[action$='/undo/'] button")
    sound(page, "There is a problem")
