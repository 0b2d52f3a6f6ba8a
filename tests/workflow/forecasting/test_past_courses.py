"""What is remembered of others' courses is what their history says, whatever happened meanwhile."""

from datetime import date

import pytest

from tests.conftest import NOW
from tests.journeys import LEAD, furnish
from tests.pasts import Past
from tests.queries_counted import counted
from workflow.engine.catalogue import offers_of
from workflow.forecasting.past_courses import past_stays
from workflow.forecasting.survival import Stay
from workflow.store.session import KEPT, Store
from workflow.usecases.undo import undo


@pytest.fixture
def council(store: Store) -> Store:
    furnish(store, NOW)
    return store


def stays(past: Past, besides: int = 0) -> list[tuple[str, Stay]]:
    with past.journey.store.reading() as session:
        offer = offers_of(session).latest()
        return list(past_stays(session, offer, besides, offer.calendar.local_day(past.journey.now)))


def anew(past: Past, besides: int = 0) -> list[tuple[str, Stay]]:
    """As a program reads them that remembers nothing."""
    with past.journey.store.reading() as session:
        session.info[KEPT].clear()
    return stays(past, besides)


def test_each_history_is_read_once_for_as_long_as_nothing_happens(council: Store) -> None:
    past = Past(council, "P-0", date(2025, 9, 10)).to("training_1")
    other = Past(council, "P-1", date(2025, 9, 10)).to("training_1")
    stays(other)
    with counted(council) as asked:
        stays(other)
    assert len(asked) == 1, "which are the latest, and what happened to each last"
    past.wait(3).to("training_2")
    with counted(council) as asked:
        seen = stays(past)
    assert (len(asked), seen) == (2, anew(past))


def test_what_happened_since_counts_and_so_does_what_was_taken_back(council: Store) -> None:
    past = Past(council, "P-0", date(2025, 9, 10)).to("training_1")
    for move in (
        lambda: past.to("training_2", training_1=12),
        lambda: past.wait(4).journey._do(undo.undo, reason="The wrong school.", actor=LEAD),
        lambda: past.wait(1).to("training_2"),
        lambda: past.wait(2).journey.fire("hold", note="Inspection.", values={"review_on": "2026-12-01"}),
        lambda: past.wait(9).journey.fire("resume"),
    ):
        move()
        assert stays(past) == anew(past)
    assert stays(past)[1:] == [("training_1", Stay(18, ended=True)), ("training_2", Stay(2, ended=False))]


def test_a_day_later_what_goes_on_has_lasted_a_day_longer(council: Store) -> None:
    past = Past(council, "P-0", date(2025, 9, 10)).to("training_1")
    assert stays(past)[-1] == ("training_1", Stay(0, ended=False))
    assert stays(past.wait(1))[-1] == ("training_1", Stay(1, ended=False))


def test_the_one_that_is_asked_about_is_not_among_the_others(council: Store) -> None:
    past = Past(council, "P-0", date(2025, 9, 10)).to("training_1")
    known = stays(past)
    other = Past(council, "P-1", date(2025, 9, 10))
    assert len(stays(past)) == len(known) + 1
    assert stays(past, besides=other.journey.id) == known


def test_no_history_takes_the_place_of_another_with_as_many_events(council: Store) -> None:
    """As after a backup was put back: the same number, the same count of events, another past."""
    past = Past(council, "P-0", date(2025, 9, 10)).to("training_1")
    with council.reading() as session:
        offer = offers_of(session).latest()
        today = offer.calendar.local_day(past.journey.now)
        list(past_stays(session, offer, 0, today))
        kept = session.info[KEPT]["courses"]
        known = kept[offer.key]
        others = {one: ("another", course._replace(stage="elsewhere")) for one, (_, course) in known.courses.items()}
        kept[offer.key] = known._replace(courses=others)
    assert stays(past) == anew(past)
