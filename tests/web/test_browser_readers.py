"""The pages of readers of several schools, and those on which the council invites them, in a real browser."""

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys import Journey
from tests.several_schools import MORWENNA, TRUST, join_trust
from tests.web.browsing import Site, enter, press, sound, unfold
from tests.web.conftest import NOON
from tests.web.readers import browse_in, link_of


@pytest.fixture
def trust(journey: Journey) -> Journey:
    for urn in ("900001", "900004"):
        join_trust(journey.store, urn)
    Journey(journey.store, NOON).begin(order="SFS-2", urn="900004").to("framework")
    return journey


def test_every_page_of_a_reader_is_sound(page: Page, site: Site, trust: Journey) -> None:
    page.goto(site.url + link_of(site.app, trust=TRUST))
    sound(page, "Hello, Morwenna Hale")
    with page.expect_navigation():
        page.click("main form button")
    unfold(page)
    sound(page, "2 journeys towards recognition")
    for address, words in (
        ("/schools?find=zzz", "No school matches."),
        ("/schools?from=nonsense", "Meeting from: enter a real date"),
        (f"/schools/{trust.reference}", "Nobody is named yet."),
        ("/schools/CMC-25-0002-P", "In training"),
        ("/schools/CMC-25-9999-E", "There is no such school among those that you may read about."),
    ):
        page.goto(site.url + address)
        sound(page, words)
    page.goto(f"{site.url}/schools")
    with page.expect_navigation():
        page.click(".app-nav__button")
    sound(page, "You have left")


def test_a_readers_pages_without_schools_and_the_door_are_sound(page: Page, site: Site, trust: Journey) -> None:
    assert trust.reference
    browse_in(page, site, schools=("900002",))
    sound(page, "None of these schools takes part yet.")
    page.goto(f"{site.url}/school/")
    sound(page, "whoever is invited to look at several schools")


def test_a_reader_gets_to_a_school_and_back_by_keyboard_without_scripts(
    browser: Browser, site: Site, trust: Journey
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    browse_in(page, site, trust=TRUST)
    assert page.locator(f"text={trust.reference}").count() == 1
    page.focus("#find")
    page.keyboard.type("trev")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.focus("text=Trevanick School >> nth=0")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.inner_text("h1") == "Trevanick School"
    page.focus(".govuk-back-link")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.inner_text("h1") == "Your schools"
    context.close()


def test_every_page_on_which_somebody_is_invited_is_sound(page: Page, site: Site, trust: Journey) -> None:
    enter(page, site)
    page.goto(f"{site.url}/advisor/readers")
    sound(page, "Nobody is invited.")
    page.goto(f"{site.url}/advisor/readers/new")
    sound(page, "Invite a reader")
    with page.expect_navigation():
        page.click("main form button")
    sound(page, "Choose which schools they see")
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{site.url}/advisor/readers/new?about={trust.reference}")
    page.fill("#reader-name", "Morwenna Hale")
    page.fill("#reader-email", MORWENNA)
    with page.expect_navigation():
        page.click("main form button")
    unfold(page)
    sound(page, "Morwenna Hale may read about the schools of Three Headlands Trust")
    press(page, "#check .govuk-button-group button >> nth=0")
    sound(page, "A letter to Morwenna Hale is on its way.")
    page.goto(f"{site.url}/advisor/readers")
    sound(page, "The schools of Three Headlands Trust")
    page.goto(f"{site.url}/advisor/engagement/{trust.reference}/people")
    sound(page, "Who else can look at this school")


def test_a_form_is_filled_in_without_scripts_and_the_choice_that_is_marked_counts(
    browser: Browser, site: Site, trust: Journey
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    enter(page, site)
    page.goto(f"{site.url}/advisor/readers/new?about={trust.reference}")
    page.fill("#reader-name", "Morwenna Hale")
    page.fill("#reader-email", MORWENNA)
    page.check("#reader-scope-2")
    press(page, "main form button")
    assert "Polwhevral School (URN 900001)" in page.inner_text("main")
    assert "Trevanick School" not in page.inner_text("main")
    context.close()
