"""A reader of several schools is told everything, is erased once their invitation has ended, and goes by time."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.conftest import NOW
from tests.journeys import LEAD, furnish
from tests.several_schools import LINKS, MORWENNA, TRUST, invite, join_trust
from tests.workflow.usecases.accounts.conftest import HOME
from workflow.domain.actor import SYSTEM
from workflow.errors import Conflict, NotFound
from workflow.queries.privacy import own_data
from workflow.queries.privacy.corrections import corrections
from workflow.store.privacy.subject import find
from workflow.store.schema import METADATA
from workflow.store.session import Store
from workflow.store.tables.access.invited_reader import InvitedReader, InvitedReaderSchool, ReaderEvent
from workflow.store.tables.access.subject import Subject
from workflow.usecases.accounts import sessions
from workflow.usecases.accounts.readers import invitations
from workflow.usecases.privacy import erasure, retention

KIND = "Readers of several schools"


@pytest.fixture
def reader(store: Store) -> InvitedReader:
    """In on one device."""
    furnish(store, NOW)
    join_trust(store, "900001")
    invited = invite(store, NOW, trust=TRUST).reader
    with store.writing() as session:
        whose, until = Subject(reader_id=invited.id), NOW + timedelta(hours=12)
        sessions.begin(session, whose, HOME, now=NOW, until=until)
    return invited


def told(store: Store, kind: str) -> Iterator[str]:
    with store.reading() as session:
        for section in own_data.read(session, MORWENNA, NOW).sections:
            if section.title == kind:
                yield from (line.about for line in section.lines)


def end(store: Store, reader: InvitedReader) -> None:
    with store.writing() as session:
        invitations.end(session, reader.id, by=LEAD, now=NOW, links=LINKS)


def count(store: Store) -> dict[str, int]:
    with store.reading() as session:
        return {
            one.__tablename__: len(session.scalars(select(one)).all())
            for one in (InvitedReader, InvitedReaderSchool, ReaderEvent)
        }


def test_a_copy_has_the_invitation_its_letter_and_where_they_are_in(store: Store, reader: InvitedReader) -> None:
    assert [*told(store, KIND)] == [f"invited_reader:{reader.id}"]
    assert [*told(store, "Letters with links to come in")] == ["access_letter:1"]
    assert [*told(store, "Where people are signed in")] == ["web_session:1"]
    with store.reading() as session:
        assert find(session, MORWENNA).names == ("Morwenna Hale",)
        assert [(one.kind, one.number) for one in corrections(session, MORWENNA)] == [("reader", reader.id)]


def test_nobody_is_erased_while_they_may_read(store: Store, reader: InvitedReader) -> None:
    with (
        store.writing() as session,
        pytest.raises(Conflict, match="End that first, under “Readers of several schools”"),
    ):
        erasure.erase(session, MORWENNA, actor=SYSTEM, now=NOW)
    with store.looking() as session:
        assert erasure.erase(session, MORWENNA, actor=SYSTEM, now=reader.until).gone[KIND] == 1


def test_whoever_is_erased_stands_nowhere_any_more(store: Store, reader: InvitedReader) -> None:
    end(store, reader)
    with store.writing() as session:
        assert erasure.erase(session, MORWENNA, actor=SYSTEM, now=NOW).gone[KIND] == 1
    assert set(count(store).values()) == {0}
    with store.reading() as session:
        for table in METADATA.sorted_tables:
            for row in session.execute(select(table)):
                assert "hale" not in repr(row).lower(), table.name
        with pytest.raises(NotFound):
            find(session, MORWENNA)


def test_a_year_after_it_ends_it_goes_with_its_history(store: Store, reader: InvitedReader) -> None:
    invite(store, NOW, "kit@example.org", schools=("900001", "900004"))
    end(store, reader)
    retention.sweep(store, NOW + timedelta(days=365))
    assert count(store) == {"invited_reader": 2, "invited_reader_school": 2, "reader_event": 3}
    retention.sweep(store, NOW + timedelta(days=366))
    assert count(store) == {"invited_reader": 1, "invited_reader_school": 2, "reader_event": 1}
    retention.sweep(store, NOW + timedelta(days=2 * 365 + 2))
    assert set(count(store).values()) == {0}
