"""Somebody who has never been here, from the letter on and with nothing but what the pages say: three people are named,
and a date is chosen, each in under two minutes by the browser's own clock."""

import re
from dataclasses import replace
from datetime import timedelta

from playwright.sync_api import Page

from tasks.deliver import deliver_due
from tasks.mail.server import mail_server
from tests.journeys import Journey
from tests.web.browsing import Site
from tests.web.post_box import PostBox, text_of
from tests.worlds import world_with
from workflow.mail.signed_links import Links
from workflow.usecases import appointments

LIMIT = 120.0
#: How long a key takes, in milliseconds: a practised hand.
A_KEY = 50
_ANY_LINK = re.compile(r"https?://[^/\s]+(/school/\S+)")
PEOPLE = (
    ("Dov Rosen", "dov.rosen@polwhevral.example.org", "2"),
    ("Kit Hay", "kit.hay@polwhevral.example.org", "1"),
    ("Olive Tonkin", "olive.tonkin@polwhevral.example.org", "3"),
)


def link_in_the_letter(post: PostBox, journey: Journey, said: str) -> str:
    """The letters that are owed go out; the link of the newest to the school lead whose subject says this."""
    world = world_with(journey.store, mail_server(f"maildir:{post.folder}"))
    deliver_due(replace(world, links=Links("http://127.0.0.1", post.secret)), lambda: journey.now)
    letters = [one for one in post.collect() if said in one["Subject"]]
    found = _ANY_LINK.search(text_of(letters[-1]))
    assert found
    return found[1]


def come_in(page: Page, site: Site, post: PostBox, link: str) -> float:
    """Opens the letter's link, asks for another, and uses that. Returns when it began, by the browser's clock."""
    page.goto(site.url + link)
    began = page.evaluate("performance.timeOrigin")
    with page.expect_navigation():
        page.get_by_role("button", name="Send me a link").click()
    page.goto(site.url + post.links()[-1])
    with page.expect_navigation():
        page.get_by_role("button", name="Go on").click()
    return float(began)


def took(page: Page, began: float, said: str) -> float:
    """Seconds until the page says so."""
    page.get_by_text(said).wait_for()
    return (float(page.evaluate("performance.timeOrigin + performance.now()")) - began) / 1000


def tab_and_type(page: Page, text: str) -> None:
    page.keyboard.press("Tab")
    page.keyboard.type(text, delay=A_KEY)


def test_three_people_are_named_from_the_first_letter_on(
    page: Page, site: Site, journey: Journey, post: PostBox
) -> None:
    began = come_in(page, site, post, link_in_the_letter(post, journey, "tell us who is taking part"))
    page.get_by_label("Full name").first.focus()
    page.keyboard.press("Shift+Tab")
    for name, email, phase in PEOPLE:
        tab_and_type(page, name)
        tab_and_type(page, email)
        page.keyboard.press("Tab")
        for _ in range(int(phase)):
            page.keyboard.press("ArrowDown")
    page.get_by_role("button", name="Name these people").click()
    seconds = took(page, began, "Thank you. 3 people are named")
    print(f"Three people named in {seconds:.1f} s")
    assert seconds < LIMIT
    assert journey.stage == "training_1"


def test_a_date_is_chosen_from_its_letter_on(page: Page, site: Site, journey: Journey, post: PostBox) -> None:
    journey.to("training_1")
    journey._do(appointments.offer, "training_1", [journey.now + timedelta(days=20), journey.now + timedelta(days=27)])
    began = come_in(page, site, post, link_in_the_letter(post, journey, "Please choose a date"))
    page.get_by_label("2 November 2025").check()
    page.get_by_role("button", name="Choose this date").click()
    seconds = took(page, began, "Thank you. Training session 1: the meeting is on Sunday 2 November 2025")
    print(f"A date chosen in {seconds:.1f} s")
    assert seconds < LIMIT
