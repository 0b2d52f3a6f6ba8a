"""Whatever no installed offer has is told of nowhere: no menu, panel, figure, column or sentence is about it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.journeys import Journey
from tests.offers.alone import Alone, alone, read
from tests.offers.test_library import ELOWEN, ORDERED
from tests.offers.together import FOLDERS
from tests.records import Files
from tests.web.guests import let_in, link_for
from tests.web.visitor import Visitor
from workflow.engine.catalogue import Catalogue
from workflow.mail.signed_links import Links
from workflow.offer.installed.has import EVERYTHING, Has, of_all, of_one
from workflow.offer.installed.way import way_of
from workflow.offer.loader import load_offer, load_offers
from workflow.offer.outline import read_outlines
from workflow.store.tables.participant import Participant

OFFERS = {code: load_offer(folder) for code, folder in FOLDERS.items()}


@pytest.fixture
def pledge(files: Files, tmp_path: Path) -> Iterator[Alone]:
    with alone(files, tmp_path, "pledge") as there:
        yield there


@pytest.fixture
def library(files: Files, tmp_path: Path) -> Iterator[Alone]:
    with alone(files, tmp_path, "library") as there:
        yield there


def test_what_there_is_is_read_from_the_pages() -> None:
    assert of_one(OFFERS["pledge"]) == Has(*(False for _ in Has._fields))
    assert of_one(OFFERS["mentoring"]) == EVERYTHING
    assert of_one(OFFERS["library"]) == EVERYTHING._replace(evidence=False, registers=False)
    assert of_all([OFFERS["gate"], OFFERS["pledge"]]) == of_one(OFFERS["gate"])
    assert of_all([]) == EVERYTHING


def test_an_outline_knows_the_same_way_as_the_whole_page() -> None:
    for folder in {one.parent for one in FOLDERS.values()}:
        whole = Catalogue(load_offers((folder,)))
        assert {key: one.way for key, one in read_outlines(folder).outlines.items()} == {
            offer.key: way_of(offer) for offer in whole
        }


def test_no_page_of_the_council_tells_of_what_a_pledge_has_not(pledge: Alone) -> None:
    journey = Journey(pledge.store, ORDERED).begin(price="10.00", order="P-1", offer="pledge")
    lead, case = Visitor(pledge.app).sign_in("lead@example.org"), f"/advisor/engagement/{journey.reference}"
    assert "Calendar" not in lead.open("/advisor/").texts("a")
    assert "Check a certificate" not in lead.texts("a")
    listed = read(lead.open("/advisor/engagements"))
    assert ("Meeting from" in listed, "staff" in listed, "1 of 2: Pledged" in listed) == (False, False, True)
    assert "Next meeting" not in read(lead.open("/advisor/lists/columns"))
    insight = read(lead.open("/advisor/insight"))
    assert ("Certificates to come" in insight, "without visits" in insight) == (False, False)
    assert lead.open("/advisor/insight/certificates.csv").answer.status_code == 404
    assert "Staff of one school" not in read(lead.open("/advisor/imports"))
    assert "staff" not in read(lead.open("/advisor/bulk/"))
    assert "This offer asks for no evidence." in read(lead.open(f"{case}/evidence"))
    assert "This offer has no meetings of this kind." in read(lead.open(f"{case}/meetings"))
    assert "This offer has no visits." in read(lead.open(f"{case}/visits"))
    admin = Visitor(pledge.app).sign_in("admin@example.org").open("/admin/people")
    assert "Who has read evidence" not in admin.texts("a")


@pytest.mark.parametrize(
    ("code", "assessor", "finance"),
    [
        ("pledge", "Does what an offer leaves to somebody who looks from outside.", "Reads engagements and orders."),
        ("gate", "Visits schools, and judges what they see there.", "Reads engagements and orders."),
        ("mentoring", "Visits schools and judges evidence.", "Reads engagements and orders, and no evidence."),
    ],
)
def test_a_role_is_for_what_there_is(files: Files, tmp_path: Path, code: str, assessor: str, finance: str) -> None:
    with alone(files, tmp_path, code) as there:
        words = read(Visitor(there.app).sign_in("admin@example.org").open("/admin/people/new"))
        assert (f"Assessor {assessor}" in words, f"Finance {finance}" in words) == (True, True)
        assert ("evidence" in words) == (code == "mentoring")


def test_a_school_in_which_nobody_takes_part_has_contacts(pledge: Alone) -> None:
    journey = Journey(pledge.store, ORDERED).begin(price="10.00", order="P-1", offer="pledge")
    stranger, school = Visitor(pledge.app), Visitor(pledge.app)
    page = let_in(school, journey.reference)
    for path in ("", "/people", "/messages"):
        assert "Your people" not in school.open(f"{page}{path}").words, path
        assert "Your contacts" in school.texts("a"), path
    assert "Your contacts" in school.open(f"{page}/people").texts("h1")
    asked = read(stranger.open(f"{page}/people"))
    assert ("name people" in asked, "who speaks for your school" in asked) == (False, True)


def test_a_link_leads_to_what_can_be_done_there(pledge: Alone, library: Alone) -> None:
    for there, order, told in (
        (pledge, ("10.00", "pledge"), "where you see what is next."),
        (library, ("120.00", "library"), "where you can name people and choose dates."),
    ):
        journey = Journey(there.store, ORDERED).begin(price=order[0], order="L-1", offer=order[1])
        assert told in read(Visitor(there.app).open(link_for(there.app, journey.reference)))


def test_no_public_page_tells_of_certificates_where_there_are_none(pledge: Alone) -> None:
    anybody = Visitor(pledge.app)
    for path in ("/", "/help", "/cookies"):
        assert "Check a certificate" not in anybody.open(path).texts("a"), path
    assert "How to check a certificate" not in anybody.open("/help").texts("h2")


def test_what_is_kept_is_told_of_what_there_is(pledge: Alone, library: Alone) -> None:
    told = {name: Visitor(one.app).open("/privacy").texts("h3") for name, one in (("p", pledge), ("l", library))}
    assert {"Experience and evidence", "Certificates", "Who has read evidence"}.isdisjoint(told["p"])
    assert {"Who takes part, and whom to write to", "Messages"} <= {*told["p"]}
    assert {*told["l"]} - {*told["p"]} == {"Certificates"}


def test_where_there_are_certificates_and_meetings_they_are_there(library: Alone) -> None:
    journey = Journey(library.store, ORDERED).begin(price="120.00", order="S-1", offer="library").nominate((ELOWEN,))
    lead, school = Visitor(library.app).sign_in("lead@example.org"), Visitor(library.app)
    assert {"Calendar", "Check a certificate"} <= set(lead.open("/advisor/").texts("a"))
    assert "Certificates to come" in read(lead.open("/advisor/insight"))
    assert "Staff of one school" in read(lead.open("/advisor/imports"))
    dates = read(school.open(f"{let_in(school, journey.reference)}/dates"))
    assert "No meeting has a date yet." in dates, "nobody offers dates in this offer"


def test_where_there_is_one_phase_nobody_is_asked_for_it(library: Alone) -> None:
    journey = Journey(library.store, ORDERED).begin(price="120.00", order="S-1", offer="library")
    school = Visitor(library.app)
    page = let_in(school, journey.reference)
    words = read(school.open(f"{page}/people"))
    assert "Nobody is named yet. Name at least 1 member of staff below." in words
    assert [one for one in ("hase", "Their experience", "A School Librarian") if one in words] == []
    hidden = school.fields('/nominate-many"') | {"name-1": ELOWEN.name, "email-1": ELOWEN.email}
    assert "Thank you. 1 person is named." in school.post(f"{page}/nominate-many", hidden).follow().words
    assert "Phase" not in school.open(f"{page}/people/template.csv").answer.text
    case = f"/advisor/engagement/{journey.reference}"
    lead = Visitor(library.app).sign_in("lead@example.org")
    ada = {"name": "Ada Pascoe", "email": "ada@polwhevral.example.org"}
    lead.post(f"{case}/people/nominate", lead.open(f"{case}/people").fields('/people/nominate"') | ada)
    assert "1: A School Librarian" in read(lead.follow())
    assert "Agree the phase" not in read(lead.open(f"{case}/people/1/"))
    with library.store.reading() as session:
        people = session.scalars(select(Participant).order_by(Participant.id)).all()
    assert [(one.name, one.phase, one.phase_agreed) for one in people] == [
        (ELOWEN.name, 1, True),
        ("Ada Pascoe", 1, True),
    ]


def test_a_stage_at_which_a_journey_is_given_up_is_not_counted(library: Alone) -> None:
    journey = Journey(library.store, ORDERED).begin(price="120.00", order="S-1", offer="library")
    lead, case = Visitor(library.app).sign_in("lead@example.org"), f"/advisor/engagement/{journey.reference}"
    assert "Stage 1 of 4: Joining" in read(lead.open(case))
    assert "1 of 4: Joining" in read(lead.open("/advisor/engagements"))


def test_a_school_that_may_only_read_is_told_what_a_link_would_be_for(pledge: Alone, library: Alone) -> None:
    pledged = Journey(pledge.store, ORDERED).begin(price="10.00", order="P-1", offer="pledge")
    joined = Journey(library.store, ORDERED).begin(price="120.00", order="S-1", offer="library")
    links = Links("", "s" * 40)
    there = read(Visitor(pledge.app).open(links.status(pledged.reference)))
    assert "Ask us and see our messages Here you can read." in there
    pledged.fire("write_into_the_list")
    at_the_end = read(Visitor(pledge.app).open(links.status(pledged.reference)))
    assert "Messages Here you can read. To do something, and to see our messages, ask for a link." in at_the_end
    there = read(Visitor(library.app).open(links.status(joined.reference)))
    assert "Name people, choose dates and more Here you can read." in there
    assert "to see our messages and certificates" in there
