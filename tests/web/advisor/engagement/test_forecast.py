"""When certificates will come, on the advisor's page and on the school's: 61, 81 and 101 school days from 6 October."""

import pytest
from playwright.sync_api import Page

from config.settings import Settings
from tests.journeys import Journey
from tests.pasts import recognise
from tests.web.browsing import Site, enter, sound
from tests.web.visitor import Visitor
from workflow.mail.signed_links import Links

TOLD = "likely by 24 February 2026"
TO_COUNCIL = (
    f"When certificates will come Certificates are {TOLD}, and four times out of five between 20 January and "
    "24 March 2026, going by 5"
)
TO_SCHOOL = (
    f"Going by other schools, your certificates are {TOLD}, and usually come between 20 January 2026 and 24 March 2026."
)


@pytest.fixture
def link(settings: Settings, journey: Journey) -> str:
    return Links("", settings.secret_key).status(journey.reference)


def test_both_are_told_where_others_have_gone_before(
    advisor: Visitor, anybody: Visitor, journey: Journey, case: str, link: str
) -> None:
    recognise(journey.store, training_1=40)
    assert TO_COUNCIL in advisor.open(case).words
    assert TO_SCHOOL in anybody.open(link).words


def test_with_too_little_to_go_by_the_council_hears_why_and_the_school_nothing(
    advisor: Visitor, anybody: Visitor, case: str, link: str
) -> None:
    sentence = "Too few engagements have left “Purchase” to say when certificates will come: 0, and 5 are needed."
    assert sentence in advisor.open(case).words
    assert "certificates will come" not in anybody.open(link).words
    assert "Going by other schools" not in anybody.words


def test_axe_finds_nothing_on_either_page(page: Page, site: Site, journey: Journey, case: str) -> None:
    recognise(journey.store, training_1=40)
    page.goto(site.school(journey))
    sound(page, TOLD)
    enter(page, site)
    page.goto(site.url + case)
    sound(page, TOLD)
