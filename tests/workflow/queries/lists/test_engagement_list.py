"""The list is read in pages: each row once, in order, forwards and back, with the same work for every page."""

from base64 import urlsafe_b64encode
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from tests.conftest import NOW
from tests.journeys import LEAD, PEOPLE, Journey, furnish
from tests.queries_counted import counted
from tests.records import Originals, Place
from workflow.queries.lists.engagement_list import EngagementRow, Page, every, page, these
from workflow.queries.lists.keyset import Cursor
from workflow.queries.lists.wanted import Order, Wanted
from workflow.store.session import Store
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.owed_effect import OwedEffect
from workflow.store.tables.school import School

SIZE = 3


def many(store: Store) -> None:
    """Thirteen: of two schools, begun on different days, some on hold, cancelled, with others, or with nobody."""
    furnish(store, NOW)
    for number in range(13):
        urn = ("900001", "900004")[number % 2]
        journey = Journey(store, NOW + timedelta(days=number % 5)).begin(urn=urn, order=f"L-{number}")
        if number % 4 == 1:
            journey.fire("hold", note="Inspection.", values={"review_on": "2025-12-03"})
        if number % 6 == 2:
            journey.fire("cancel", LEAD, note="No time.")
        if number % 5 == 0:
            journey.nominate(PEOPLE)
    with store.writing() as session:
        session.connection().execute(update(Engagement).where(Engagement.id == 7).values(advisor_id=2))
        session.connection().execute(update(Engagement).where(Engagement.id == 8).values(advisor_id=None))
        in_trust = update(School).where(School.urn == "900004")
        session.connection().execute(in_trust.values(trust_code="16991", trust="Three Headlands Trust"))


@pytest.fixture
def council(place: Place, originals: Originals) -> Iterator[Store]:
    with originals.copy(place, many) as store:
        yield store


def look(store: Store, wanted: Wanted, cursor: str = "", *, size: int = SIZE) -> Page:
    with store.reading() as session:
        return page(session, NOW, wanted, cursor, size)


def ids(lines: tuple[EngagementRow, ...]) -> list[int]:
    return [one.id for one in lines]


@pytest.mark.parametrize("order", ["due", "school", "newest"])
@pytest.mark.parametrize(
    "wanted",
    [
        Wanted(),
        Wanted(advisor=1),
        Wanted(standing="active"),
        Wanted(owes="school"),
        Wanted(stage="purchase", phase="Primary"),
        Wanted(trust="16991"),
    ],
)
def test_pages_lead_through_all_of_it_and_back(council: Store, order: Order, wanted: Wanted) -> None:
    asked = replace(wanted, order=order)
    with council.reading() as session:
        whole = [one.id for one in every(session, NOW, asked)]
    assert len(whole) == len(set(whole)) > SIZE
    pages, shown = [], look(council, asked)
    while True:
        pages.append(shown)
        if not shown.after:
            break
        shown = look(council, asked, shown.after)
    assert [number for one in pages for number in ids(one.lines)] == whole
    assert not pages[0].before
    for one, earlier in zip(pages[:0:-1], pages[-2::-1], strict=True):
        assert ids(look(council, asked, one.before).lines) == ids(earlier.lines)


def test_what_is_due_first_comes_first_and_what_rests_behind(council: Store) -> None:
    lines = look(council, Wanted(), size=50).lines
    due = [one.promise.due_at for one in lines if one.promise]
    assert due == sorted(due)
    states = [one.standing for one in lines]
    assert states == sorted(states, key=["active", "on_hold", "cancelled"].index)


def test_each_filter_keeps_what_it_names_and_nothing_else(council: Store) -> None:
    with council.writing() as session:
        session.connection().execute(update(OwedEffect).where(OwedEffect.engagement_id == 3).values(status="dead"))
    everything = look(council, Wanted(), size=50).lines
    due = sorted(one.promise.due_at for one in everything if one.promise)[4]

    def kept(wanted: Wanted) -> set[int]:
        return set(ids(look(council, wanted, size=50).lines))

    owed = {one.id: one.promise for one in everything if one.promise}
    assert kept(Wanted(advisor=2)) == {7}
    assert kept(Wanted(advisor=0)) == {8}
    assert kept(Wanted(besides=1)) == {7, 8}
    assert kept(Wanted(stuck=True)) == {3}
    assert kept(Wanted(owes="school")) == {number for number, one in owed.items() if one.owner == "school"}
    assert kept(Wanted(due_by=due)) == {number for number, one in owed.items() if one.due_at <= due}
    assert kept(Wanted(due_after=due)) == {number for number, one in owed.items() if one.due_at > due}
    assert kept(Wanted(standing="on_hold")) == {one.id for one in everything if one.standing == "on_hold"}
    assert kept(Wanted(phase="Secondary")) == set()
    assert kept(Wanted(trust="16991")) == {one.id for one in everything if one.trust} == {2, 4, 6, 8, 10, 12}
    assert kept(Wanted(trust="1")) == set()


@pytest.mark.parametrize(
    "text", ["", "x", "%00", "é" * 9, str(Cursor(9, (1,))), str(Cursor(0, (1, 2, 3))),
             str(Cursor(0, ("2025-01-01", 1))),
             str(Cursor(0, (True, "x"))),
             str(Cursor(1, (2**70,))), str(Cursor(-1, ())), "W1tbW1tb" * 2000],
)  # fmt: skip
def test_a_place_that_means_nothing_is_the_beginning(council: Store, text: str) -> None:
    assert ids(look(council, Wanted(), text).lines) == ids(look(council, Wanted()).lines)


@pytest.mark.parametrize(
    ("order", "said"),
    [
        ("due", b"[Infinity,[],false]"),
        ("due", b'[0,["0001-01-01T00:00:00+14:00",1],false]'),
        ("school", rb'[0,["\ud800",1],false]'),
    ],
)
def test_nor_does_one_that_no_page_ever_gave(council: Store, order: Order, said: bytes) -> None:
    wanted = Wanted(order=order)
    assert ids(look(council, wanted, urlsafe_b64encode(said).decode()).lines) == ids(look(council, wanted).lines)


def test_a_place_behind_which_nothing_is_left_is_the_beginning(council: Store) -> None:
    gone = str(Cursor(0, (NOW + timedelta(days=9999), 9999)))
    assert ids(look(council, Wanted(owes="school"), gone).lines) == ids(look(council, Wanted(owes="school")).lines)


def test_found_ones_keep_their_order_and_are_filtered_too(council: Store) -> None:
    with council.reading() as session:
        assert ids(these(session, NOW, Wanted(), [7, 3, 99, 5])) == [7, 3, 5]
        assert ids(these(session, NOW, Wanted(advisor=2), [7, 3, 5])) == [7]


def test_a_page_takes_as_many_queries_however_many_rows_it_has(council: Store) -> None:
    with counted(council) as few:
        look(council, Wanted(advisor=1), size=1)
    with counted(council) as more:
        look(council, Wanted(advisor=1), size=50)
    assert len(few) <= 2
    assert len(more) <= len(few) + 4, "one for each state beyond what is under way"
