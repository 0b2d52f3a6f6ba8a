"""Secret addresses of calendars: only their owner withdraws them, and the record does not hold what opens them."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.conftest import NOW
from tests.journeys import furnish
from workflow.errors import BadInput, Conflict, NotFound
from workflow.store.session import Store
from workflow.store.tables.user import CalendarFeed, User
from workflow.usecases import calendar_feeds


@pytest.fixture
def peopled(store: Store) -> Store:
    furnish(store, NOW)
    return store


def make(store: Store, user_id: int = 1, whose: str = "mine") -> str:
    with store.writing() as session:
        return calendar_feeds.make(session, user_id, whose, NOW)


def found(store: Store, secret: str) -> int | None:
    with store.reading() as session:
        feed = calendar_feeds.by_secret(session, secret)
        return feed.user_id if feed else None


def withdraw(store: Store, user_id: int, number: int) -> None:
    with store.writing() as session:
        calendar_feeds.withdraw(session, user_id, number, NOW + timedelta(days=1))


def test_whoever_holds_the_secret_finds_whose_it_is(peopled: Store) -> None:
    secrets = {make(peopled): 1, make(peopled, 2, "all"): 2}
    assert {secret: found(peopled, secret) for secret in secrets} == secrets
    assert all(len(one) == 43 for one in secrets)
    assert found(peopled, "x" * 43) is None


def test_the_record_does_not_hold_the_secret(peopled: Store) -> None:
    secret = make(peopled)
    with peopled.reading() as session:
        row = session.scalars(select(CalendarFeed)).one()
    assert secret not in str(vars(row))
    assert found(peopled, row.secret_digest) is None


def test_a_withdrawn_address_is_like_one_that_never_was_and_stays_withdrawn(peopled: Store) -> None:
    secret, other = make(peopled), make(peopled)
    withdraw(peopled, 1, 1)
    withdraw(peopled, 1, 1)
    assert (found(peopled, secret), found(peopled, other)) == (None, 1)
    with peopled.reading() as session:
        assert [one.id for one in calendar_feeds.in_force(session, 1)] == [2]


@pytest.mark.parametrize("number", [1, 99])
def test_nobody_withdraws_an_address_of_somebody_else(peopled: Store, number: int) -> None:
    secret = make(peopled)
    with pytest.raises(NotFound, match="no such subscription address"):
        withdraw(peopled, 2, number)
    assert found(peopled, secret) == 1


def test_an_address_shows_somebodys_meetings_or_all_and_nothing_else(peopled: Store) -> None:
    with pytest.raises(BadInput, match="Choose whose meetings"):
        make(peopled, whose="2")


def test_there_are_only_so_many_and_withdrawing_one_makes_room(peopled: Store) -> None:
    for _ in range(calendar_feeds.FEEDS_LIMIT):
        make(peopled)
    with pytest.raises(Conflict, match="Withdraw one before"):
        make(peopled)
    make(peopled, 2)
    withdraw(peopled, 1, 3)
    make(peopled)


def test_an_account_that_goes_takes_its_addresses_with_it(peopled: Store) -> None:
    secret = make(peopled, 3)
    with peopled.writing() as session:
        session.query(User).filter_by(id=3).delete()
    assert found(peopled, secret) is None
