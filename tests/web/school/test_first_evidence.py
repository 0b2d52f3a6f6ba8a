"""Somebody who knows nothing but the email they got sends in their evidence, by the browser's own clock."""

import re
from collections.abc import Callable
from dataclasses import replace
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from playwright.sync_api import Page

from config.settings import Settings
from tasks.mail.server import mail_server
from tasks.tick import pass_once
from tests.journeys import PEOPLE, Journey
from tests.web.browsing import Site, press
from tests.web.conftest import Clock
from tests.web.forms.begun import CODES
from tests.web.post_box import text_of
from tests.workflow.documents.hostile import plain_pdf
from tests.worlds import world_with
from workflow.mail.signed_links import Links
from workflow.store.tables.submission import Submission

_TWO_MINUTES = 120_000
_ADDRESS = re.compile(r"https?://\S+/school/[^\s>)]+")
AddressIn = Callable[[str], str]


@pytest.fixture
def address_in(site: Site, journey: Journey, settings: Settings, clock: Clock, tmp_path: Path) -> AddressIn:
    """The first address in the letter with this in its subject that came for Ada, once everything owed is sent."""
    folder, links = tmp_path / "mail", Links(site.url, settings.secret_key)
    world = world_with(journey.store, mail_server(f"maildir:{folder}"))
    world = replace(world, links=links, secret=settings.secret_key)

    def read(subject: str) -> str:
        pass_once(world, clock.now)
        came = [message_from_bytes(one.read_bytes(), policy=default) for one in folder.glob("new/*")]
        own = [one for one in came if one["To"].addresses[0].addr_spec == PEOPLE[0].email]
        (letter,) = [one for one in own if subject in one["Subject"]]
        return str(_ADDRESS.findall(text_of(letter))[0])

    return read


def test_evidence_is_sent_within_two_minutes_of_the_first_email(
    page: Page, address_in: AddressIn, journey: Journey, clock: Clock, tmp_path: Path
) -> None:
    (tmp_path / "plan.pdf").write_bytes(plain_pdf())
    clock.now = journey.to("framework").now
    page.goto(address_in("Your Recognition Framework: evidence by"))
    began = page.evaluate("performance.timeOrigin")
    press(page, "text=Send me a link")
    page.goto(address_in("Your link to your own page"))
    press(page, "main form button")
    page.click("text=send in your evidence")
    for code in CODES:
        page.fill(f'[id="send-text-{code}"]', f"What I did for {code}, with whom, and what came of it.")
    page.set_input_files('[id="send-files-1.2-input"]', tmp_path / "plan.pdf")
    page.locator('[data-kept-said="files-1.2"]', has_text="kept until you send").wait_for()
    press(page, "text=Send in this evidence")
    assert "Your evidence is sent in." in page.inner_text("main")
    took = page.evaluate("Date.now()") - began
    print(f"evidence sent {took / 1000:.1f} s after the first email was opened")
    assert took < _TWO_MINUTES
    with journey.store.reading() as session:
        assert session.query(Submission).count() == 1
