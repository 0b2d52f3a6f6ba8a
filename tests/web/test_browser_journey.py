"""A case walked from purchase to recognised in a real browser, by three people, with nothing but the pages."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Browser, Page

from tests.journeys import PEOPLE, Journey
from tests.web.browsing import Site, enter, press, sound, unfold
from workflow.acts.bulk import work
from workflow.usecases import evidence
from workflow.usecases.evidence import EvidencePiece


@dataclass
class Desk:
    """One person at the pages of a case."""

    page: Page
    url: str

    def look(self, where: str = "") -> "Desk":
        self.page.goto(self.url + where)
        return self

    def send(self, form: str, said: str) -> None:
        """Opens what is folded, presses the button of the form with this address, and reads what it did."""
        unfold(self.page)
        press(self.page, f"form[action$='/{form}'] button")
        assert said in self.page.inner_text("[role=alert]")

    def press(self, trigger: str, said: str) -> None:
        unfold(self.page)
        press(self.page, f"form:has(input[name=trigger][value={trigger}]):not(:has([name=override])) button")
        assert said in self.page.inner_text("[role=alert]")

    def agree(self, kind: str) -> None:
        """A date this morning: the clock of these tests stands at noon."""
        press(self.page, f"#form-book-{kind}")
        for field, typed in (("date-day", "6"), ("date-month", "10"), ("date-year", "2025"), ("time", "9:30am")):
            self.page.fill(f"#book-{kind}-{field}", typed)
        self.send(f"meeting/{kind}/book", "Monday 6 October 2025 at 9:30am is unusual: it has passed")
        self.page.check(f"#book-{kind}-anyway")
        self.send(f"meeting/{kind}/book", "is on Monday 6 October 2025 at 9:30am.")


@contextmanager
def desk(browser: Browser, site: Site, case: str, role: str) -> Iterator[Desk]:
    context = browser.new_context()
    page = context.new_page()
    page.set_default_timeout(10_000)
    enter(page, site, email=f"{role}.web@example.org")
    yield Desk(page, site.url + case).look()
    context.close()


def _nominate(advisor: Desk) -> None:
    advisor.look("/people")
    for person in PEOPLE:
        advisor.page.click("#form-nominate > summary")
        advisor.page.fill("#nominate-name", person.name)
        advisor.page.fill("#nominate-email", person.email)
        advisor.page.select_option("#nominate-phase", str(person.phase))
        advisor.send("people/nominate", f"{person.name} is nominated.")
    assert "The stage is now Training session 1." in advisor.page.inner_text("[role=alert]")


def _train(advisor: Desk, kind: str, then: str) -> None:
    advisor.look("/meetings").agree(kind)
    press(advisor.page, f"#form-register-{kind}")
    advisor.send(f"meeting/{kind}/register", f"3 of 3 present. The stage is now {then}.")


def _follow_up(advisor: Desk, kind: str, then: str) -> None:
    advisor.look("/meetings").agree(kind)
    advisor.page.fill(f"#hold-{kind}-outputs", "A mentoring lead in every phase.")
    advisor.send(f"meeting/{kind}/hold", "took place.")
    advisor.look().press(f"complete_{kind}", f"The stage is now {then}.")


def _each(advisor: Desk, form: str, said: str) -> None:
    for number, person in enumerate(PEOPLE, 1):
        advisor.page.goto(f"{advisor.url}/people/{number}/")
        if form == "decide":
            unfold(advisor.page)
            advisor.page.check("#decide-decision")
        advisor.send(f"people/{number}/{form}", said.format(person.name))
    advisor.look()


def test_from_purchase_to_recognised_with_nothing_but_the_pages(
    browser: Browser, site: Site, journey: Journey, case: str
) -> None:
    with desk(browser, site, case, "advisor") as advisor:
        _nominate(advisor)
        _train(advisor, "training_1", "Training session 2")
        _train(advisor, "training_2", "Framework completion")
        _each(advisor, "decide", "Recorded for {}: completed.")
        assert journey.stage == "follow_up_1"
        _follow_up(advisor, "follow_up_1", "Follow-up meeting 2")
        _follow_up(advisor, "follow_up_2", "Quality assurance visit")
        advisor.look("/visits").press("check_evidence", "Evidence for the visit checked.")
        advisor.agree("qa_visit")
        advisor.send("meeting/qa_visit/hold", "Recorded: Quality assurance visit took place.")
        with desk(browser, site, case, "assessor") as assessor:
            assessor.look("/visits").press("record_qa_met", "The stage is now Certification.")
        _each(advisor, "confirm", "The certificate will say “{}”.")
        with desk(browser, site, case, "lead_advisor") as lead:
            lead.press("approve_award", "The stage is now Recognised.")
    assert (journey.stage, journey.row.standing) == ("recognised", "completed")


def test_axe_finds_nothing_on_the_forms_that_record_facts(
    browser: Browser, site: Site, journey: Journey, case: str
) -> None:
    with desk(browser, site, case, "advisor") as advisor:
        page = advisor.look("/people").page
        unfold(page)
        sound(page, "Choose one")
        press(page, "form[action$='/people/nominate'] button")
        unfold(page)
        sound(page, "Enter the person’s email address")
        page.wait_for_function("document.activeElement.matches('.govuk-error-summary')")
        page.click(".govuk-error-summary a >> nth=2")
        assert page.evaluate("document.activeElement.id") == "nominate-phase"
        journey.to("training_1")
        advisor.look("/meetings").agree("training_1")
        press(page, "#form-register-training_1")
        unfold(page)
        sound(page, "Told us they could not come")
        for number in range(3):
            page.uncheck(f"[name=marks] >> nth={number}")
        press(page, "form[action$='/training_1/register'] button")
        unfold(page)
        sound(page, "Tick who was there.")
        page.click(".govuk-error-summary a >> nth=0")
        assert page.evaluate("document.activeElement.id") == "register-training_1-marks"
        page.check("[name=marks] >> nth=0")
        page.check("[name=marks] >> nth=1")
        page.select_option("#register-training_1-mark-3", "excused")
        advisor.send("meeting/training_1/register", "2 of 3 present.")
        sound(page, "Who has caught up?")


def test_what_is_being_filled_in_is_left_alone_while_the_page_renews_itself(
    browser: Browser, site: Site, journey: Journey, case: str
) -> None:
    journey.nominate()
    with desk(browser, site, case, "advisor") as advisor:
        before = advisor.look("/people").page.inner_text("#owed-status")
        advisor.page.click("#form-nominate > summary")
        advisor.page.fill("#nominate-name", "Dinah Kent")
        advisor.page.click("h1")
        journey.to("framework")
        advisor.page.wait_for_function("(was) => document.querySelector('#owed-status').innerText !== was", arg=before)
        assert advisor.page.input_value("#nominate-name") == "Dinah Kent"
        assert "Named by the school" in advisor.page.inner_text("#people")


def test_axe_finds_nothing_on_the_page_of_a_participant(
    browser: Browser, site: Site, journey: Journey, case: str
) -> None:
    journey.to("framework")
    pieces = {code: EvidencePiece(f"What I did for {code}.") for code in ("1.1", "1.2", "1.3", "1.4")}
    journey._do(evidence.send_in, PEOPLE[0].email, pieces)
    with desk(browser, site, case, "advisor") as advisor:
        page = advisor.look("/people").page
        press(page, "#people a >> text=Ada Pascoe")
        unfold(page)
        sound(page, "Version 1 waits for a review")
        page.check("#review-decision-1\\.1")
        press(page, "form[action$='/review'] button")
        unfold(page)
        sound(page, "Decide about 1.4: met, or not met yet")
        page.click(".govuk-error-summary a >> nth=0")
        assert page.evaluate("document.activeElement.id") == "review-decision-1.2"
        for code in ("1\\.1", "1\\.2", "1\\.3", "1\\.4"):
            page.check(f"#review-decision-{code}")
        press(page, "form[action$='/review'] button")
        unfold(page)
        sound(page, "The evidence of Ada Pascoe is accepted.")


def test_axe_finds_nothing_on_the_pages_for_several_engagements(
    browser: Browser, site: Site, journey: Journey, case: str
) -> None:
    with desk(browser, site, case, "lead_advisor") as lead:
        page = lead.page
        pages = {"": "You see", "hand_over": "Who looks after", "book": "Which meeting?", "message": "Your message"}
        for verb, said in pages.items():
            page.goto(f"{site.url}/advisor/bulk/{verb}")
            sound(page, said)
        press(page, "main form button")
        sound(page, "Choose at least one engagement")
        page.click(".govuk-error-summary a >> nth=0")
        assert page.evaluate("document.activeElement.id") == "bulk-which"
        page.check("#bulk-which")
        page.fill("#bulk-text", "We look forward to meeting you.")
        press(page, "main form button")
        sound(page, "0 of 1 engagement worked out")
        work.work(journey.store, lambda: journey.now)
        page.reload()
        sound(page, "Do it for 1 engagement")
        press(page, "main form button")
        sound(page, "0 of 1 engagement gone through")
        work.work(journey.store, lambda: journey.now)
        page.reload()
        sound(page, "1 engagement done.")
        assert journey.reference in page.inner_text("main")
