"""The pages about one person, and about who read evidence, in a real browser."""

from playwright.sync_api import Page

from tests.journeys import Journey
from tests.web.browsing import Site, enter, press, sound
from tests.web.conftest import NOON
from tests.web.visitor import PASSWORD
from workflow.store.session import Store
from workflow.store.tables.access.evidence_read import EvidenceRead
from workflow.usecases.accounts import members


def test_axe_finds_nothing_from_the_first_look_to_the_erasure(
    page: Page, site: Site, journey: Journey, store: Store
) -> None:
    journey.nominate().withdraw("ada@polwhevral.example.org", "left")
    with store.writing() as session:
        email = "admin.web@example.org"
        members.add(session, email, name="Kensa Bray", role="admin", password=PASSWORD, now=NOON)
        session.add(EvidenceRead(at=NOON, user_id=1, participant_id=2, kind="page", what="1"))
    enter(page, site, email=email)
    page.goto(f"{site.url}/admin/evidence-reads")
    sound(page, "Bryn Tregear")
    page.goto(f"{site.url}/admin/privacy")
    sound(page, "Make sure first that it is they who ask.")
    press(page, "main form button")
    sound(page, "Enter an email address")
    page.fill("#find-email", "ada@polwhevral.example.org")
    press(page, "main form button")
    sound(page, "This would go:")
    press(page, "form[action='/admin/privacy/erase'] button")
    sound(page, "Tick the box if you want to erase them")
    page.check("input[name=sure]")
    press(page, "form[action='/admin/privacy/erase'] button")
    sound(page, "Erased.")
