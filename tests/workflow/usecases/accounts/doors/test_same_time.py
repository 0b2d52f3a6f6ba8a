"""For whoever is unknown the same is asked of the database as for whoever is known, and nothing stays of it."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from tests.journeys import Journey
from tests.queries_counted import counted
from tests.workflow.usecases.accounts.conftest import LINKS, visit
from workflow.store.session import Store
from workflow.store.tables.access.access_letter import AccessLetter
from workflow.store.tables.access.account_event import AccountEvent
from workflow.store.tables.user import User
from workflow.usecases.accounts.doors import forgotten, guest_letters

Ask = Callable[[Store, str], None]
_KINDS = ("INSERT", "UPDATE", "DELETE")


def by_account(store: Store, email: str) -> None:
    forgotten.ask(store, email, LINKS, visit())


def by_school(store: Store, email: str) -> None:
    guest_letters.ask_by_address(store, email, LINKS, visit())


@pytest.mark.parametrize(
    ("ask", "known"), [(by_account, "advisor@example.org"), (by_school, "jenna@polwhevral.example.org")]
)
def test_the_same_is_written_and_of_the_unknown_nothing_stays(journey: Journey, ask: Ask, known: str) -> None:
    store = journey.store
    written: dict[str, list[str]] = {}
    for email in (f"the-first-{known}", f"un{known}", known):
        with counted(store) as asked:
            ask(store, email)
        written[email] = [one.partition(" (")[0].partition(" SET")[0] for one in asked if one.startswith(_KINDS)]
        with store.reading() as session:
            letters = session.scalars(select(AccessLetter.to_email)).all()
            events = session.scalars(select(AccountEvent.name)).all()
        assert [*letters] == ([known] if email == known else [])
        assert ("reset_asked" in events) == (email == known and ask is by_account)
    assert written[known] == written[f"un{known}"]


def test_where_nobody_is_there_nothing_happens(store: Store) -> None:
    with store.reading() as session:
        assert session.scalars(select(User)).all() == []
    by_account(store, "nobody@example.org")
    by_school(store, "nobody@example.org")
    with store.reading() as session:
        assert session.scalars(select(AccessLetter)).all() == []
