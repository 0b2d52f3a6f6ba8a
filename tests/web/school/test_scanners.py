"""What reads letters before people do uses no link up: what fetches it, runs its scripts, or follows links."""

import re
import urllib.error
import urllib.request
from collections.abc import Callable
from html import unescape
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, Page
from sqlalchemy import func, select

from tests.journeys import Journey
from tests.suite_size import SIZE
from tests.web.browsing import Site, sound
from tests.web.guests import link_for
from workflow.store.session import Store
from workflow.store.tables.access.access_letter import AccessLetter
from workflow.store.tables.access.session import WebSession

_HREF = re.compile(r'(?:href|src|action)="([^"]+)"')


def fetch(address: str, method: str = "GET") -> str:
    with urllib.request.urlopen(urllib.request.Request(address, method=method), timeout=10) as answer:  # noqa: S310 (our own server)
        assert answer.status == 200
        return str(answer.read().decode())


def looks_and_fetches(_browser: Browser, link: str) -> None:
    fetch(link, "HEAD")
    fetch(link)


def runs_scripts(browser: Browser, link: str) -> None:
    """And waits for whatever they do, moves the mouse and scrolls, as sandboxes do."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(link, wait_until="networkidle")
    page.mouse.move(200, 200)
    page.mouse.wheel(0, 2000)
    assert page.locator("main form button").count() == 1
    context.close()


def follows_links(_browser: Browser, link: str) -> None:
    """Whatever the page has an address of, its form's among them, is fetched."""
    for there in _HREF.findall(fetch(link)):
        if not there.startswith(("#", "data:", "mailto:")):
            try:
                fetch(urljoin(link, unescape(there)))
            except urllib.error.HTTPError as refused:
                refused.close()


@pytest.fixture
def link(site: Site, journey: Journey) -> str:
    return site.url + link_for(site.app, journey.reference)


def is_unused(store: Store) -> bool:
    with store.reading() as session:
        used = session.scalars(select(AccessLetter.used_at)).one()
        return used is None and session.scalar(select(func.count()).select_from(WebSession)) == 0


def go_on(page: Page, link: str) -> None:
    page.goto(link)
    with page.expect_navigation():
        page.click("main form button")
    assert "You are here for Polwhevral School." in page.inner_text("header")


@pytest.mark.parametrize("scanner", [looks_and_fetches, runs_scripts, follows_links])
def test_a_mail_scanner_uses_no_link_up(
    browser: Browser, page: Page, link: str, store: Store, scanner: Callable[[Browser, str], None]
) -> None:
    scanner(browser, link)
    assert is_unused(store)
    go_on(page, link)


def test_a_link_that_was_opened_again_and_again_is_as_good_as_new(
    browser: Browser, page: Page, link: str, store: Store
) -> None:
    for _ in range(SIZE.fetches):
        fetch(link)
    for _ in range(SIZE.loads):
        runs_scripts(browser, link)
    assert is_unused(store)
    go_on(page, link)


def test_axe_finds_nothing_on_the_way_in(page: Page, site: Site, journey: Journey, link: str) -> None:
    page.goto(f"{site.url}/school/")
    sound(page, "Get to your school’s page")
    page.click("main form button")
    sound(page, "There is a problem")
    page.fill("#email", "nobody@example.org")
    page.click("main form button")
    sound(page, "Look in your email")
    page.goto(site.school(journey))
    page.click("text=Send me a link")
    sound(page, "A letter with a link is on its way")
    page.goto(link)
    sound(page, "Hello, Jenna Rowe")
    go_on(page, link)
    page.goto(link)
    sound(page, "This link cannot be used")


def test_somebody_comes_in_by_keyboard_alone_without_scripts_names_somebody_and_leaves(
    browser: Browser, link: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(link)
    _tab_to(page, "Go on")
    _tab_to(page, "Your people")
    page.focus("#one-person summary")
    page.keyboard.press("Enter")
    for field, typed in (("name", "Dov Rosen"), ("email", "dov@polwhevral.example.org")):
        page.focus(f"#nominate-{field}")
        page.keyboard.type(typed)
    page.focus("#nominate-phase")
    page.keyboard.press("ArrowDown")
    _tab_to(page, "Name this person")
    assert "Dov Rosen is named" in page.inner_text("main")
    page.reload()
    _tab_to(page, "Leave")
    assert "You have left." in page.inner_text("main")
    assert "Send me a link" in page.inner_text("main")
    context.close()


def _tab_to(page: Page, words: str) -> None:
    """By the tabulator to what says this, and presses it."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.locator(":focus").filter(has_text=words).count():
            with page.expect_navigation():
                page.keyboard.press("Enter")
            return
    raise AssertionError(words)


def test_what_was_typed_for_too_long_comes_back_in_a_real_browser(
    page: Page, site: Site, journey: Journey, link: str
) -> None:
    """Whose pages tell no other where somebody comes from, so the form says no more than that it was this site's."""
    go_on(page, link)
    page.click("text=Your people")
    page.click("text=Name one person")
    page.fill("#nominate-name", "Dov Rosen")
    page.fill("#nominate-email", "dov@polwhevral.example.org")
    page.select_option("#nominate-phase", "2")
    page.click("text=Say what the phase rests on")
    page.fill("#nominate-experience", "Six years of it.")
    for name in ("q2-1", "q2-2", "q3-1"):
        page.check(f"#nominate-{name}")
    other = page.context.new_page()
    other.goto(page.url)
    other.click("text=Leave")
    page.click("text=Name this person")
    sound(page, "Six years of it.")
    page.click("text=Send me a link")
    sound(page, "Once you have pressed that button")
    go_on(other, site.url + link_for(site.app, journey.reference))
    page.click("text=Send it again")
    assert "Dov Rosen is named" in page.inner_text("main")
