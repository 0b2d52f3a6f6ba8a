"""The nearest way in a real browser: nothing for axe to find, folded away or not, on all three pages."""

import pytest
from playwright.sync_api import Page

from tests.journeys import PEOPLE, Journey
from tests.web.browsing import Site, enter, sound, unfold
from tests.web.conftest import Clock
from tests.web.guests import browse_in
from workflow.store.tables.participant import Participant
from workflow.store.tables.visit import Judgement
from workflow.usecases import participants


@pytest.fixture
def own_page(page: Page, site: Site, journey: Journey, clock: Clock) -> str:
    """Bryn's, while the framework is under way, and who is in for it."""
    journey.to("framework")
    clock.now = journey.now
    with journey.store.reading() as session:
        person = session.query(Participant).filter_by(email=PEOPLE[1].email).one()
    return browse_in(page, site, journey.reference, person.id)


def test_axe_finds_nothing_on_the_whole_way(page: Page, site: Site, journey: Journey, case: str, own_page: str) -> None:
    for address, said in (
        (own_page, "You: Confirm your name on the certificate"),
        (site.school(journey), "We: Approve the award"),
    ):
        page.goto(address)
        unfold(page)
        sound(page, said)
    enter(page, site)
    page.goto(site.url + case)
    unfold(page)
    sound(page, "The council: Approve the award")


def test_axe_finds_nothing_where_the_way_has_stopped(
    page: Page, site: Site, journey: Journey, case: str, own_page: str
) -> None:
    journey._do(participants.move, PEOPLE[1].email, "defer", reason="workload")
    page.goto(own_page)
    sound(page, "Your own way has stopped here")
    for one in (PEOPLE[0], PEOPLE[2]):
        journey._do(participants.move, one.email, "complete")
    journey.to("certification")
    with journey.store.writing() as session:
        session.query(Judgement).delete()
    enter(page, site)
    page.goto(site.url + case)
    sound(page, "As things stand, the way ends here.")


def test_the_rest_of_the_way_is_folded_away_and_opens_by_keyboard(page: Page, site: Site, journey: Journey) -> None:
    page.goto(site.school(journey))
    page.click("#way-all summary >> nth=0")
    last = page.get_by_text("Approve the award", exact=False)
    assert not last.is_visible()
    page.focus("#way-on summary")
    page.keyboard.press("Enter")
    last.wait_for()
    assert page.locator("#way-on ol").first.get_attribute("start") == "6"
