"""The pages for everybody in a real browser: sound, whole without scripts, and no more on a device than they say."""

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys import Journey
from tests.web.browsing import NARROWEST, Site, enter, sound

PAGES = {
    "/": "for schools that have bought",
    "/privacy": "What we keep",
    "/cookies": "The cookies that there are",
    "/accessibility": "Enforcement procedure",
    "/help": "If your link does not work",
}
_STORED = """async () => ({
    local: Object.keys(localStorage), session: Object.keys(sessionStorage),
    databases: (await indexedDB.databases()).map((one) => one.name), caches: await caches.keys(),
    workers: (await navigator.serviceWorker.getRegistrations()).length,
})"""
_NOTHING = {"local": [], "session": [], "databases": [], "caches": [], "workers": 0}


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(page: Page, site: Site, path: str) -> None:
    page.goto(site.url + path)
    sound(page, PAGES[path])


def test_they_are_whole_without_scripts(browser: Browser, site: Site) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": NARROWEST, "height": 800})
    page = context.new_page()
    for path, said in PAGES.items():
        page.goto(site.url + path)
        assert said in page.inner_text("main")
    context.close()


def _cookies(page: Page) -> set[str]:
    return {one["name"] for one in page.context.cookies()}


def test_there_is_no_cookie_and_no_storage_but_those_that_the_page_tells(
    page: Page, site: Site, journey: Journey, case: str
) -> None:
    for path in (*PAGES, "/verify/", "/verify/2222-2222-2222", "/nowhere"):
        page.goto(site.url + path)
        assert page.evaluate(_STORED) == _NOTHING
    assert _cookies(page) == set()
    page.goto(f"{site.url}/cookies")
    told = set(page.locator("tbody th").all_inner_texts())
    page.goto(site.school(journey))
    page.evaluate(_STORED)
    enter(page, site)
    page.goto(f"{site.url}{case}/messages")
    page.click("#form-message summary")
    page.fill("#message-text", "Half a sentence")
    page.goto(f"{site.url}/advisor/settings")
    assert page.evaluate(_STORED) == _NOTHING
    assert _cookies(page) <= told
    assert {"recognition", "recognition-looked"} <= _cookies(page)
