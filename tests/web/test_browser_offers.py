"""What is decided in an offer that is not shipped is decided in a real browser, and axe finds nothing on the way."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from config.settings import Settings
from tests.journeys import ASSESSOR, Journey, furnish
from tests.keys import keys
from tests.offers.test_library import ELOWEN, HERE, ORDERED
from tests.records import Files, Originals
from tests.web.browsing import Site, enter, press, serving, sound, unfold
from tests.web.conftest import Clock
from tests.web.visitor import PASSWORD
from web.application import create_app
from workflow.engine.catalogue import Catalogue
from workflow.offer.loader import load_offers
from workflow.store.session import Store
from workflow.usecases import participants
from workflow.usecases.accounts import members

EMAIL = "signs@example.org"


@pytest.fixture
def council(files: Files, tmp_path: Path) -> Iterator[tuple[Store, Site]]:
    known = {"keys": keys, "offers": Catalogue(load_offers((HERE,))), "hash_cost": "least"}
    settings = Settings(home=tmp_path, secret_key="k" * 40, second_factor=())
    with Originals(known).copy(files) as store:
        furnish(store, ORDERED)
        with store.writing() as session:
            members.add(session, EMAIL, name="Signs", role="lead_advisor", password=PASSWORD, now=ORDERED)
        with serving(create_app(settings, Clock(ORDERED), store), settings.secret_key) as site:
            yield store, site


def say(page: Page, trigger: str, said: str) -> None:
    unfold(page)
    press(page, f"form:has(input[name=trigger][value={trigger}]):not(:has([name=override])) button")
    assert said in page.inner_text("[role=alert]")


def test_a_school_is_written_into_the_list(page: Page, council: tuple[Store, Site]) -> None:
    store, site = council
    journey = Journey(store, ORDERED).begin(price="10.00", order="PLEDGE-1", offer="pledge")
    enter(page, site, email=EMAIL)
    page.goto(f"{site.url}/advisor/engagement/{journey.reference}")
    sound(page, "Stage 1 of 2: Pledged")
    say(page, "write_into_the_list", "Written into the list")
    assert journey.stage == "listed"
    page.goto(site.school(journey))
    sound(page, "On the list")


def test_a_mark_is_signed_and_the_next_round_begins(page: Page, council: tuple[Store, Site]) -> None:
    store, site = council
    journey = Journey(store, ORDERED).begin(price="120.00", order="SHELF-1", offer="library").nominate((ELOWEN,))
    journey._do(participants.move, ELOWEN.email, "complete")
    journey.meet("shelf_walk").fire("library_good", ASSESSOR)
    journey._do(participants.confirm_name, ELOWEN.email, name=None)
    enter(page, site, email=EMAIL)
    case = f"{site.url}/advisor/engagement/{journey.reference}"
    page.goto(case)
    say(page, "sign_the_mark", "Mark signed")
    sound(page, "Mark held")
    say(page, "come_again", "Next round begun")
    assert "The journey, round 2" in page.inner_text("main")
    page.goto(site.school(journey))
    sound(page, "Your journey, round 2")
