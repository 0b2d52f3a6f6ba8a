"""The offers of this folder and the shipped one, each with another version in which everything is called otherwise."""

from collections.abc import Iterator

import pytest

from tests.journeys import LEAD, furnish
from tests.keys import keys
from tests.offers.test_library import ORDERED
from tests.offers.together import FOLDERS
from tests.offers.versions.another import called, renamed
from tests.offers.walk import Walk
from tests.records import Files, Originals, Place
from tests.web.visitor import PASSWORD
from workflow.engine.catalogue import Catalogue
from workflow.offer.loader import load_offers
from workflow.store.session import Store
from workflow.usecases.accounts import members
from workflow.usecases.rollout.move import Moved, to_version

#: Older than those that stand there, so that an order is for those.
VERSION = "2025-09"


@pytest.fixture(scope="session")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    home = tmp_path_factory.mktemp("versions")
    for folder in FOLDERS.values():
        renamed(folder, home, VERSION)
    return Catalogue(load_offers((home, *(folder.parent for folder in FOLDERS.values()))))


@pytest.fixture
def store(place: Place, catalogue: Catalogue) -> Iterator[Store]:
    with Originals({"keys": keys, "offers": catalogue}).copy(place) as store:
        furnish(store, ORDERED)
        yield store


@pytest.fixture
def file_store(files: Files, catalogue: Catalogue) -> Iterator[Store]:
    """With a lead advisor who may sign in."""
    with Originals({"keys": keys, "offers": catalogue, "hash_cost": "least"}).copy(files) as store:
        furnish(store, ORDERED)
        with store.writing() as session:
            members.add(session, "lead@example.org", name="Lead", role="lead_advisor", password=PASSWORD, now=ORDERED)
        yield store


def move(walk: Walk) -> Moved:
    """To the version in which everything is called otherwise."""
    journey = walk.journey
    with journey.store.writing() as session:
        return to_version(
            session,
            journey.id,
            (walk.code, VERSION),
            called=called(FOLDERS[walk.code]),
            note="The new year begins.",
            actor=LEAD,
            now=journey.now,
        )
