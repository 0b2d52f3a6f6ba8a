"""Every page of a school in a real browser, in every state that a journey can be in: nothing for axe to find, no width
that makes it scroll sideways, and all of it done by keyboard, without scripts."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys import LEAD, Journey
from tests.web.browsing import Site, enter, sound, unfold
from tests.web.conftest import Clock
from tests.web.guests import browse_in, link_for
from tests.web.school.pages.test_names import PEOPLE, named
from tests.web.school.pages.test_school_record import _certify
from workflow.usecases import advisors, appointments
from workflow.usecases.notes import questions

#: Some words of each page, by its address.
PAGES = {"": "What is to do", "/people": "Your people", "/dates": "Meetings ahead", "/messages": "Ask a question"}


def nobody_named(_journey: Journey) -> None:
    """As it begins."""


def dates_on_offer(journey: Journey) -> None:
    journey.to("training_1")
    journey._do(appointments.offer, "training_1", [journey.now + timedelta(days=20), journey.now + timedelta(days=27)])


def on_hold(journey: Journey) -> None:
    dates_on_offer(journey)
    journey.fire("hold", LEAD, note="The head is away", values={"review_on": "2026-01-05"})


def ended(journey: Journey) -> None:
    journey.nominate().fire("cancel", LEAD, note="They wrote.")


def all_recognised(journey: Journey) -> None:
    _certify(journey)


@pytest.mark.parametrize("state", [nobody_named, dates_on_offer, on_hold, ended, all_recognised])
def test_axe_finds_nothing_on_any_page_in_any_state(
    page: Page, site: Site, journey: Journey, clock: Clock, state: Callable[[Journey], None]
) -> None:
    state(journey)
    clock.now = journey.now
    home = browse_in(page, site, journey.reference)
    person = {"/people/1": "Name on the certificate"} if state is not nobody_named else {}
    for end, words in {**PAGES, "/certificates": "How anybody checks one", **person}.items():
        page.goto(home + end)
        unfold(page)
        sound(page, words)


def test_axe_finds_nothing_where_something_is_wrong_or_somebody_is_not_in(
    page: Page, site: Site, journey: Journey
) -> None:
    page.goto(f"{site.school(journey)}/people")
    sound(page, "brings you to this page")
    home = browse_in(page, site, journey.reference)
    page.goto(f"{home}/people")
    page.click("text=Name these people")
    sound(page, "Person 1: enter a name")
    page.fill("#nominate-many-name-2", "Dov Rosen")
    page.click("text=Add more rows")
    assert page.url.endswith("#person-6")
    sound(page, "Person 10")
    assert page.input_value("#nominate-many-name-2") == "Dov Rosen"


def test_axe_finds_nothing_where_the_advisor_is_asked(page: Page, site: Site, journey: Journey) -> None:
    journey._do(advisors.hand_over, "lead_advisor.web@example.org", note="Ring first.", actor=LEAD)
    with journey.store.writing() as session:
        questions.ask(session, journey.id, "May two of us come? " * 20, journey.now)
    enter(page, site)
    page.goto(f"{site.url}/advisor/")
    sound(page, "What schools have asked you")


def test_a_file_is_looked_at_mended_and_taken_in_part(page: Page, site: Site, journey: Journey, tmp_path: Path) -> None:
    path = tmp_path / "staff.csv"
    path.write_text("Name,Email,Phase\nDov Rosen,dov@polwhevral.example.org,2\nKit Hay,,1\n")
    page.goto(f"{browse_in(page, site, journey.reference)}/people")
    page.click("text=Upload a list instead")
    page.set_input_files("#upload-people-file", path)
    with page.expect_navigation():
        page.click("text=Look at this list")
    sound(page, "Person 2: enter their work email address")
    page.set_viewport_size({"width": 1280, "height": 900})
    with page.expect_navigation():
        page.click("text=Name those that are right")
    sound(page, "Thank you. 1 person is named")
    page.fill("#nominate-many-email-1", "kit@polwhevral.example.org")
    with page.expect_navigation():
        page.click("text=Name these people")
    assert [name for name, *_ in named(journey)] == ["Dov Rosen", "Kit Hay"]


def test_people_are_named_and_a_date_is_asked_for_by_keyboard_alone_without_scripts(
    browser: Browser, site: Site, journey: Journey
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site.url + link_for(site.app, journey.reference))
    _press(page, "Go on")
    _press(page, "Name at least three staff")
    for number, (name, email, _) in enumerate(PEOPLE, 1):
        for part, text in (("name", name), ("email", email)):
            page.focus(f"#nominate-many-{part}-{number}")
            page.keyboard.type(text)
        page.keyboard.press("Tab")
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    _press(page, "Name these people")
    assert "3 people are named" in page.inner_text("main")
    journey._do(appointments.offer, "training_1", [journey.now + timedelta(days=20)])
    page.reload()
    _press(page, "Dates")
    page.focus("#form-other-dates-training_1 summary")
    page.keyboard.press("Enter")
    page.focus("#other-dates-training_1-text")
    page.keyboard.type("A Tuesday in November.")
    _press(page, "Send this to your advisor")
    assert "Your advisor has a note of it" in page.inner_text("main")
    context.close()


def _press(page: Page, words: str) -> None:
    """By the tabulator to what says this, and presses it."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.locator(":focus").filter(has_text=words).count():
            with page.expect_navigation():
                page.keyboard.press("Enter")
            return
    raise AssertionError(words)
