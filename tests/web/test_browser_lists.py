"""Lists of one's own, the board and the single keys, in a real browser."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page

from tests.journeys import Journey
from tests.web.browsing import Site, enter, press, sound, unfold
from tests.web.conftest import Clock
from workflow.store.tables.user import User

LONG = "Schools-whose-move-it-is-and-that-have-been-waiting-longest"


@pytest.mark.usefixtures("journey")
def test_axe_finds_nothing_on_lists_of_ones_own_and_the_board(page: Page, site: Site, clock: Clock) -> None:
    clock.now += timedelta(days=60)
    enter(page, site)
    page.goto(f"{site.url}/advisor/board")
    sound(page, "1 late")
    page.goto(f"{site.url}/advisor/lists/new?due=late")
    press(page, "main button")
    sound(page, "Enter a name for the list")
    page.fill("#list-name", LONG)
    press(page, "main button")
    sound(page, LONG)
    page.goto(f"{site.url}/advisor/lists/columns")
    for box in page.locator("[name=columns]").all():
        box.check()
    press(page, "main button >> nth=0")
    page.goto(f"{site.url}/advisor/engagements?show=all")
    sound(page, "Next meeting")
    for address, said in (
        ("/advisor/lists", "What should the page of engagements begin with?"),
        ("/advisor/lists/columns", "Which columns should your lists have?"),
        ("/advisor/settings", "Single keys"),
        ("/advisor/engagements?from=soon", "Meeting from: enter a real date"),
    ):
        page.goto(f"{site.url}{address}")
        unfold(page)
        sound(page, said)


def test_a_key_leads_to_the_search_and_to_what_was_looked_at_last(
    page: Page, site: Site, journey: Journey, case: str
) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    enter(page, site)
    page.goto(f"{site.url}{case}")
    with page.expect_navigation():
        page.keyboard.press("/")
    page.wait_for_selector("#find:focus")
    page.keyboard.type("l/l")
    assert page.input_value("#find") == "l/l"
    page.locator("#find").blur()
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "find"
    page.locator("#find").blur()
    with page.expect_navigation():
        page.keyboard.press("l")
    assert page.url == f"{site.url}{case}"
    with journey.store.writing() as session:
        session.query(User).update({"shortcuts": False})
    page.goto(f"{site.url}/advisor/")
    page.keyboard.press("/")
    page.keyboard.press("l")
    assert page.url == f"{site.url}/advisor/"
    assert complaints == []
