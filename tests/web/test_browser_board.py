"""The promises board in a real browser: nothing for axe to find, whatever is owed, and whole without scripts."""

from datetime import timedelta

from playwright.sync_api import Browser, Page
from sqlalchemy import delete

from tests.journeys import Journey
from tests.web.browsing import Site, enter, sound
from tests.web.conftest import Clock
from workflow.store.tables.promise import PromiseRow


def _open(page: Page, site: Site, query: str = "") -> None:
    page.goto(f"{site.url}/advisor/promises{query}")


def test_axe_finds_nothing_on_an_empty_board(page: Page, site: Site) -> None:
    enter(page, site)
    _open(page, site)
    sound(page, "No school owes anything just now.")


def test_axe_finds_nothing_on_the_board_in_time_and_late(
    page: Page, site: Site, journey: Journey, clock: Clock
) -> None:
    Journey(journey.store, journey.now).begin(order="SFS-2").nominate()
    enter(page, site)
    _open(page, site)
    sound(page, "In time")
    _open(page, site, "?show=late")
    sound(page, "Nothing is late: the council is keeping its promises.")
    clock.now += timedelta(days=28)
    enter(page, site)
    _open(page, site)
    sound(page, "10 council days late")
    sound(page, "5 school days late")


def test_axe_finds_nothing_where_somebody_waits_for_nobody(page: Page, site: Site, journey: Journey) -> None:
    with journey.store.writing() as session:
        session.execute(delete(PromiseRow))
    enter(page, site)
    _open(page, site)
    sound(page, "Nobody owes the next move")


def test_the_board_is_found_and_narrowed_without_scripts(browser: Browser, site: Site, journey: Journey) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    enter(page, site)
    page.click("nav >> text=Promises")
    assert page.url == f"{site.url}/advisor/promises"
    page.select_option("#advisor", label="Denzil Hocking (you)")
    page.select_option("#show", label="Late only")
    page.click("main form button")
    assert "0 late promises with Denzil Hocking’s schools shown." in page.inner_text("[role=status]")
    page.click("text=Show all")
    assert journey.reference in page.inner_text("main")
    context.close()
