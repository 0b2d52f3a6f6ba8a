"""The places of one engagement in a real browser: sound in every state, without scripts, and short at a desk."""

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys import ASSESSOR, LEAD, PEOPLE, Journey
from tests.offers.versions.another import with_version
from tests.web.advisor.engagement.places.letters import write
from tests.web.browsing import Site, enter, press, sound, unfold
from tests.web.conftest import Clock
from workflow.domain.actor import Actor
from workflow.engine.catalogue import offers_of
from workflow.queries.places.messages import PAGE
from workflow.store.tables.owed_effect import OwedEffect
from workflow.usecases import evidence
from workflow.usecases.evidence import EvidencePiece

#: What each says where hardly anything has happened, and where a lot has.
EMPTY = {
    "/people": "Nobody is named yet.",
    "/meetings": "No dates are agreed yet.",
    "/evidence": "Nobody is named yet.",
    "/visits": "No dates are agreed yet.",
    "/messages": "None yet.",
    "/history": "Engagement began",
    "/meeting/training_1/book": "Suits both:",
    "/meeting/training_1/offer": "Propose three that suit both",
}
FULL = {
    "": "Last step:",
    "/people": "Withdrew",
    "/meetings": "A mentoring lead in every phase.",
    "/evidence": "All met",
    "/visits": "Not yet met",
    "/messages": "Older",
    "/history": "Older",
}
#: How tall an overview may be at a desk, in pixels.
TALLEST = 1600


@pytest.fixture
def full(journey: Journey) -> Journey:
    """On the way for long: evidence was reviewed, a visit judged, a second one agreed, and many letters have gone."""
    journey.to("framework")
    pieces = {code: EvidencePiece(f"What I did for {code}.") for code in ("1.1", "1.2", "1.3", "1.4")}
    journey._do(evidence.send_in, PEOPLE[0].email, pieces, actor=Actor("participant", participant_id=1))
    journey._do(evidence.review, PEOPLE[0].email, {code: evidence.Decision(met=True, text="") for code in pieces})
    for one in PEOPLE[1:]:
        journey.withdraw(one.email, "left")
    journey.to("qa_visit").meet("qa_visit").plan()
    journey.fire("require_action", ASSESSOR, note="Write the policy down.")
    write(journey, PAGE)
    return journey


def test_axe_finds_nothing_on_places_where_nothing_has_happened(
    page: Page, site: Site, journey: Journey, case: str
) -> None:
    enter(page, site)
    for where, said in EMPTY.items():
        page.goto(f"{site.url}{case}{where}")
        unfold(page)
        sound(page, said)
    assert journey.row.version == 1


def test_axe_finds_nothing_on_places_where_much_has_happened(page: Page, site: Site, full: Journey, case: str) -> None:
    with full.store.writing() as session:
        session.query(OwedEffect).filter(OwedEffect.status == "done").limit(1).one().status = "dead"
    enter(page, site)
    for where, said in FULL.items():
        page.goto(f"{site.url}{case}{where}")
        unfold(page)
        sound(page, said)
    full.fire("cancel", LEAD, note="They asked us to.")
    page.goto(f"{site.url}{case}")
    sound(page, "Cancelled")


def test_axe_finds_nothing_on_the_way_to_another_version(page: Page, site: Site, journey: Journey, case: str) -> None:
    """The open form, what is wrong with it, and what the engagement would find there."""
    with journey.store.reading() as session:
        known = offers_of(session)
    journey.store.tell(offers=with_version(known, "2027-09"))
    enter(page, site)
    page.goto(f"{site.url}{case}/history?form=change-version")
    sound(page, "Another version of the offer")
    form = page.locator(f'form[action="{case}/change-version"]')
    form.locator("button >> nth=0").click()
    sound(page, "Choose the version under which it goes on")
    form.locator("select").select_option("mentoring-2027-09")
    form.locator("[name=note]").fill("The new year.")
    form.locator("[name=called]").fill("x = y")
    form.locator("button >> nth=0").click()
    sound(page, "Line 1 speaks of “x”")
    form.locator("[name=called]").fill("")
    form.locator("button >> nth=0").click()
    sound(page, "goes on under mentoring-2027-09")
    journey.store.tell(offers=known)


def test_an_overview_is_short_at_a_desk(page: Page, site: Site, journey: Journey, case: str, clock: Clock) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    for stage in ("purchase", "training_1", "framework", "follow_up_1", "qa_visit", "certification", "recognised"):
        journey.to(stage)
        clock.now = max(clock.now, journey.now)
        enter(page, site)
        page.goto(f"{site.url}{case}")
        assert journey.reference in page.title()
        assert page.evaluate("document.documentElement.scrollHeight") <= TALLEST, stage


def test_from_the_overview_a_register_takes_a_link_and_a_button_without_scripts(
    browser: Browser, site: Site, journey: Journey, case: str, clock: Clock
) -> None:
    journey.to("training_1").book("training_1")
    clock.now = journey.now
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    enter(page, site)
    page.goto(f"{site.url}{case}")
    press(page, "#where a[role=button]")
    page.uncheck("text=Cara Nance")
    press(page, "main form[action$='/register'] button")
    assert "2 of 3 present." in page.inner_text("[role=alert]")
    context.close()


def test_a_task_leads_to_its_form_and_a_date_is_chosen_without_scripts(
    browser: Browser, site: Site, journey: Journey, case: str
) -> None:
    journey.to("training_1")
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    enter(page, site)
    page.goto(f"{site.url}{case}")
    press(page, ".app-journey a >> text=Agree a date for Training session 1")
    page.fill("#book-training_1-place", "School hall")
    press(page, "button[name=month] >> text=Later")
    page.focus("button[name=pick][value='2025-11-12']")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.input_value("#book-training_1-date-day") == "12"
    page.focus("#book-training_1-place")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    press(page, "#check .govuk-button-group button >> nth=0")
    assert "is on Wednesday 12 November 2025 at 9am." in page.inner_text("[role=alert]")
    assert "School hall" in page.inner_text("#meetings")
    context.close()
