"""Every page in a real browser: nothing for axe to find, all of it by keyboard, and whole without scripts."""

from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys import LEAD, Journey
from tests.web.browsing import EMAIL, Site, assert_accessible, enter, press, sound, unfold
from tests.web.conftest import Clock
from tests.web.visitor import PASSWORD
from workflow.store.tables.owed_effect import OwedEffect
from workflow.store.tables.participant import Participant
from workflow.store.tables.sent_email import SentEmail
from workflow.usecases import certificates
from workflow.usecases.certificate_text import serial_for, to_print


def _certify(journey: Journey) -> str:
    """Everybody holds a certificate; the answer is Ada's number."""
    serials = []
    journey.to("recognised")
    with journey.store.writing() as session:
        for number, person in enumerate(session.query(Participant).order_by(Participant.id).all()):
            serial = serial_for(str(number), "a secret")
            printed = to_print(session, journey.id, person.id, serial=serial, owed_at=journey.now)
            certificates.issue(session, journey.id, person.id, printed, b"%PDF", owed_seq=1, now=journey.now)
            serials.append(serial)
    return serials[0]


def _send(journey: Journey) -> None:
    """What is owed goes out, as the worker would write it down."""
    with journey.store.writing() as session:
        for row in session.query(OwedEffect).filter(OwedEffect.status == "owed"):
            row.status = "done"
            session.add(
                SentEmail(
                    outbox_id=row.id,
                    engagement_id=journey.id,
                    message_id=f"<{row.id}@x>",
                    to_name="Jenna Rowe",
                    to_email="jenna@polwhevral.example.org",
                    subject=f"Letter {row.id}",
                    text="Dear Jenna,\n\nWelcome.",
                    sent_at=journey.now,
                )
            )


def test_axe_finds_what_is_wrong_in_whichever_width_it_shows(page: Page) -> None:
    page.set_content("""<html lang="en"><title>A page</title><main><h1>A page</h1><style>
        @media (min-width: 600px) { img { display: none } }</style><img src="data:,"></main>""")
    page.set_viewport_size({"width": 1280, "height": 900})
    assert_accessible(page)
    page.set_viewport_size({"width": 320, "height": 900})
    with pytest.raises(AssertionError, match="image-alt"):
        assert_accessible(page)


def test_axe_finds_nothing_on_the_public_pages(page: Page, site: Site, journey: Journey, clock: Clock) -> None:
    serial = _certify(journey)
    for path, text in (
        ("/", "Recognition for schools"),
        ("/sign-in", "For people at the council who have an account"),
        ("/verify/", "Every Certificate of Recognition has a number"),
        ("/verify/?serial=x", "Enter the certificate number as it is printed"),
        (f"/verify/{serial}", "Genuine and current"),
        ("/verify/2222-2222-2222", "There is no certificate with this number."),
        ("/sign-out", "That is not how this page is used"),
        ("/school/" + "x" * 30, "This link is not whole."),
    ):
        page.goto(site.url + path)
        sound(page, text)
    clock.now += timedelta(days=4 * 365)
    page.goto(f"{site.url}/verify/{serial}")
    sound(page, "No longer current")


def test_axe_finds_nothing_on_signing_in_wrongly_and_on_the_list(page: Page, site: Site) -> None:
    enter(page, site, "wrong password")
    sound(page, "There is a problem")
    enter(page, site)
    sound(page, "Nothing is due from you this week.")
    page.goto(f"{site.url}/advisor/engagements")
    sound(page, "There are no engagements yet.")


def test_axe_finds_nothing_on_a_list_with_late_and_stuck(
    page: Page, site: Site, journey: Journey, clock: Clock
) -> None:
    with journey.store.writing() as session:
        session.query(OwedEffect).update({"status": "dead"})
    clock.now += timedelta(days=60)
    enter(page, site)
    page.goto(f"{site.url}/advisor/engagements")
    sound(page, "2 stuck")
    page.goto(f"{site.url}/advisor/engagements?find=elsewhere")
    sound(page, "No engagement matches.")


def test_axe_finds_nothing_on_a_case_in_any_state(page: Page, site: Site, journey: Journey, case: str) -> None:
    enter(page, site)
    page.goto(site.url + case)
    unfold(page)
    sound(page, "Why should it go ahead anyway?")
    press(page, "#form-hold button")
    sound(page, "Answer the question: Why is it going on hold?")
    journey.nominate()
    page.fill("#hold-note", "The head is away")
    press(page, "#form-hold button")
    sound(page, "Since you opened this: Staff nominated")
    page.goto(site.url + case)
    page.click("#form-lapse summary")
    press(page, "#form-lapse button")
    sound(page, "Lapsed. 1 email is on its way.")


def test_axe_finds_nothing_on_stuck_and_sent_emails(page: Page, site: Site, journey: Journey, case: str) -> None:
    _send(journey)
    journey.to("follow_up_1").meet("follow_up_1", outputs="A mentoring lead in every phase.")
    with journey.store.writing() as session:
        session.query(OwedEffect).filter(OwedEffect.status == "owed").update(
            {"status": "dead", "trouble": "No such user."}
        )
    enter(page, site)
    page.goto(f"{site.url}{case}/messages")
    unfold(page)
    sound(page, "Why should it not be sent?")
    press(page, "form[action$='/drop'] button")
    sound(page, "Say in up to 4000 characters why it should not be sent.")


def test_axe_finds_nothing_on_a_finished_case(page: Page, site: Site, journey: Journey, case: str) -> None:
    _certify(journey)
    enter(page, site)
    page.goto(f"{site.url}{case}/people")
    sound(page, "Ada Pascoe: An Effective Mentor (PDF)")
    page.goto(site.url + case)
    sound(page, "Completed")


@pytest.mark.parametrize("stage", ["purchase", "training_1", "recognised"])
def test_axe_finds_nothing_on_the_schools_page(
    page: Page, site: Site, journey: Journey, clock: Clock, stage: str
) -> None:
    if stage == "recognised":
        _certify(journey)
    journey.to(stage)
    page.goto(site.school(journey))
    sound(page, "Your journey")
    clock.now += timedelta(days=60)
    page.goto(site.school(journey))
    sound(page, "You have come to the end" if stage == "recognised" else "late")


def test_axe_finds_nothing_when_the_school_rests(page: Page, site: Site, journey: Journey) -> None:
    journey.fire("hold", LEAD, note="The head is away", values={"review_on": "2026-01-05"})
    page.goto(site.school(journey))
    sound(page, "Your journey is on hold.")


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
    assert "Nothing has been recorded or sent yet." in page.inner_text("main")
    _tab_to(page, "#check .govuk-button-group button")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "Put on hold." in page.inner_text("[role=alert]")
    assert journey.row.standing == "on_hold"


def test_an_error_takes_the_focus_and_leads_to_its_field(page: Page, site: Site, case: str) -> None:
    enter(page, site)
    page.goto(site.url + case)
    page.click("#form-hold summary")
    press(page, "#form-hold button")
    page.wait_for_function("document.activeElement.matches('.govuk-error-summary')")
    page.click(".govuk-error-summary a >> nth=0")
    assert page.evaluate("document.activeElement.id") == "hold-note"
    page.click(".govuk-error-summary a >> nth=1")
    assert page.evaluate("document.activeElement.id") == "hold-review_on-day"


def test_the_pages_work_without_scripts(browser: Browser, site: Site, journey: Journey, case: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    enter(page, site)
    page.click("text=Engagements")
    page.click(f"a[href='{case}']")
    page.click("#not-yet > summary")
    page.click("#form-override-start_training summary")
    page.fill("#override-start_training-override", "Agreed with the head")
    page.click("#form-override-start_training button")
    page.click("#check .govuk-button-group button >> nth=0")
    assert "Training started." in page.inner_text(".govuk-notification-banner")
    page.click("text=Sign out")
    assert page.url == site.url + "/"
    context.close()
    assert journey.stage == "training_1"


def test_a_page_keeps_itself_up_to_date_while_emails_are_on_the_way(
    page: Page, site: Site, journey: Journey, case: str
) -> None:
    enter(page, site)
    page.goto(f"{site.url}{case}/messages")
    page.click("#form-message summary")
    page.fill("#message-text", "Half a sentence")
    assert "2 still on the way." in page.inner_text("#owed-status")
    _send(journey)
    page.wait_for_selector("text=Letter 1, to Jenna Rowe")
    assert page.inner_text("#owed-status") == "Nothing is on the way."
    assert page.input_value("#message-text") == "Half a sentence"


def test_the_browser_finds_nothing_against_its_policy(page: Page, site: Site, journey: Journey, case: str) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    enter(page, site)
    there = (site.url + case, f"{site.url}{case}/messages", site.url + "/", site.school(journey), f"{site.url}/school/")
    for address in there:
        page.goto(address, wait_until="networkidle")
    assert complaints == []


def test_axe_finds_nothing_while_a_list_is_imported(page: Page, site: Site, journey: Journey, clock: Clock) -> None:
    clock.now = journey.now
    enter(page, site)
    page.goto(f"{site.url}/advisor/imports?kind=staff&about={journey.reference}")
    press(page, "main form button")
    sound(page, "Choose a file")
    rows = b"Teacher,Email\r\nAda Hale,ada.hale@example.org\r\nBryn,bryn at example.org\r\n#N/A,\r\n"
    page.set_input_files("#upload-file", {"name": "a-list.csv", "mimeType": "text/csv", "buffer": rows})
    press(page, "main form button")
    sound(page, "a-list.csv lacks 1 column.")
    page.select_option("#column-name", "Teacher")
    press(page, "form[action$='/columns'] button")
    sound(page, "2 rows have a problem")
    press(page, "button[value=good]")
    sound(page, "1 participant added")
    press(page, "form[action$='/undo'] button")
    sound(page, "Nothing has been done yet.")
    press(page, "form[action$='/undo'] button")
    sound(page, "1 taken back.")
    page.goto(f"{site.url}/advisor/imports")
    sound(page, "Taken back")
