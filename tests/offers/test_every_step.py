"""Through each offer from its order to its end, in every round: each step is taken back, and done again."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from config.settings import OFFERS
from tests.journeys import Journey, furnish
from tests.keys import keys
from tests.offers.test_library import ORDERED
from tests.offers.together import FOLDERS, HERE
from tests.offers.walk import Walk
from tests.records import Originals, Place
from workflow.engine.catalogue import Catalogue
from workflow.offer.check import check
from workflow.offer.loader import load_offer, load_offers
from workflow.queries.audit import verify
from workflow.store.session import Store

ROUND = ["shelf_visit", "library_panel", "mark_held"]
GATE = ["gate_arrivals", *["gate_changes", "gate_evening"] * 3, "gates_open"]
PASSED = {"gate": GATE, "library": ["joining", *ROUND * 3, "given_up"], "pledge": ["pledged", "listed"]}


@pytest.fixture
def store(place: Place) -> Iterator[Store]:
    """All of them side by side."""
    with Originals({"keys": keys, "offers": Catalogue(load_offers((HERE, OFFERS)))}).copy(place) as store:
        furnish(store, ORDERED)
        yield store


@pytest.mark.parametrize("folder", FOLDERS.values(), ids=list(FOLDERS))
def test_nothing_is_wrong_with_its_page(folder: Path) -> None:
    assert check(load_offer(folder)) == []


@pytest.mark.parametrize("code", FOLDERS)
def test_each_step_is_taken_back_and_done_again(store: Store, code: str) -> None:
    walk = Walk.begin(Journey(store, ORDERED), code)
    for step in walk.steps():
        before = walk.picture()
        walk.do(step)
        done = walk.picture()
        assert done != before, step
        if getattr(step, "doing", "") == "choose":
            continue  # The date that was chosen is called off with its letters, and others are offered.
        walk.take_back()
        assert walk.picture() == before, step
        walk.do(step)
        assert walk.picture() == done, step
    stages = list(load_offer(FOLDERS[code]).stage)
    assert walk.passed == PASSED.get(code, stages)
    with store.reading() as session:
        assert verify(session).faults == ()
