"""A role in one offer is said on an account's page, and shows on that offer's engagements alone."""

from pathlib import Path

import pytest

from tests.journeys import Journey
from tests.offers.together import FOLDERS
from tests.web.admin.test_people import do
from tests.web.visitor import Visitor
from workflow.engine.catalogue import Catalogue
from workflow.offer.loader import load_offers
from workflow.usecases.accounts import members

LIBRARY = "School library mark"


@pytest.fixture
def two_offers(journey: Journey) -> Journey:
    pages = load_offers((FOLDERS["mentoring"].parent, Path(FOLDERS["library"]).parent))
    journey.store.tell(offers=Catalogue(pages))
    return journey


@pytest.mark.usefixtures("journey")
def test_with_one_offer_there_is_nothing_to_say(admin: Visitor, tamsin: int) -> None:
    assert "Role in one offer" not in admin.open(f"/admin/people/{tamsin}").words


@pytest.mark.usefixtures("two_offers")
def test_it_is_said_told_and_taken_back(admin: Visitor, tamsin: int) -> None:
    do(admin, tamsin, "in-offers", **{"in-library": "assessor", "in-mentoring": "", "in-pledge": ""})
    told = admin.follow().words
    assert "The roles of Tamsin Rowe are changed." in told
    assert f"In {LIBRARY}: assessor" in told
    assert f"Role in one offer changed in {LIBRARY} from advisor to assessor, by Kensa Bray" in told
    do(admin, tamsin, "in-offers", **{"in-library": "", "in-mentoring": "", "in-pledge": ""})
    assert f"In {LIBRARY}:" not in admin.follow().words


@pytest.mark.usefixtures("two_offers")
def test_an_offer_that_the_page_did_not_ask_about_keeps_its_role(admin: Visitor, tamsin: int) -> None:
    do(admin, tamsin, "in-offers", **{"in-library": "assessor"})
    do(admin, tamsin, "in-offers", **{"in-pledge": "auditor"})
    assert f"In {LIBRARY}: assessor" in admin.follow().words


@pytest.mark.usefixtures("two_offers")
def test_what_cannot_be_is_told_beside_its_offer_and_what_was_chosen_stays(admin: Visitor, tamsin: int) -> None:
    do(admin, tamsin, "in-offers", **{"in-library": "auditor", "in-pledge": "king"})
    assert admin.answer.status_code == 422
    assert "“king” is no role in an offer; choose advisor, lead_advisor, assessor or auditor." in admin.words
    assert '<option value="auditor" selected' in admin.answer.text


def test_on_a_page_of_that_offer_they_have_what_is_theirs_there_and_their_own_menu(
    admin: Visitor, lead: Visitor, two_offers: Journey
) -> None:
    page = f"/advisor/engagement/{two_offers.reference}"
    assert lead.open(page).answer.text.count('method="post"') > 1
    with two_offers.store.reading() as session:
        number = members.by_address(session, "lead_advisor.web@example.org").id
    do(admin, number, "in-offers", **{"in-mentoring": "auditor"})
    here = lead.open(page)
    assert here.answer.status_code == 200
    assert "(auditor here)" in here.words
    assert here.answer.text.count('method="post"') == 1, "to sign out"
    assert "Several schools" in here.texts("a")
    refused = lead.open(f"{page}/undo/")
    assert "you act in this offer as auditor" in refused.words
    assert "(auditor here)" not in lead.open("/advisor/").words
