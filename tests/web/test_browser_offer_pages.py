"""The pages about an offer in a real browser, from the list to a walk, in every state."""

from pathlib import Path

from click.testing import CliRunner
from playwright.sync_api import Page

from config.settings import OFFERS
from tests.web.browsing import Site, assert_accessible, enter, press, sound, unfold
from tests.web.conftest import NOON
from tests.web.visitor import PASSWORD
from web.cli.console import recognition
from workflow.domain.actor import SYSTEM
from workflow.store.session import Store
from workflow.usecases.accounts import members
from workflow.usecases.offers.install import install

OFFER = "/admin/offers/mentoring-2026-09"
WALKED = "do.nominate~do.book.training_1~do.choose.training_1~meeting~astray"
PLACES = {
    "/admin/offers": "The checker says",
    OFFER: "The page is sound",
    f"{OFFER}/days": "What time does about it",
    f"{OFFER}/days?date-day=31&date-month=2&date-year=2026": "There is a problem",
    f"{OFFER}/walk?steps={WALKED}": "The walk ends before it.",
}


def test_axe_finds_nothing_on_any_of_them(page: Page, site: Site) -> None:
    enter(page, site)
    for path, said in PLACES.items():
        page.goto(site.url + path)
        unfold(page)
        sound(page, said)
    page.goto(f"{site.url}{OFFER}/emails")
    page.click("summary >> nth=0")
    sound(page, "Dear Morwenna Tregear")
    page.goto(site.url + OFFER)
    assert page.evaluate("[...document.images].every((one) => one.loading === 'lazy' || one.naturalWidth > 0)")


def test_axe_finds_nothing_where_an_email_or_the_page_is_corrected(page: Page, site: Site, store: Store) -> None:
    install(store, OFFERS / "mentoring-2026-09", actor=SYSTEM, now=NOON)
    with store.writing() as session:
        members.add(session, "kensa@example.org", name="Kensa", role="admin", password=PASSWORD, now=NOON)
    enter(page, site, email="kensa@example.org")
    page.goto(f"{site.url}{OFFER}/emails/thank-you")
    sound(page, "Only words can be changed here")
    page.fill("#words-text", page.input_value("#words-text").replace("Dear ", "Hello "))
    press(page, "form button:has-text('See how it reads')")
    sound(page, "Hello Morwenna Tregear")
    page.fill("#words-text", "nothing")
    press(page, "form button:has-text('See how it reads')")
    sound(page, "it must begin with its subject and its audiences")
    page.goto(f"{site.url}{OFFER}/words/page")
    sound(page, "Only these, and the brand, can be changed here")
    page.fill("#words-text", page.input_value("#words-text").replace('title = "Purchase"', 'title = "Order"'))
    press(page, "form button:has-text('See how it reads')")
    sound(page, "now “Order” instead of “Purchase”")


def test_the_file_of_an_offer_is_whole_and_sound(page: Page, tmp_path: Path) -> None:
    said = CliRunner().invoke(
        recognition, ["offer", "preview", "mentoring-2026-09"], env={"RECOGNITION_HOME": str(tmp_path)}
    )
    (tmp_path / "offer.html").write_text(said.output, encoding="utf-8")
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url) if not one.url.startswith("data:") else None)
    page.goto((tmp_path / "offer.html").as_uri())
    unfold(page)
    assert_accessible(page)
    assert asked == [(tmp_path / "offer.html").as_uri()]
