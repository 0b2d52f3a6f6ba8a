"""A record that is older than its first key stays valid, is marked as older, and is sealed as it stands."""

from collections.abc import Iterator

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.keys import KEY
from tests.records import Originals, Place
from tests.workflow.store.history.pasts import forge, two_schools
from workflow.queries.audit import Audit, verify
from workflow.store.history import seals
from workflow.store.session import Store


@pytest.fixture
def older(place: Place, originals: Originals) -> Iterator[Store]:
    """A record as an upgrade finds it: no seal anywhere, and the hashes of the time before."""
    with originals.copy(place, two_schools) as store:
        with store.engine.begin() as connection:
            for table in ("outbox", "timer", "promise", "note", "event", "participant"):
                connection.execute(text(f"DELETE FROM {table} WHERE engagement_id = 2"))
            connection.execute(text("DELETE FROM engagement WHERE id = 2"))
            connection.execute(text("UPDATE reference_counter SET last = 1, seal = ''"))
        with store.writing() as session:
            forge(session, None)
            session.connection().execute(text("UPDATE event SET covers = '{}'"))
        yield store


def audit(session: Session) -> Audit:
    session.expire_all()
    return verify(session)


def test_an_old_history_is_valid_and_marked_once_it_is_sealed(older: Store) -> None:
    with older.writing() as session:
        assert "carries no seal" in audit(session).faults[0].sentence
        assert seals.open_all(session, KEY) == 1
        assert seals.open_all(session, KEY) == 0
        found = audit(session)
    assert (found.older, found.checked, found.faults) == (1, 1, ())


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE event SET actor = 'advisor:7' WHERE seq = 2", "event 2 was changed"),
        ("UPDATE participant SET name = 'X' WHERE id = 1", "the participant 1 was changed"),
        ("DELETE FROM certificate", "the certificate 1, which"),
        ("DELETE FROM history_opening", "event 1 carries no seal"),
        ("UPDATE history_opening SET seq = 3", "what is kept of the time before"),
    ],
)
def test_what_is_changed_of_it_afterwards_is_told(older: Store, statement: str, told: str) -> None:
    with older.writing() as session:
        seals.open_all(session, KEY)
        session.connection().execute(text(statement))
        found = audit(session).faults
    assert [one for one in found if told in one.sentence], found


def test_an_old_history_that_is_written_anew_from_its_first_event_is_told(older: Store) -> None:
    """The hashes of that time are no secret, but where it stood when it was sealed is."""
    with older.writing() as session:
        seals.open_all(session, KEY)
        session.connection().execute(text("UPDATE event SET actor = 'advisor:8' WHERE seq = 3"))
        forge(session, None)
        found = audit(session).faults
    assert [one for one in found if "is not the one that stood there when the first key was made" in one.sentence]
