"""What is held up is listed with its reason; when there is a lot of it, the list stays short."""

import pytest
from sqlalchemy import event, update

from tests.conftest import NOW
from tests.journeys import Journey, furnish
from tests.queries_counted import counted
from workflow.queries.held_up import list_held_up
from workflow.queries.outlines import outlines_of
from workflow.store.health import setbacks
from workflow.store.session import Store
from workflow.store.tables.engagement import Engagement


def told(store: Store) -> list[str]:
    with store.reading() as session:
        return [one.what for one in list_held_up(session, outlines_of(session))]


def suffer(store: Store, number: int) -> None:
    with store.writing() as session:
        for one in range(number):
            setbacks.suffer(session, "engagement", f"CMC-26-{one:04}", "It broke.", NOW)


def test_each_kind_is_called_by_what_it_is(store: Store) -> None:
    with store.writing() as session:
        for kind, name in (("mail", ""), ("sender", "us@example.org"), ("engagement", "CMC-26-0001-K")):
            setbacks.suffer(session, kind, name, "It broke.", NOW)
    assert sorted(told(store)) == ["all emails", "emails from us@example.org", "engagement CMC-26-0001-K"]


@pytest.mark.parametrize(
    ("number", "last"), [(50, "engagement CMC-26-0049"), (51, "1 other thing"), (90, "40 other things")]
)
def test_a_long_list_says_how_many_others_there_are(store: Store, number: int, last: str) -> None:
    suffer(store, number)
    assert told(store)[-1] == last


def test_it_takes_as_many_queries_however_much_there_is(store: Store) -> None:
    asked: list[str] = []
    event.listen(store.engine, "before_cursor_execute", lambda *about: asked.append(about[2]))
    numbers = []
    for number in (1, 40):
        suffer(store, number)
        asked.clear()
        told(store)
        numbers.append(sum("SELECT" in one for one in asked))
    assert numbers == [2, 2]


def test_what_is_hurried_may_be_tried_at_once(store: Store) -> None:
    suffer(store, 3)
    with store.writing() as session:
        assert setbacks.hurry(session, NOW) == 3
        assert {one.next_try for one in setbacks.all_of(session, ("engagement",))} == {NOW}


def test_each_offer_that_is_missing_is_named_once_in_one_query(store: Store) -> None:
    furnish(store, NOW)
    for number in range(6):
        Journey(store, NOW).begin(order=f"SFS-{number}")
    gone = [("mentoring", "2020-09"), ("mentoring", "2031-09"), ("reading", "2025-09")]
    with store.writing() as session:
        for number, (code, version) in enumerate([*gone, *gone[:2]], 2):
            session.connection().execute(
                update(Engagement).where(Engagement.id == number).values(offer_code=code, offer_version=version)
            )
    with counted(store) as asked:
        assert told(store) == [f"the offer {code}-{version}" for code, version in gone]
    assert len(asked) == 2
