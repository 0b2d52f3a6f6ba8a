"""A version of its offer that somebody wrote by hand is found, whichever way they went about it."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.conftest import begun
from tests.journeys import Journey
from tests.offers.versions.another import changed
from tests.workflow.offer.pages import MENTORING
from tests.workflow.usecases.rollout.moving import move
from workflow.engine.catalogue import Catalogue
from workflow.engine.course import Course
from workflow.offer.loader import load_offers
from workflow.queries.audit import verify
from workflow.store.session import Store

CHANGED = "the version of the offer was changed after event {}, and no event says so."
UNTOLD = {
    "offer_version = '2027-09'": (CHANGED.format(1),),
    "offer_version = '2027-09', bought_version = '2026-09'": (
        CHANGED.format(1),
        "the engagement says that it was bought under 2026-09, and no event says so.",
    ),
}
MOVED = {
    "bought_version = null": (
        CHANGED.format(2),
        "its history begins under 2026-09, and the engagement does not say that it was bought under that.",
    ),
    "offer_version = '2026-09'": (
        CHANGED.format(2),
        "the engagement is under 2026-09, and its history ends under 2027-09.",
    ),
}


@pytest.fixture
def another(journey: Journey, tmp_path: Path) -> None:
    """A later version is there."""
    sell(journey, tmp_path)


def sell(journey: Journey, tmp_path: Path) -> None:
    changed(MENTORING, tmp_path, "2027-09", {"minimum_staff = 3": "minimum_staff = 2"})
    journey.store.tell(offers=Catalogue(load_offers((MENTORING.parent, tmp_path))))


def by_hand(journey: Journey, change: str) -> None:
    with journey.store.engine.begin() as connection:
        connection.execute(text(f"update engagement set {change}"))


def found(journey: Journey) -> tuple[str, ...]:
    with journey.store.reading() as session:
        return tuple(one.sentence for one in verify(session).faults)


@pytest.mark.usefixtures("another")
@pytest.mark.parametrize("change", UNTOLD)
def test_of_one_that_nobody_moved(journey: Journey, change: str) -> None:
    by_hand(journey, change)
    assert found(journey) == UNTOLD[change]


@pytest.mark.usefixtures("another")
@pytest.mark.parametrize("change", MOVED)
def test_of_one_that_was_moved(journey: Journey, change: str) -> None:
    move(journey)
    assert not found(journey)
    by_hand(journey, change)
    assert found(journey) == MOVED[change]


@pytest.fixture
def older(store: Store, monkeypatch: pytest.MonkeyPatch) -> Journey:
    """An engagement that is older than the first digest of a version."""
    real = Course.cover

    def cover(self: Course, seq: int, kind: str, row: Mapping[str, object]) -> None:
        if kind != "version":
            real(self, seq, kind, row)

    with monkeypatch.context() as patch:
        patch.setattr(Course, "cover", cover)
        begun(store)
    return Journey.resume(store)


def test_of_one_that_nothing_vouches_for_until_it_is_moved(older: Journey, tmp_path: Path) -> None:
    assert not found(older)
    sell(older, tmp_path)
    move(older)
    assert not found(older)
    by_hand(older, "bought_version = null")
    assert CHANGED.format(2) in found(older)
