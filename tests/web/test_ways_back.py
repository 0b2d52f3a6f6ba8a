"""Whoever has no account finds back to the page that is theirs, whatever went wrong."""

from tests.journeys import Journey
from tests.several_schools import TRUST, join_trust
from tests.web import readers
from tests.web.guests import let_in
from tests.web.visitor import Visitor


def test_from_an_error_a_school_and_a_participant_go_back_to_their_page(anybody: Visitor, journey: Journey) -> None:
    journey.to("framework")
    for number in (None, 1):
        page = let_in(anybody, journey.reference, number)
        for wrong in ("certificate/7KQ2-M9RT-WX4H", "certificates/7KQ2-M9RT-WX4H", "file/999", "no-such-page"):
            assert anybody.open(f"{page}/{wrong}").answer.status_code in (404, 405)
            assert anybody.link("Go back to your page") == page
        assert anybody.open(anybody.link("Go back to your page")).answer.status_code == 200


def test_a_reader_goes_back_to_their_schools(anybody: Visitor, journey: Journey) -> None:
    join_trust(journey.store, "900001")
    readers.let_in(anybody, trust=TRUST)
    assert anybody.open("/schools/CMC-26-9999-K").answer.status_code == 404
    assert anybody.link("Go back to your schools") == "/schools"


def test_an_address_that_was_made_up_leads_nowhere_else(anybody: Visitor) -> None:
    for path in ("/school/link/x/y", "/school/short/people", "/nowhere"):
        assert anybody.open(path).answer.status_code == 404
        assert anybody.link("Go to the start page") == "/"
