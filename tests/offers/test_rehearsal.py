"""A year rehearsed with each offer, and with all: people do what its page has, and come to where it leads."""

from typing import Any

import pytest

from tests.offers.conftest import Installation
from tests.offers.together import FOLDERS
from workflow.offer.loader import load_offer

OFFERS = {code: load_offer(folder) for code, folder in FOLDERS.items()}


def rehearsed(typist_of: Installation, *codes: str, schools: int) -> Any:
    asked = ("--schools", str(schools), "--from", "2026-02-02", "--until", "2027-03-31")
    return typist_of(*codes).ask("simulate", *asked)


@pytest.mark.parametrize("code", OFFERS)
def test_each_is_gone_through_to_where_it_leads(typist_of: Installation, code: str) -> None:
    offer, told = OFFERS[code], rehearsed(typist_of, code, schools=2)
    assert told["refused"] == []
    arrived = sum(
        count for place, count in told["engagements_in_the_end"].items() if place.split(", ")[1] in offer.goals
    )
    assert arrived >= 1
    assert (told["summary"]["certificates"] > 0) == (offer.certificate is not None)


def test_orders_come_for_each_in_turn(typist_of: Installation) -> None:
    told = rehearsed(typist_of, schools=4)
    assert told["refused"] == []
    stages = {place.split(", ")[1] for place in told["engagements_in_the_end"]}
    assert all(stages & set(offer.stage) for offer in OFFERS.values())
