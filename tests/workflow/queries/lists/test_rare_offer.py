"""A rare offer in a large record is found by an index, and not by going through what there is of other offers."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, insert, select, text

from tests.conftest import NOW
from tests.journeys import Journey, furnish
from tests.records import Originals, Place
from workflow.domain.standing import STANDINGS
from workflow.offer.installed.editions import Edition
from workflow.queries.lists.engagement_list import page
from workflow.queries.lists.wanted import ORDERS, Order, Wanted, looked_up
from workflow.queries.promise_board import board
from workflow.store.session import Store
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.promise import PromiseRow

MANY, FEW = 3000, 5
RARE, COMMON = Edition("rare"), Edition("mentoring")
FOUND_BY = "ix_engagement_offer_code"


def large(store: Store) -> None:
    """Rows as the engine writes them, of one engagement made thousands."""
    furnish(store, NOW)
    Journey(store, NOW).begin()
    with store.writing() as session:
        connection = session.connection()
        (one,) = connection.execute(select(Engagement.__table__)).mappings().all()
        (owed,) = connection.execute(select(PromiseRow.__table__)).mappings().all()
        made = [_engagement(number) for number in range(FEW + MANY)]
        connection.execute(insert(Engagement), [dict(one) | row for row in made])
        active = [row["id"] for row in made if row["standing"] == "active"]
        due = [{"id": id_, "engagement_id": id_, "due_at": NOW + timedelta(minutes=id_)} for id_ in active]
        connection.execute(insert(PromiseRow), [dict(owed) | row for row in due])
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("ANALYZE"))


def _engagement(number: int) -> dict[str, Any]:
    """The first few are of the rare offer, and under way; of the many there are as many of each standing."""
    code, standing = ("rare", "active") if number < FEW else ("mentoring", STANDINGS[number % len(STANDINGS)])
    name = f"R-{number}"
    return {"id": 10 + number, "reference": name, "order_number": name, "offer_code": code, "standing": standing}


@pytest.fixture
def council(place: Place, originals: Originals) -> Iterator[Store]:
    with originals.copy(place, large) as store:
        yield store


def plans(store: Store, asked: list[tuple[str, Any]]) -> list[str]:
    explain = "EXPLAIN" if store.engine.dialect.name == "postgresql" else "EXPLAIN QUERY PLAN"
    with store.engine.connect() as connection:
        rows = [connection.exec_driver_sql(f"{explain} {one}", values).all() for one, values in asked]
    return ["\n".join(str(row[-1]) for row in plan) for plan in rows]


def listening(store: Store) -> list[tuple[str, Any]]:
    asked: list[tuple[str, Any]] = []
    event.listen(store.engine, "before_cursor_execute", lambda *about: asked.append((about[2], about[3])))
    return asked


@pytest.mark.parametrize("standing", [None, "active", "lapsed"])
@pytest.mark.parametrize("order", ORDERS)
def test_a_page_of_its_list_is_found_by_the_offer(council: Store, order: Order, standing: str | None) -> None:
    asked = listening(council)
    with council.reading() as session:
        found = page(session, NOW, Wanted(offer=RARE, order=order, standing=standing))
    assert len(found.lines) == (0 if standing == "lapsed" else FEW)
    about = [one for one in asked if "FROM engagement" in one[0]]
    assert about
    for plan in plans(council, about):
        assert FOUND_BY in plan, plan


def test_what_it_owes_is_found_by_the_offer(council: Store) -> None:
    asked = listening(council)
    with council.reading() as session:
        board(session, NOW, offer=RARE)
    (plan, *_) = plans(council, [one for one in asked if "FROM engagement" in one[0]])
    assert FOUND_BY in plan, plan


def test_an_offer_with_many_is_read_in_the_order_of_the_list(council: Store) -> None:
    """As nobody gathers thousands for a page of a few."""
    with council.reading() as session:
        assert [looked_up(session, Wanted(offer=one)).few for one in (RARE, COMMON, None)] == [True, False, None]
    asked = listening(council)
    with council.reading() as session:
        page(session, NOW, Wanted(offer=COMMON, order="newest"))
    plan = plans(council, [one for one in asked if "ORDER BY engagement.id" in one[0]])[0]
    assert FOUND_BY not in plan, plan
