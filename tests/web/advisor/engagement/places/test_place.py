"""Where each thing about an engagement has its place, whatever the offer."""

import pytest

from config.settings import OFFERS
from tests.test_architecture import ROOT
from web.advisor.engagement.places import place
from workflow.offer.definition import Offer
from workflow.offer.loader import load_offers

ALL = load_offers((OFFERS, ROOT / "tests" / "data" / "offers")).offers.values()


@pytest.mark.parametrize("offer", ALL, ids=lambda offer: offer.offer.code)
def test_whatever_has_a_place_is_at_one_that_is_told_of(offer: Offer) -> None:
    where = {place.of_meeting(offer, kind.name) for kind in offer.appointments}
    where |= {place.of_trigger(offer, trigger) for trigger in offer.triggers}
    assert [one for one in where if not place.PLACES[one].there(offer)] == []


@pytest.mark.parametrize("offer", ALL, ids=lambda offer: offer.offer.code)
def test_what_an_offer_does_not_have_has_no_place(offer: Offer) -> None:
    told = {one.name for one in place.PLACES.values() if one.there(offer)}
    assert (place.VISITS in told) == any(one.records.judgement for one in offer.transitions)
    assert (place.EVIDENCE in told) == any(phase.criteria for phase in offer.phases)
    assert {place.OVERVIEW, place.PEOPLE, place.MESSAGES, place.HISTORY} <= told


def test_a_form_has_an_address_that_opens_it() -> None:
    assert place.address("CMC-25-0001-D") == "/advisor/engagement/CMC-25-0001-D"
    assert place.address("CMC-25-0001-D", place.PEOPLE) == "/advisor/engagement/CMC-25-0001-D/people"
    opened = "/advisor/engagement/CMC-25-0001-D/people?form=nominate#form-nominate"
    assert place.address("CMC-25-0001-D", place.PEOPLE, "nominate") == opened
