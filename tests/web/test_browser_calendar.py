"""The calendar in a real browser: nothing for axe to find in any view, whole on paper, and used without scripts."""

import io
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from tests.journeys import Journey
from tests.web.browsing import Site, enter, sound
from workflow.usecases import appointments

LONG = "The school hall of the federation, behind the second gate, up the stairs and through the library; ring first"
TENTH = datetime(2025, 11, 10, 13, 30, tzinfo=UTC)


@pytest.fixture
def agreed(journey: Journey) -> Journey:
    journey.nominate()
    journey._do(appointments.book, "training_1", TENTH, place=LONG)
    return journey


def _open(page: Page, site: Site, query: str = "") -> None:
    page.goto(f"{site.url}/advisor/calendar{query}")


@pytest.mark.usefixtures("agreed")
@pytest.mark.parametrize("view", ["month", "week", "list"])
def test_axe_finds_nothing_in_any_view_empty_or_not(page: Page, site: Site, view: str) -> None:
    enter(page, site)
    _open(page, site, f"?view={view}&from=2025-12-22&whose=mine")
    sound(page, "Christmas Day")
    sound(page, "There are no meetings")
    _open(page, site, f"?view={view}&from=2025-11-10&whose=all")
    sound(page, "Training session 1")


def test_axe_finds_nothing_where_an_address_is_made_shown_and_withdrawn(page: Page, site: Site) -> None:
    enter(page, site)
    _open(page, site)
    page.click("text=Make a subscription address")
    sound(page, "This is the only time this address is shown.")
    page.click("text=Calendar >> nth=0")
    sound(page, "Your subscription addresses")
    page.click("main button:has-text('Withdraw')")
    sound(page, "The subscription address is withdrawn.")


@pytest.mark.usefixtures("agreed")
def test_on_a_small_screen_a_month_is_a_list_of_the_days_with_something_to_say(page: Page, site: Site) -> None:
    enter(page, site)
    page.set_viewport_size({"width": 320, "height": 800})
    _open(page, site, "?from=2025-11-01&whose=all")
    assert [line for line in page.inner_text("main table tbody").split("\n") if line] == [
        "Monday 10 November",
        "1:30pm Training session 1, Polwhevral School",
    ]


@pytest.mark.usefixtures("agreed")
@pytest.mark.parametrize("view", ["month", "list"])
def test_on_paper_stands_the_calendar_and_nothing_else(page: Page, site: Site, view: str) -> None:
    enter(page, site)
    _open(page, site, f"?view={view}&from=2025-11-01&whose=all")
    (paper,) = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    text = " ".join(paper.extract_text().split())
    assert paper.mediabox.width > paper.mediabox.height
    assert "1:30pm" in text
    for beside in ("Whose meetings", "Earlier", "Sign out", "subscription", "/advisor/"):
        assert beside not in text


def test_it_is_found_turned_and_narrowed_without_scripts(browser: Browser, site: Site, agreed: Journey) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    enter(page, site)
    page.click("text=Calendar")
    page.click("text=Later")
    assert page.inner_text("h1") == "November 2025"
    assert agreed.reference not in page.content()
    page.select_option("#whose", label="All meetings")
    page.click("main form button")
    assert page.inner_text("h1") == "November 2025"
    page.click("text=Training session 1")
    assert page.url.startswith(f"{site.url}/advisor/engagement/{agreed.reference}")
    context.close()
