"""What carries a seal beside the events: where an engagement stands, how many were begun, and what is older than keys.

The seal of where an engagement stands shows a tail that was cut and a head that was put right after it. The counter of
references is the register: it knows every number that was given out, and only a beginning waits for it.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Protocol

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.orm import Session

from workflow.domain.reference import reference_of
from workflow.store.history import covered
from workflow.store.history.covered import Covered
from workflow.store.history.keys import Key, KeyRing
from workflow.store.record import table_of
from workflow.store.tables.engagement import Engagement, ReferenceCounter
from workflow.store.tables.event import Opening

_SOME = 500
_engagement, _counter, _opening = table_of(Engagement), table_of(ReferenceCounter), table_of(Opening)


class Standing(Protocol):
    """Where an engagement stands: its row, or the case that a decision leaves."""

    @property
    def id(self) -> int: ...
    @property
    def reference(self) -> str: ...
    @property
    def stage(self) -> str: ...
    @property
    def standing(self) -> str: ...
    @property
    def version(self) -> int: ...
    @property
    def head(self) -> str: ...


def head_seal(key: Key, one: Standing) -> str:
    return key.seal("head", _head(one))


def holds_head(ring: KeyRing, one: Standing, seal: str) -> bool:
    return ring.holds(seal, "head", _head(one))


def _head(one: Standing) -> list[object]:
    return [one.id, one.reference, one.stage, one.standing, one.version, one.head]


# --- the register ---


def seal_counter(session: Session, key: Key, prefix: str, year: int, last: int) -> None:
    """The caller's transaction holds the counter."""
    here = (_counter.c.prefix == prefix) & (_counter.c.year == year)
    session.execute(update(_counter).where(here).values(seal=key.seal("counter", [prefix, year, last])))


def counted(session: Session, ring: KeyRing) -> Iterator[tuple[str, int, int, bool]]:
    """Prefix, year and the last number that was given out, and whether its seal holds."""
    for row in session.execute(select(_counter).order_by(_counter.c.prefix, _counter.c.year)):
        said = [row.prefix, row.year, row.last]
        yield row.prefix, row.year, row.last, ring.holds(row.seal, "counter", said)


def references(prefix: str, year: int, last: int) -> Iterator[str]:
    """Every reference that was given out."""
    return (reference_of(prefix, year % 100, number) for number in range(1, last + 1))


# --- what is older than keys ---


def open_all(session: Session, key: Key) -> int:
    """Seals what there is when there were no keys before: each history as far as it goes, and the rows beside it.

    What is sealed already stays as it is. Returns how many histories began before.
    """
    connection, number = session.connection(), 0
    waiting = _engagement.c.seal == ""
    while rows := connection.execute(select(_engagement).where(waiting).order_by(_engagement.c.id).limit(_SOME)).all():
        there = covered.read(session, [row.id for row in rows])
        connection.execute(insert(_opening), [_opened(key, row, there[row.id]) for row in rows])
        for row in rows:
            _seal(connection, row.id, head_seal(key, row))
        number += len(rows)
    for row in connection.execute(select(_counter).where(_counter.c.seal == "")).all():
        seal_counter(session, key, row.prefix, row.year, row.last)
    return number


def _opened(key: Key, row: Any, there: Mapping[str, Covered]) -> dict[str, object]:
    covers = {name: one.digest(key) for name, one in there.items()}
    said = _opening_said(row.id, row.version, row.head, covers)
    return {
        "engagement_id": row.id,
        "seq": row.version,
        "head": row.head,
        "covers": covers,
        "seal": key.seal("opening", said),
    }


def holds_opening(ring: KeyRing, one: Opening) -> bool:
    return ring.holds(one.seal, "opening", _opening_said(one.engagement_id, one.seq, one.head, one.covers))


def _opening_said(engagement_id: int, seq: int, head: str, covers: Mapping[str, str]) -> list[object]:
    return [engagement_id, seq, head, covers]


def _seal(connection: Connection, engagement_id: int, seal: str) -> None:
    connection.execute(update(_engagement).where(_engagement.c.id == engagement_id).values(seal=seal))
