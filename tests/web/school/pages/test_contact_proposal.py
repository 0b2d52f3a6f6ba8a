"""A school proposes who speaks for it, and the person says yes or no by a link of their own."""

import pytest
from playwright.sync_api import Page

from config.settings import Settings
from tests.journeys import LEAD, Journey
from tests.web.browsing import Site, enter, sound, unfold
from tests.web.guests import browse_in
from tests.web.school.letters_sent import secret_sent
from tests.web.visitor import Visitor
from workflow.store.tables.access.access_letter import AccessLetter
from workflow.store.tables.contacts.proposal import ContactProposal

FORM = "propose-contact"
KIT = {
    "kind": "school_lead",
    "contact_name": "Kit Hay",
    "contact_email": "kit@polwhevral.example.org",
    "asked_by": "Olive Tonkin",
}


def propose(visitor: Visitor, school: str, **typed: str) -> Visitor:
    return visitor.post(f"{school}/{FORM}", visitor.open(f"{school}/people").fields(f"/{FORM}") | KIT | typed)


def counted(journey: Journey) -> int:
    with journey.store.reading() as session:
        return session.query(ContactProposal).count()


def test_a_school_proposes_and_its_page_says_who_waits(anybody: Visitor, journey: Journey, school: str) -> None:
    assert "School lead: Jenna Rowe" in anybody.open(f"{school}/people").words
    propose(anybody, school)
    words = anybody.follow().words
    assert "Thank you. Kit Hay has a letter and says yes or no." in words
    assert "School lead: Kit Hay is proposed by Olive Tonkin, and has not said yes so far" in words
    assert "kit@polwhevral.example.org" not in words, "an address is for the council's eyes"
    with journey.store.reading() as session:
        letters = [(one.purpose, one.to_email) for one in session.query(AccessLetter).order_by(AccessLetter.id)]
    assert letters[1:] == [
        ("contact_offered", "kit@polwhevral.example.org"),
        ("contact_asked", "jenna@polwhevral.example.org"),
    ]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (("kind", "caretaker"), "Choose which contact it is"),
        (("contact_name", ""), "Enter the name of whoever it is from now on"),
        (("contact_email", "kit"), "kit"),
        (("asked_by", ""), "Enter your own name"),
    ],
)
def test_what_is_missing_is_said_at_its_field(
    anybody: Visitor, journey: Journey, school: str, typed: tuple[str, str], words: str
) -> None:
    propose(anybody, school, **dict([typed]))
    assert anybody.answer.status_code == 422
    assert f'href="#{FORM}-{typed[0]}"' in anybody.answer.text
    assert words in anybody.words
    assert counted(journey) == 0


def test_who_it_is_already_is_said(anybody: Visitor, journey: Journey, school: str) -> None:
    propose(anybody, school, contact_name="Jenna Rowe", contact_email="jenna@polwhevral.example.org")
    assert (anybody.answer.status_code, "Jenna Rowe is school lead already." in anybody.words) == (409, True)
    assert counted(journey) == 0


def test_a_school_whose_journey_has_ended_has_no_form(anybody: Visitor, journey: Journey, school: str) -> None:
    hidden = anybody.open(f"{school}/people").fields(f"/{FORM}")
    journey.fire("cancel", LEAD, note="They wrote.")
    assert FORM + '"' not in anybody.open(f"{school}/people").answer.text.replace('id="propose-contact"', "")
    anybody.post(f"{school}/{FORM}", hidden | KIT)
    assert anybody.answer.status_code == 409


def test_to_open_the_link_uses_nothing_up_and_the_button_does(
    anybody: Visitor, journey: Journey, settings: Settings, school: str
) -> None:
    propose(anybody, school)
    link = f"/contact/{secret_sent(journey, settings, 'contact_offered')}"
    for _ in range(2):
        assert "Will you be the school lead of Polwhevral School?" in anybody.open(link).words
        assert "Olive Tonkin has proposed you, Kit Hay." in anybody.words
        assert anybody.client.head(link).status_code == 200
    anybody.post(link, anybody.fields(link) | {"answer": "yes"})
    assert "Thank you, Kit Hay You are the school lead from now on." in anybody.words
    assert journey.row.lead_email == "kit@polwhevral.example.org"
    assert anybody.open(link).answer.status_code == 404
    assert "This link has been used" in anybody.words


def test_a_no_changes_nothing(anybody: Visitor, journey: Journey, settings: Settings, school: str) -> None:
    propose(anybody, school)
    link = f"/contact/{secret_sent(journey, settings, 'contact_offered')}"
    anybody.post(link, anybody.open(link).fields(link) | {"answer": "no"})
    assert "Nothing has changed: you are not the school lead." in anybody.words
    assert journey.row.lead_name == "Jenna Rowe"
    assert "is proposed by" not in anybody.open(f"{school}/people").words


def test_the_letter_that_only_tells_is_no_way_in(
    anybody: Visitor, journey: Journey, settings: Settings, school: str
) -> None:
    propose(anybody, school)
    for secret in (secret_sent(journey, settings, "contact_asked"), "x" * 43):
        assert anybody.open(f"/contact/{secret}").answer.status_code == 404


def test_a_school_changes_its_lead_from_the_first_click_to_the_last(
    page: Page, site: Site, journey: Journey, settings: Settings, case: str
) -> None:
    page.goto(f"{browse_in(page, site, journey.reference)}/people")
    page.click("#form-propose-contact summary")
    with page.expect_navigation():
        page.click("#form-propose-contact button[type=submit]")
    sound(page, "There is a problem")
    page.select_option("#propose-contact-kind", "school_lead")
    for name, typed in [*KIT.items()][1:]:
        page.fill(f"#propose-contact-{name}", typed)
    with page.expect_navigation():
        page.click("#form-propose-contact button[type=submit]")
    sound(page, "Kit Hay is proposed by Olive Tonkin")
    enter(page, site)
    sound(page, "Kit Hay as school lead of Polwhevral School")
    page.goto(f"{site.url}{case}/people")
    unfold(page)
    sound(page, "Olive Tonkin asked on 6 October 2025")
    page.goto(f"{site.url}/contact/{secret_sent(journey, settings, 'contact_offered')}")
    sound(page, "Will you be the school lead")
    page.keyboard.press("Tab")
    page.locator("button[value=yes]").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    sound(page, "Thank you, Kit Hay")
    page.goto(f"{site.url}{case}/people")
    sound(page, "Kit Hay kit@polwhevral.example.org")
    assert journey.row.lead_name == "Kit Hay"
