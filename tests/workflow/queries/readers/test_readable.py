"""What a reader is shown is found in the database: one row for each journey of theirs, in few queries, by indexes."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import update

from tests.conftest import NOW
from tests.journeys import LEAD, Journey, furnish
from tests.queries_counted import counted
from tests.records import Originals, Place
from tests.several_schools import LINKS, TRUST, invite, join_trust
from workflow.errors import NotFound
from workflow.queries.lists.engagement_list import every, page
from workflow.queries.lists.wanted import Order, Wanted, named
from workflow.queries.readers.one_school import one_school
from workflow.queries.readers.stage_counts import stage_counts
from workflow.store.session import Store
from workflow.store.tables.access.invited_reader import InvitedReader
from workflow.store.tables.engagement import Engagement
from workflow.usecases.accounts.readers import invitations

THEIRS = {1, 3, 5, 7}


def some(store: Store) -> None:
    """Eight, every other at a school of the trust; of these one is on hold and one further on."""
    furnish(store, NOW)
    join_trust(store, "900001")
    for number in range(8):
        Journey(store, NOW).begin(urn=("900001", "900004")[number % 2], order=f"R-{number}")
    Journey(store, NOW, 3).fire("hold", note="Inspection.", values={"review_on": "2025-12-03"})
    Journey(store, NOW, 5).to("training_1")
    invite(store, NOW, trust=TRUST)


@pytest.fixture
def trust(place: Place, originals: Originals) -> Iterator[Store]:
    with originals.copy(place, some) as store:
        yield store


def wanted(order: Order = "due", find: str = "") -> Wanted:
    return Wanted(reader=1, now=NOW, order=order, named=named(find))


@pytest.mark.parametrize("order", ["due", "school", "newest"])
def test_a_list_has_each_of_theirs_once_in_every_order_forwards_and_back(trust: Store, order: Order) -> None:
    with trust.reading() as session:
        assert sorted(one.id for one in every(session, NOW, wanted(order))) == sorted(THEIRS)
        first = page(session, NOW, wanted(order), size=3)
        second = page(session, NOW, wanted(order), first.after, size=3)
        assert [len(one.lines) for one in (first, second)] == [3, 1]
        assert page(session, NOW, wanted(order), second.before, size=3).lines == first.lines


@pytest.mark.parametrize("find", ["POLW", "whevral school", "900001", "tr99 1aa"])
def test_what_is_typed_is_looked_for_in_what_a_school_is_called_by(trust: Store, find: str) -> None:
    with trust.reading() as session:
        assert {one.id for one in every(session, NOW, wanted(find=find))} == THEIRS
        reference = session.get_one(Engagement, 5).reference.lower()
        assert [one.id for one in every(session, NOW, wanted(find=reference))] == [5]
        for other in ("trevanick", "%", "a_b", "school polwhevral", "\\", "jenna"):
            assert not [*every(session, NOW, wanted(find=other))], other


def test_counts_are_of_theirs_and_say_which_side_is_late(trust: Store) -> None:
    with trust.reading() as session:
        with counted(trust) as asked:
            found = stage_counts(session, 1, NOW)
        assert len(asked) == 1
        assert found.standings == {"active": 3, "on_hold": 1}
        assert [(one.name, one.active, {**one.late}) for one in found.stages] == [
            ("purchase", 2, {"council": 0, "school": 0}),
            ("training_1", 1, {"council": 0, "school": 0}),
        ]
        late = stage_counts(session, 1, NOW + timedelta(days=60))
        assert [{**one.late} for one in late.stages] == [{"council": 0, "school": 2}, {"council": 1, "school": 0}]


def test_one_school_is_found_by_its_reference_among_theirs_alone(trust: Store) -> None:
    with trust.reading() as session:
        theirs, other = (session.get_one(Engagement, number).reference for number in (5, 2))
        view = one_school(session, 1, theirs, NOW)
        assert (view.engagement.id, view.points, view.certificates) == (5, {"nominated": 3}, 0)
        assert (view.kept["school"].kept, view.kept["school"].late) == (1, 0)
        with pytest.raises(NotFound):
            one_school(session, 1, other, NOW)


@pytest.mark.parametrize("how", ["ended", "marked as ended", "run out", "nobody"])
def test_once_an_invitation_ends_nothing_is_found_whatever_is_asked(trust: Store, how: str) -> None:
    with trust.writing() as session:
        if how == "ended":
            invitations.end(session, 1, by=LEAD, now=NOW - timedelta(seconds=1), links=LINKS)
        elif how == "marked as ended":
            session.connection().execute(update(InvitedReader).values(ended_at=NOW))
        elif how == "run out":
            session.connection().execute(update(InvitedReader).values(until=NOW))
    number = 2 if how == "nobody" else 1
    with trust.reading() as session:
        assert not [*every(session, NOW, Wanted(reader=number, now=NOW))]
        assert not stage_counts(session, number, NOW).standings
        with pytest.raises(NotFound):
            one_school(session, number, session.get_one(Engagement, 1).reference, NOW)
