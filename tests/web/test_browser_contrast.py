"""In a contrast theme of Windows, where grounds and shadows are gone, it is seen where one is and what is chosen."""

import pytest
from playwright.sync_api import Locator, Page

from tests.journeys import Journey
from tests.web.browsing import Site, enter

_LINES = """one => {
  const style = getComputedStyle(one);
  return ["outline", "border-bottom"].map((line) => {
    const [width, kind, colour] = ["width", "style", "color"].map((part) => style.getPropertyValue(`${line}-${part}`));
    return kind === "none" || /^rgba.*, 0\\)$/.test(colour) ? 0 : parseFloat(width);
  });
}"""


@pytest.fixture
def themed(page: Page, site: Site, journey: Journey) -> Page:
    journey.nominate()
    page.emulate_media(forced_colors="active")
    enter(page, site)
    return page


def outline(one: Locator) -> float:
    """How thick it is, in pixels; nought for one that cannot be seen."""
    width: float = one.evaluate(_LINES)[0]
    return width


def line_below(one: Locator) -> float:
    width: float = one.evaluate(_LINES)[1]
    return width


def test_the_focus_is_seen_wherever_it_goes(themed: Page, case: str, site: Site) -> None:
    themed.goto(site.url + case)
    seen = set[str]()
    for _ in range(40):
        themed.keyboard.press("Tab")
        here = themed.locator(":focus")
        if here.count() == 0:
            break
        seen.add(here.evaluate("one => one.tagName"))
        assert outline(here) >= 2, here.evaluate("one => one.outerHTML")
    assert seen >= {"A", "BUTTON", "SUMMARY"}


def test_where_one_is_and_what_is_chosen_is_seen_by_a_line(themed: Page, case: str, site: Site) -> None:
    themed.goto(f"{site.url}/advisor/calendar")
    for current in ('.app-nav__link[aria-current="page"]', ".app-calendar__links [aria-current]"):
        assert line_below(themed.locator(current)) >= 3
    assert outline(themed.locator(".app-month__day--today")) >= 3
    assert line_below(themed.locator('.app-nav__link:not([aria-current="page"]) >> nth=0')) == 0
    themed.goto(site.url + case)
    assert outline(themed.locator(".govuk-tag >> nth=0")) >= 1
    assert outline(themed.locator(".app-next")) >= 1
