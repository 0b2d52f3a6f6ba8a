"""Every page in a real browser: nothing for axe to find, all of it by keyboard, and whole without scripts."""

import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

from config.settings import Settings
from tests.journeys import LEAD, Journey
from tests.web.conftest import Clock
from tests.web.visitor import PASSWORD
from workflow import certificates
from workflow.links import Links
from workflow.store.message import SentMessage
from workflow.store.owed import Owed
from workflow.store.participant import Participant

_ARGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
         "--disable-sync"]  # fmt: skip
WIDTHS, NARROWEST = (1280, 375), 320
EMAIL = "lead_advisor.web@example.org"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        path = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=path, args=_ARGS)
        yield browser
        browser.close()


@dataclass
class Site:
    """The application on a real socket."""

    url: str
    links: Links

    def school(self, journey: Journey) -> str:
        return self.url + self.links.status(journey.reference)


@pytest.fixture
def site(app: Flask, settings: Settings) -> Iterator[Site]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield Site(f"http://127.0.0.1:{server.server_port}", Links("", settings.secret_key))
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    page = context.new_page()
    page.set_default_timeout(10_000)
    yield page
    context.close()


def _enter(page: Page, site: Site, password: str = PASSWORD) -> None:
    page.goto(site.url + "/sign-in")
    page.fill("#email", EMAIL)
    page.fill("#password", password)
    with page.expect_navigation():
        page.click("main button[type=submit]")


def _press(page: Page, selector: str) -> None:
    with page.expect_navigation():
        page.click(selector)


def _sound(page: Page, text: str) -> None:
    """The page is the one that was meant, axe finds nothing on it, and no width makes it scroll sideways."""
    assert text in " ".join(page.inner_text("body").split())
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
    page.set_viewport_size({"width": NARROWEST, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROWEST


def _certify(journey: Journey) -> str:
    """Everybody holds a certificate; the answer is Ada's number."""
    serials = []
    journey.to("recognised")
    with journey.store.writing() as session:
        for number, person in enumerate(session.query(Participant).order_by(Participant.id).all()):
            serial = certificates.serial_for(str(number), "a secret")
            printed = certificates.to_print(session, journey.id, person.id, serial=serial, owed_at=journey.now)
            certificates.issue(session, journey.id, person.id, printed, b"%PDF", now=journey.now)
            serials.append(serial)
    return serials[0]


def _send(journey: Journey) -> None:
    """What is owed goes out, as the worker would write it down."""
    with journey.store.writing() as session:
        for row in session.query(Owed).filter(Owed.status == "owed"):
            row.status = "done"
            session.add(SentMessage(outbox_id=row.id, engagement_id=journey.id, message_id=f"<{row.id}@x>",
                                    to_name="Jenna Rowe", to_email="jenna@polwhevral.example.org",
                                    subject=f"Letter {row.id}", text="Dear Jenna,\n\nWelcome.",
                                    sent_at=journey.now))  # fmt: skip


def test_axe_finds_nothing_on_the_public_pages(page: Page, site: Site, journey: Journey, clock: Clock) -> None:
    serial = _certify(journey)
    for path, text in (
        ("/", "Recognition for mentors, coaches and leaders"),
        ("/sign-in", "For advisors, lead advisors and assessors"),
        ("/verify/", "Every Certificate of Recognition has a number"),
        ("/verify/?serial=x", "Enter the certificate number as it is printed"),
        (f"/verify/{serial}", "Genuine and current"),
        ("/verify/2222-2222-2222", "There is no certificate with this number."),
        ("/sign-out", "That is not how this page is used"),
        ("/school/" + "x" * 30, "This link is not whole."),
    ):
        page.goto(site.url + path)
        _sound(page, text)
    clock.now += timedelta(days=4 * 365)
    page.goto(f"{site.url}/verify/{serial}")
    _sound(page, "No longer current")


def test_axe_finds_nothing_on_signing_in_wrongly_and_on_the_list(page: Page, site: Site) -> None:
    _enter(page, site, "wrong password")
    _sound(page, "There is a problem")
    _enter(page, site)
    _sound(page, "There are no engagements yet.")


def test_axe_finds_nothing_on_a_list_with_late_and_stuck(
    page: Page, site: Site, journey: Journey, clock: Clock
) -> None:
    with journey.store.writing() as session:
        session.query(Owed).update({"status": "dead"})
    clock.now += timedelta(days=60)
    _enter(page, site)
    _sound(page, "2 stuck")
    page.goto(f"{site.url}/advisor/?find=elsewhere")
    _sound(page, "No engagement matches.")


def test_axe_finds_nothing_on_a_case_in_any_state(page: Page, site: Site, journey: Journey, case: str) -> None:
    _enter(page, site)
    page.goto(site.url + case)
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    _sound(page, "Why should it go ahead anyway?")
    _press(page, "#form-hold button")
    _sound(page, "Answer the question: Why is it going on hold?")
    journey.nominate()
    page.fill("#hold-note", "The head is away")
    _press(page, "#form-hold button")
    _sound(page, "This engagement has changed since you looked at it.")
    page.goto(site.url + case)
    page.click("#form-lapse summary")
    _press(page, "#form-lapse button")
    _sound(page, "Lapsed. 1 email is on its way.")


def test_axe_finds_nothing_on_stuck_and_sent_emails(page: Page, site: Site, journey: Journey, case: str) -> None:
    _send(journey)
    journey.to("follow_up_1").meet("follow_up_1", outputs="A mentoring lead in every phase.")
    with journey.store.writing() as session:
        session.query(Owed).filter(Owed.status == "owed").update({"status": "dead", "trouble": "No such user."})
    _enter(page, site)
    page.goto(site.url + case)
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    _sound(page, "Why should it not be sent?")
    _press(page, "form[action$='/drop'] button")
    _sound(page, "Say in up to 4000 characters why it should not be sent.")


def test_axe_finds_nothing_on_a_finished_case(page: Page, site: Site, journey: Journey, case: str) -> None:
    _certify(journey)
    _enter(page, site)
    page.goto(site.url + case)
    _sound(page, "Ada Pascoe: An Effective Mentor (PDF)")


@pytest.mark.parametrize("stage", ["purchase", "training_1", "recognised"])
def test_axe_finds_nothing_on_the_schools_page(
    page: Page, site: Site, journey: Journey, clock: Clock, stage: str
) -> None:
    if stage == "recognised":
        _certify(journey)
    journey.to(stage)
    page.goto(site.school(journey))
    _sound(page, "Your journey")
    clock.now += timedelta(days=60)
    page.goto(site.school(journey))
    _sound(page, "You have come to the end" if stage == "recognised" else "late")


def test_axe_finds_nothing_when_the_school_rests(page: Page, site: Site, journey: Journey) -> None:
    journey.fire("hold", LEAD, note="The head is away", values={"review_on": "2026-01-05"})
    page.goto(site.school(journey))
    _sound(page, "Your journey is on hold.")


def _tab_to(page: Page, selector: str) -> None:
    """Presses the tab key until the focus is there; what has the focus can always be seen."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("(wanted) => document.activeElement.matches(wanted)", selector):
            return
    raise AssertionError(f"the tab key never reached {selector}")


def test_everything_can_be_done_by_keyboard(page: Page, site: Site, journey: Journey, case: str) -> None:
    page.goto(f"{site.url}{case}")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent.trim()") == "Skip to main content"
    _tab_to(page, "#email")
    page.keyboard.type(EMAIL)
    _tab_to(page, "#password")
    page.keyboard.type(PASSWORD)
    with page.expect_navigation(url=f"**{case}"):
        page.keyboard.press("Enter")
    _tab_to(page, "#form-hold > summary")
    page.keyboard.press("Enter")
    _tab_to(page, "#hold-note")
    page.keyboard.type("The head is away")
    for part, typed in (("day", "5"), ("month", "1"), ("year", "2026")):
        _tab_to(page, f"#hold-review_on-{part}")
        page.keyboard.type(typed)
    _tab_to(page, "#form-hold button")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "Put on hold." in page.inner_text("[role=alert]")
    assert journey.row.standing == "on_hold"


def test_an_error_takes_the_focus_and_leads_to_its_field(page: Page, site: Site, case: str) -> None:
    _enter(page, site)
    page.goto(site.url + case)
    page.click("#form-hold summary")
    _press(page, "#form-hold button")
    page.wait_for_function("document.activeElement.matches('.govuk-error-summary')")
    page.click(".govuk-error-summary a >> nth=0")
    assert page.evaluate("document.activeElement.id") == "hold-note"
    page.click(".govuk-error-summary a >> nth=1")
    assert page.evaluate("document.activeElement.id") == "hold-review_on-day"


def test_the_pages_work_without_scripts(browser: Browser, site: Site, journey: Journey, case: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    _enter(page, site)
    page.click(f"a[href='{case}']")
    page.click("#form-override-start_training summary")
    page.fill("#override-start_training-override", "Agreed with the head")
    page.click("#form-override-start_training button")
    assert "Training started." in page.inner_text(".govuk-notification-banner")
    page.click("text=Sign out")
    assert page.url == site.url + "/"
    context.close()
    assert journey.stage == "training_1"


def test_a_page_keeps_itself_up_to_date_while_emails_are_on_the_way(
    page: Page, site: Site, journey: Journey, case: str
) -> None:
    _enter(page, site)
    page.goto(site.url + case)
    page.click("#form-hold summary")
    page.fill("#hold-note", "Half a sentence")
    assert "2 still on the way." in page.inner_text("#owed-status")
    _send(journey)
    page.wait_for_selector("text=Letter 1, to Jenna Rowe")
    assert page.inner_text("#owed-status") == "Nothing is on the way."
    assert page.input_value("#hold-note") == "Half a sentence"


def test_the_browser_finds_nothing_against_its_policy(page: Page, site: Site, journey: Journey, case: str) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    _enter(page, site)
    for address in (site.url + case, site.url + "/", site.school(journey)):
        page.goto(address, wait_until="networkidle")
    assert complaints == []
