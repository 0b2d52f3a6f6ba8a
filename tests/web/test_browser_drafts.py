"""Drafts in a real browser: kept as one types, found on another device, and all of it by keyboard without scripts."""

from datetime import timedelta
from functools import partial

import pytest
from playwright.sync_api import Browser, Page, Request, Route, expect

from tests.journeys import Journey
from tests.web.browsing import EMAIL, Site, enter, sound
from tests.web.conftest import Clock
from tests.web.forms.begun import CODES, OTHERS, WORDS, kept, reviews, send_back, send_in
from tests.web.guests import browse_in

FIELD = "#review-comment-1\\.1"
SAID = "form[action$='/review'] [data-draft-said]"
#: Typing has stopped for this long when it is kept, and nothing is kept again for that long, in milliseconds.
QUIET, APART = 3000, 10_000


@pytest.fixture
def waiting(journey: Journey, site: Site) -> str:
    """Ada's page for the council, with evidence that waits for a review."""
    journey.to("framework")
    send_in(journey, *CODES)
    return f"{site.url}/advisor/engagement/{journey.reference}/people/1/"


@pytest.fixture
def own(page: Page, journey: Journey, site: Site) -> str:
    """Ada's own page, at the framework; she is in for it."""
    journey.to("framework")
    return browse_in(page, site, journey.reference, 1)


def open_it(page: Page, site: Site, there: str) -> None:
    enter(page, site)
    page.clock.install()
    page.goto(there)


def write(page: Page, text: str, field: str = FIELD) -> None:
    """And stops to think."""
    page.fill(field, text)
    page.clock.run_for(QUIET)


def test_what_is_typed_is_kept_and_found_on_another_device(
    browser: Browser, site: Site, journey: Journey, waiting: str
) -> None:
    desk = browser.new_context()
    page = desk.new_page()
    enter(page, site)
    page.goto(waiting)
    page.locator(FIELD).press_sequentially(WORDS)
    page.check("#review-decision-1\\.1-2")
    expect(page.locator(SAID)).to_have_text("Draft kept at 12pm.", timeout=15_000)
    assert page.get_attribute(SAID, "role") == "status"
    desk.close()
    home = browser.new_context()
    page = home.new_page()
    enter(page, site)
    page.goto(waiting)
    assert page.input_value(FIELD) == WORDS
    assert page.is_checked("#review-decision-1\\.1-2")
    assert "This is your draft of 6 October 2025 at 12pm." in page.inner_text("main")
    home.close()
    assert reviews(journey) == 0


def test_nothing_is_kept_while_one_types_nor_more_often_than_every_ten_seconds(
    page: Page, site: Site, waiting: str
) -> None:
    open_it(page, site, waiting)
    sent: list[Request] = []
    page.on("request", lambda one: sent.append(one) if one.url.endswith("/draft") else None)
    for part in range(4):
        page.locator(FIELD).press_sequentially(f"{part} ")
        page.clock.run_for(QUIET - 500)
    assert sent == []
    page.clock.run_for(500)
    expect(page.locator(SAID)).to_have_text("Draft kept at 12pm.")
    write(page, f"{WORDS} More.")
    page.clock.run_for(APART - QUIET - 1500)
    assert len(sent) == 1
    with page.expect_response("**/draft"):
        page.clock.run_for(2000)
    assert [one.method for one in sent] == ["POST", "POST"]


def test_whoever_types_without_a_pause_is_not_left_without_a_draft(page: Page, site: Site, waiting: str) -> None:
    open_it(page, site, waiting)
    for part in range(11):
        page.locator(FIELD).press_sequentially(f"{part} ")
        page.clock.run_for(2000)
    expect(page.locator(SAID)).to_have_text("Draft kept at 12pm.")


def test_two_windows_of_one_person_are_told_of_each_other(page: Page, site: Site, waiting: str, clock: Clock) -> None:
    open_it(page, site, waiting)
    other = page.context.new_page()
    other.clock.install()
    other.goto(waiting)
    write(page, WORDS)
    expect(page.locator(SAID)).to_have_text("Draft kept at 12pm.")
    clock.now += timedelta(minutes=2)
    write(other, OTHERS)
    expect(other.locator(SAID)).to_contain_text(
        "Draft kept at 12:02pm. It was changed elsewhere, 6 October 2025 at 12pm."
    )
    other.reload()
    assert other.input_value(FIELD) == OTHERS
    other.click("text=What you wrote elsewhere, 6 October 2025 at 12pm")
    assert WORDS in other.inner_text("main")


def test_a_form_that_is_sent_while_its_draft_is_on_the_way_leaves_none(
    page: Page, site: Site, journey: Journey
) -> None:
    open_it(page, site, f"{site.url}/advisor/engagement/{journey.reference}/notes")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    asked: list[Request] = []

    def note(one: Request) -> None:
        asked.append(one)

    page.on("request", note)
    page.route("**/advisor/draft", hold)
    with page.expect_request("**/advisor/draft"):
        write(page, WORDS, "#note-text")
    with page.expect_response(lambda answer: answer.request.method == "POST" and answer.url.endswith("/notes")) as sent:
        page.click("text=Keep this note", no_wait_after=True)
        page.title()
        assert [one.url for one in asked if one.method == "POST"] == [f"{site.url}/advisor/draft"]
        held[0].continue_()
    assert sent.value.status == 303
    page.locator("article", has_text=WORDS).wait_for()
    assert (len(held), kept(journey)) == (1, [])


def test_whoever_is_signed_out_is_told_and_the_words_come_through_the_sign_in(
    page: Page, site: Site, journey: Journey, waiting: str, clock: Clock
) -> None:
    open_it(page, site, waiting)
    clock.now += timedelta(hours=9)
    write(page, WORDS)
    expect(page.locator(SAID)).to_contain_text("Your draft is not kept, as you are not signed in any more.")
    page.click("text=Save and come back later")
    page.fill("#email", EMAIL)
    page.fill("#password", "a long enough password")
    page.click("main button[type=submit]")
    page.click("text=Send it again")
    assert page.input_value(FIELD) == WORDS
    assert len(kept(journey)) == 1


def sign_in_elsewhere(page: Page, site: Site, email: str) -> None:
    """In another window of the same browser, which ends the session that the first one knew."""
    other = page.context.new_page()
    other.goto(site.url)
    page.context.clear_cookies()
    enter(other, site, email=email)
    other.close()


def test_whoever_signs_in_again_in_another_window_goes_on_in_this_one(
    page: Page, site: Site, journey: Journey, waiting: str
) -> None:
    open_it(page, site, waiting)
    sign_in_elsewhere(page, site, EMAIL)
    write(page, WORDS)
    expect(page.locator(SAID)).to_have_text("Draft kept at 12pm.")
    page.click("text=Save and come back later")
    assert page.input_value(FIELD) == WORDS
    assert len(kept(journey)) == 1


def test_what_one_person_writes_is_never_kept_for_another_who_signed_in_meanwhile(
    page: Page, site: Site, journey: Journey, waiting: str
) -> None:
    open_it(page, site, waiting)
    sign_in_elsewhere(page, site, "advisor.web@example.org")
    write(page, WORDS)
    expect(page.locator(SAID)).to_contain_text("Your draft is not kept, as this page was open too long.")
    assert kept(journey) == []


def test_a_participant_goes_on_without_scripts_by_keyboard_alone(
    browser: Browser, site: Site, journey: Journey
) -> None:
    journey.to("framework")
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    own = browse_in(page, site, journey.reference, 1)
    page.focus("#send-text-1\\.1")
    page.keyboard.type(WORDS)
    tabs = partial(tab_to, page)
    tabs("Save and come back later")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "Your draft is kept." in page.inner_text("main")
    assert page.input_value("#send-text-1\\.1") == WORDS
    assert "There is a problem" not in page.inner_text("main")
    page.goto(own)
    tabs("Throw it away")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "The draft is thrown away." in page.inner_text("main")
    assert page.input_value("#send-text-1\\.1") == ""
    assert kept(journey) == []
    context.close()


def tab_to(page: Page, words: str) -> None:
    """By the tabulator alone, to the first button that says this."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.locator(":focus").filter(has_text=words).count():
            return
    raise AssertionError(words)


def test_the_return_key_in_a_line_sends_the_form_and_throws_nothing_away(
    page: Page, site: Site, journey: Journey
) -> None:
    there = f"{browse_in(page, site, journey.reference)}/people"
    page.clock.install()
    page.goto(there)
    write(page, "Dov Rosen", "#nominate-many-name-1")
    expect(page.locator("[data-draft-said]").first).to_have_text("Draft kept at 12pm.")
    page.reload()
    page.press("#nominate-many-name-1", "Enter")
    page.wait_for_url("**/nominate-many")
    assert "Person 1: enter their work email address" in page.inner_text("main")
    assert len(kept(journey)) == 1


def test_axe_finds_nothing_with_a_draft_without_one_in_conflict_or_when_its_form_is_gone(
    page: Page, site: Site, journey: Journey, waiting: str
) -> None:
    open_it(page, site, waiting)
    sound(page, "Save and come back later")
    other = page.context.new_page()
    other.goto(waiting)
    write(page, WORDS)
    expect(page.locator(SAID)).to_have_text("Draft kept at 12pm.")
    sound(page, "Draft kept at 12pm.")
    other.fill(FIELD, OTHERS)
    other.click("text=Save and come back later")
    sound(other, "It was changed elsewhere")
    other.goto(waiting)
    other.click("text=What you wrote elsewhere")
    sound(other, "This is your draft of")
    other.fill(FIELD, "So long. " * 1300)
    other.click("text=Save and come back later")
    sound(other, "Your draft is not kept")
    other.goto(f"{site.url}/advisor/")
    sound(other, "What you have begun to write")
    send_back(journey)
    other.goto(waiting)
    sound(other, "that cannot be sent any more.")


def test_axe_finds_nothing_where_a_participant_has_a_draft(page: Page, own: str) -> None:
    page.goto(own)
    sound(page, "No files chosen")
    page.fill("#send-text-1\\.1", WORDS)
    page.click("text=Save and come back later")
    sound(page, "Your draft is kept.")
