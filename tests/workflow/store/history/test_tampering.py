"""Whoever can write every table, and has no key, cannot change what happened without its being told, what and where.

Each case is SQL, run in a transaction that is taken back: the record is made once for each database.
"""

import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.keys import KEY, RING
from tests.records import Files, Originals
from tests.workflow.store.history.pasts import DONE, forge, two_schools
from workflow.queries.audit import verify
from workflow.store.history import seals
from workflow.store.history.keys import Key, KeyRing, new_key
from workflow.store.session import Store
from workflow.store.tables.engagement import Engagement

CASES = tomllib.loads((Path(__file__).parent / "tamperings.toml").read_text(encoding="utf-8"))
WORDS = {
    "sqlite": {"{bytes}": "x'00'", "{true}": "1"},
    "postgresql": {"{bytes}": r"'\x00'::bytea", "{true}": "true"},
}


@contextmanager
def taken_back(record: Store) -> Iterator[Session]:
    """A transaction that changes nothing in the end."""
    with record.writing() as session:
        yield session
        session.rollback()


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def record(request: pytest.FixtureRequest, files: Files, originals: Originals) -> Iterator[Store]:
    place = files if request.param == "sqlite" else request.getfixturevalue("databases")
    with originals.copy(place, two_schools) as store:
        yield store


def faults(session: Session) -> list[tuple[str, str]]:
    session.expire_all()
    return [(one.reference, one.sentence) for one in verify(session).faults]


def meddle(session: Session, statement: str) -> None:
    for words, said in WORDS[session.get_bind().dialect.name].items():
        statement = statement.replace(words, said)
    session.connection().exec_driver_sql(statement)


def test_nobody_has_touched_it(record: Store) -> None:
    with record.reading() as session:
        assert faults(session) == []


def test_there_are_at_least_thirty_kinds() -> None:
    assert len(CASES) >= 30


@pytest.mark.parametrize("case", CASES)
def test_what_is_changed_by_hand_is_told_with_what_and_where(record: Store, case: str) -> None:
    said = CASES[case]
    with taken_back(record) as session:
        for statement in said["sql"]:
            meddle(session, statement)
        found = faults(session)
    assert [one for one in found if one[0].startswith(said["where"]) and said["told"] in one[1]], found


@pytest.mark.parametrize(
    "key", [None, new_key(KEY.made_at), KEY._replace(secret=b"guessed")], ids=["none", "own", "guess"]
)
def test_a_stolen_database_cannot_be_made_to_verify_without_the_key(record: Store, key: Key | None) -> None:
    """Rewritten as before there were keys, with a key of the thief's own, or with one that bears our key's name."""
    with taken_back(record) as session:
        forge(session, key)
        found = faults(session)
    assert {where[:11] for where, _ in found} == {DONE}


def test_whoever_has_the_key_as_well_is_found_by_nobody_but_a_checkpoint(record: Store) -> None:
    """Which is why it is kept elsewhere: this is the bound of what seals can do."""
    with taken_back(record) as session:
        forge(session, KEY)
        session.expire_all()
        session.connection().execute(
            text("UPDATE engagement SET seal = :seal WHERE id = 1"),
            {"seal": seals.head_seal(KEY, session.get_one(Engagement, 1))},
        )
        found = faults(session)
    assert found == []


def test_a_key_that_is_lost_leaves_a_history_that_is_said_not_to_be_checked(record: Store) -> None:
    with record.reading() as session:
        session.info["keys"] = lambda: KeyRing((new_key(KEY.made_at),))
        sentences = [one.sentence for one in verify(session, 1).faults]
    assert f"event 1 is sealed with the key {KEY.name}, which is not known here: it cannot be checked." in sentences
    assert RING.sealing is KEY
