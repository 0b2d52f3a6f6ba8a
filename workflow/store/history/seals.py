"""What carries a seal beside the events: where an engagement stands, how many were begun, and what is older than keys.

The seal of where an engagement stands shows a tail that was cut and a head that was put right after it. The counter of
references is the register: it knows every number that was given out, and only a beginning waits for it.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Protocol

from sqlalchemy import Connection, Select, insert, select, update
from sqlalchemy.orm import Session

from workflow.domain.reference import reference_of
from workflow.store.history import covered
from workflow.store.history.covered import Covered
from workflow.store.history.keys import BROKEN, Key, KeyRing
from workflow.store.record import table_of
from workflow.store.tables.engagement import Engagement, ReferenceCounter
from workflow.store.tables.event import Event, Opening

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


def head_unbroken(session: Session, ring: KeyRing, one: Standing, seal: str) -> bool:
    """Whether what comes next may be sealed: an engagement that stands where nobody left it stays without a seal."""
    if one.version == 0 or holds_head(ring, one, seal):
        return True
    here = (Event.engagement_id == one.id) & (Event.seq == one.version)
    return _by_a_newer_key(session, ring, seal, select(Event.sealed_by).where(here))


def _by_a_newer_key(session: Session, ring: KeyRing, seal: str, sealed_by: Select[str]) -> bool:
    """A program that has not learnt of a new key yet goes on from what others sealed with it. A key that nobody has is
    told of the event that names it."""
    name = seal.partition(":")[0]
    return ring.named(name) is None and session.scalar(sealed_by) == name


def holds_head(ring: KeyRing, one: Standing, seal: str) -> bool:
    return ring.holds(seal, "head", _head(one))


def _head(one: Standing) -> list[object]:
    return [one.id, one.reference, one.stage, one.standing, one.version, one.head]


# --- the register ---


def count_on(session: Session, ring: KeyRing, prefix: str, year: int, last: int, *, before: str) -> None:
    """Seals the number just given out, where `before` is the seal of the one before it. The caller's transaction holds
    the counter. One that somebody has set stays without a seal."""
    one_before = reference_of(prefix, year % 100, last - 1)
    its_beginning = select(Event.sealed_by).join(Engagement, Engagement.id == Event.engagement_id).where(Event.seq == 1)
    unbroken = (
        (last, before) == (1, "")
        or ring.holds(before, "counter", [prefix, year, last - 1])
        or _by_a_newer_key(session, ring, before, its_beginning.where(Engagement.reference == one_before))
    )
    _seal_counter(session, prefix, year, ring.sealing.seal("counter", [prefix, year, last]) if unbroken else BROKEN)


def _seal_counter(session: Session, prefix: str, year: int, seal: str) -> None:
    here = (_counter.c.prefix == prefix) & (_counter.c.year == year)
    session.execute(update(_counter).where(here).values(seal=seal))


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
        _seal_counter(session, row.prefix, row.year, key.seal("counter", [row.prefix, row.year, row.last]))
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
