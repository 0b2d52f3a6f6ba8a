"""A reader of several schools comes in once by each link, and is out when the invitation ends."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from tests.conftest import NOW
from tests.journeys import LEAD, furnish
from tests.several_schools import LINKS, TRUST, invite, join_trust
from tests.workflow.usecases.accounts.conftest import POLICY, visit
from workflow.errors import NotFound
from workflow.store.session import Store
from workflow.store.tables.access.access_letter import LETTER_PURPOSES, AccessLetter
from workflow.store.tables.access.invited_reader import InvitedReader
from workflow.usecases.accounts.access_letters import NO_LINK
from workflow.usecases.accounts.doors import readers
from workflow.usecases.accounts.readers import history, invitations


@pytest.fixture
def secret(store: Store) -> str:
    """That of the link in an invitation that has been sent."""
    furnish(store, NOW)
    join_trust(store, "900001")
    letter = invite(store, NOW, trust=TRUST).letter
    with store.writing() as session:
        session.connection().execute(update(AccessLetter).values(status="sent", until=NOW + timedelta(days=3)))
    return LINKS.secret(letter.purpose, letter.salt)


def reading(store: Store, secret: str, now: datetime) -> str | None:
    with store.reading() as session:
        found = readers.read(session, secret, now, POLICY.guest_idle)
        return found.reader.name if found else None


def test_a_link_lets_its_reader_in_once_and_says_when(store: Store, secret: str) -> None:
    with store.reading() as session:
        assert readers.invited(session, secret, NOW).name == "Morwenna Hale"
    began = readers.come_in(store, secret, visit(), POLICY)
    assert reading(store, began, NOW) == "Morwenna Hale"
    with pytest.raises(NotFound, match=NO_LINK[:20]):
        readers.come_in(store, secret, visit(), POLICY)
    with store.reading() as session:
        assert session.scalar(select(InvitedReader.seen_at)) == NOW
        assert [one.name for one in history.latest(session, 1)] == ["came_in", "invited"]


@pytest.mark.parametrize("purpose", [one for one in LETTER_PURPOSES if not one.startswith("reader_")])
def test_a_link_for_anything_else_lets_nobody_in(store: Store, secret: str, purpose: str) -> None:
    with store.writing() as session:
        session.connection().execute(update(AccessLetter).values(purpose=purpose))
    with pytest.raises(NotFound):
        readers.come_in(store, secret, visit(), POLICY)


@pytest.mark.parametrize("column", ["revoked_at", "used_at"])
def test_a_link_that_was_used_or_replaced_holds_no_more(store: Store, secret: str, column: str) -> None:
    with store.writing() as session:
        session.connection().execute(update(AccessLetter).values({column: NOW}))
    with pytest.raises(NotFound):
        readers.come_in(store, secret, visit(), POLICY)


def test_a_letter_to_an_address_from_before_lets_nobody_in(store: Store, secret: str) -> None:
    with store.writing() as session:
        session.connection().execute(update(InvitedReader).values(email="other@example.org"))
    with pytest.raises(NotFound):
        readers.come_in(store, secret, visit(), POLICY)


def test_a_session_rests_and_lasts_as_long_as_a_schools(store: Store, secret: str) -> None:
    began = readers.come_in(store, secret, visit(), POLICY)
    assert reading(store, began, NOW + POLICY.guest_idle - timedelta(seconds=1))
    assert reading(store, began, NOW + POLICY.guest_idle) is None
    assert reading(store, began[:-1], NOW) is None


def test_a_session_ends_with_the_invitation_whichever_is_first(store: Store, secret: str) -> None:
    with store.writing() as session:
        session.connection().execute(update(InvitedReader).values(until=NOW + timedelta(minutes=5)))
    began = readers.come_in(store, secret, visit(), POLICY)
    assert reading(store, began, NOW + timedelta(minutes=4))
    assert reading(store, began, NOW + timedelta(minutes=5)) is None


def test_whoever_is_ended_is_out_at_once(store: Store, secret: str) -> None:
    began = readers.come_in(store, secret, visit(), POLICY)
    with store.writing() as session:
        invitations.end(session, 1, by=LEAD, now=NOW, links=LINKS)
    assert reading(store, began, NOW) is None
