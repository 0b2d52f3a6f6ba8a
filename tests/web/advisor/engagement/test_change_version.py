"""A lead advisor moves one engagement, and several, to another version of the offer, having seen what is there."""

from collections.abc import Iterator

import pytest

from tests.journeys import Journey
from tests.offers.versions.another import with_version
from tests.web.visitor import Visitor
from workflow.acts.bulk import work
from workflow.engine.catalogue import offers_of


@pytest.fixture
def other(journey: Journey) -> Journey:
    """Ordered before there was a later version."""
    return Journey(journey.store, journey.now).begin(order="SFS-2")


@pytest.fixture
def later(journey: Journey) -> Iterator[str]:
    """A later version that is no different."""
    with journey.store.reading() as session:
        known = offers_of(session)
    journey.store.tell(offers=with_version(known, "2027-09"))
    yield "mentoring-2027-09"
    journey.store.tell(offers=known)


def test_what_it_finds_there_is_looked_at_before_it_goes_on(lead: Visitor, journey: Journey, later: str) -> None:
    case = f"/advisor/engagement/{journey.reference}"
    path = f"{case}/change-version"
    fields = lead.open(f"{case}/history").fields(f'action="{path}"')
    words = lead.ask(path, fields | {"offer-version": later, "called": "", "note": "The new year."}).words
    assert (
        "goes on under mentoring-2027-09. It stays at “Purchase”. The school is to name at least three staff" in words
    )
    assert journey.row.offer_version == "2026-09"
    words = lead.confirm().follow().words
    assert "goes on under mentoring-2027-09" in words
    assert "Goes on under another version of the offer: 2027-09" in words
    assert journey.row.offer_version == "2027-09"
    assert "Mentoring, coaching and leadership recognition framework, 2027-09" in lead.open(case).words


def test_names_that_say_nothing_stand_beside_their_field(lead: Visitor, journey: Journey, later: str) -> None:
    case = f"/advisor/engagement/{journey.reference}"
    path = f"{case}/change-version"
    fields = lead.open(f"{case}/history").fields(f'action="{path}"')
    lead.ask(path, fields | {"offer-version": later, "called": "x = y", "note": "The new year."})
    assert lead.answer.status_code == 422
    assert "Line 1 speaks of “x”, and mentoring-2026-09 knows nothing of that name." in lead.words
    assert 'href="#change-version-called"' in lead.answer.text
    assert "x = y" in lead.answer.text


@pytest.mark.usefixtures("later")
def test_only_a_lead_advisor_is_asked(advisor: Visitor, lead: Visitor, journey: Journey) -> None:
    history = f"/advisor/engagement/{journey.reference}/history"
    assert "Another version of the offer" in lead.open(history).words
    assert "Another version of the offer" not in advisor.open(history).words
    assert "another version" in lead.open("/advisor/bulk/").words
    assert "another version" not in advisor.open("/advisor/bulk/").words
    assert advisor.open("/advisor/bulk/change_version").answer.status_code == 403


def test_one_version_alone_is_no_choice(lead: Visitor, journey: Journey) -> None:
    assert "Another version of the offer" not in lead.open(f"/advisor/engagement/{journey.reference}/history").words


def test_several_are_moved_together(other: Journey, lead: Visitor, journey: Journey, later: str) -> None:
    path = "/advisor/bulk/change_version"
    fields = lead.open(path).fields(f'action="{path}"') | {"offer-version": later, "note": "The new year."}
    lead.answer = lead.client.post(path, data=fields | {"which": [journey.reference, other.reference]}, buffered=True)
    assert lead.answer.status_code == 303
    _work(journey)
    words = lead.open("/advisor/bulk/job/1").words
    assert "Will be done (2)" in words
    assert words.count("It stays at “Purchase”. The school is to name at least three staff by") == 2
    lead.post("/advisor/bulk/job/1", lead.open("/advisor/bulk/job/1").fields("/advisor/bulk/job/1"))
    _work(journey)
    assert {one.row.offer_version for one in (journey, other)} == {"2027-09"}


def _work(journey: Journey) -> None:
    while work.work(journey.store, lambda: journey.now):
        pass
