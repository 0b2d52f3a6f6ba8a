"""What an offer has no word for has no form on its pages: a press of its button could only be refused."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys import Journey
from tests.offers.alone import Alone, alone, read
from tests.offers.test_library import ELOWEN, ORDERED
from tests.records import Files
from tests.web.guests import let_in
from tests.web.visitor import Visitor
from workflow.usecases import appointments


@pytest.fixture
def library(files: Files, tmp_path: Path) -> Iterator[Alone]:
    with alone(files, tmp_path, "library") as there:
        yield there


@pytest.fixture
def journey(library: Alone) -> Journey:
    return Journey(library.store, ORDERED).begin(price="120.00", order="S-1", offer="library").nominate((ELOWEN,))


@pytest.fixture
def lead(library: Alone) -> Visitor:
    return Visitor(library.app).sign_in("lead@example.org")


def test_dates_are_offered_to_choose_from_where_the_offer_lets_them(lead: Visitor, journey: Journey) -> None:
    case = f"/advisor/engagement/{journey.reference}"
    visits = read(lead.open(f"{case}/visits"))
    assert ("Agree a date" in visits, "Offer dates to choose from" in visits) == (True, False)
    assert "choose from three dates" not in read(lead.open(f"{case}/meeting/shelf_walk/book"))
    assert lead.open(f"{case}/meeting/shelf_walk/offer").answer.status_code == 409


def test_a_register_is_taken_where_the_offer_has_one(library: Alone, journey: Journey) -> None:
    case = f"/advisor/engagement/{journey.reference}"
    journey.book("shelf_walk")._do(appointments.hold, "shelf_walk", outputs=None)
    library.clock.now = journey.now
    lead = Visitor(library.app).sign_in("lead@example.org")
    assert "Take the register" not in read(lead.open(f"{case}/visits"))
    assert lead.open(f"{case}/meeting/shelf_walk/register").answer.status_code == 409


def test_nobody_takes_the_place_of_somebody_where_the_offer_has_no_reason_for_it(
    library: Alone, lead: Visitor, journey: Journey
) -> None:
    page = read(lead.open(f"/advisor/engagement/{journey.reference}/people/1/"))
    assert "Confirm the name on the certificate" in page
    assert ("takes the place" in page, "Goes on at another school" in page) == (False, False)
    school = Visitor(library.app)
    people = read(school.open(f"{let_in(school, journey.reference)}/people"))
    assert "Choose a name to mend a mistake in it or to confirm it for the certificate." in people
