"""Everything the engine writes about one engagement, in one round trip where the database can.

Round trips decide what a step costs, so PostgreSQL gets one statement: each table's rows travel as JSON, and the parts
of the statement are made once from the tables themselves. SQLite has no such statement and no round trips; there the
same rows are written table by table.
"""

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Table, TextClause, bindparam, insert, text, update
from sqlalchemy.dialects.postgresql.base import PGDialect
from sqlalchemy.orm import Session

from workflow.store.engagement import Engagement
from workflow.store.event import Event, Note
from workflow.store.owed import Owed
from workflow.store.record import table_of
from workflow.store.timer import ArmedTimer

_POSTGRESQL = PGDialect()  # type: ignore[no-untyped-call] # SQLAlchemy leaves this one untyped
_INSERTED = tuple(table_of(record) for record in (Event, Note, Owed, ArmedTimer))
_MOVED = ("stage", "standing", "version", "head", "stage_since")
_FATED = ("status", "settled_at", "settled_seq", "suspended_at")
#: A timer that is dropped while it is stopped keeps the moment it stopped, in case the step is taken back.
_KEPT = "suspended_at"
#: Filled in by the database, or by whoever settles the row later.
_LEFT_OUT = {
    "outbox": {"id", "lease_until", "settled_at"},
    "timer": {"id", "suspended_at", "settled_at", "settled_seq"},
}


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of the engagement's timers that are in one of these statuses."""

    of: tuple[str, ...]
    status: str
    settled_at: datetime | None = None
    settled_seq: int | None = None
    suspended_at: datetime | None = None


@dataclass(slots=True)
class Batch:
    """Rows as plain dictionaries, by the name of their table. `moved` holds the engagement's new values."""

    engagement_id: int
    version: int
    moved: dict[str, Any] = field(default_factory=dict)
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: {table.name: [] for table in _INSERTED})
    fate: Fate | None = None


def write(session: Session, batch: Batch) -> None:
    """Writes the batch in the session's transaction. The engagement's row must be locked already."""
    if session.get_bind().dialect.name == "postgresql":
        session.connection().execute(_AT_ONCE, _parameters(batch))
    else:
        _table_by_table(session, batch)


def _table_by_table(session: Session, batch: Batch) -> None:
    engagement, timer = table_of(Engagement), table_of(ArmedTimer)
    here = (engagement.c.id == batch.engagement_id) & (engagement.c.version == batch.version)
    session.execute(update(engagement).where(here).values(**batch.moved))
    if batch.fate is not None:
        fated = (timer.c.engagement_id == batch.engagement_id) & timer.c.status.in_(batch.fate.of)
        values = {name: getattr(batch.fate, name) for name in _FATED if name != _KEPT}
        values |= {_KEPT: batch.fate.suspended_at} if batch.fate.suspended_at else {}
        session.execute(update(timer).where(fated).values(values))
    for table in _INSERTED:
        if batch.rows[table.name]:
            session.execute(insert(table), batch.rows[table.name])


def _parameters(batch: Batch) -> dict[str, Any]:
    fate = batch.fate or Fate((), "")
    return {
        "engagement_id": batch.engagement_id,
        "old_version": batch.version,
        **batch.moved,
        "fated": list(fate.of),
        **{name: getattr(fate, name) for name in _FATED},
        **{f"{name}_rows": json.dumps(rows, default=datetime.isoformat) for name, rows in batch.rows.items()},
    }


def _insertion(table: Table) -> str:
    """`INSERT INTO event (…) SELECT … FROM jsonb_to_recordset(:event_rows) AS row(…)`."""
    columns = [column for column in table.columns if column.name not in _LEFT_OUT.get(table.name, ())]
    names = ", ".join(column.name for column in columns)
    types = ", ".join(f"{column.name} {column.type.compile(dialect=_POSTGRESQL)}" for column in columns)
    rows = f"jsonb_to_recordset(CAST(:{table.name}_rows AS jsonb)) AS row({types})"
    return f"INSERT INTO {table.name} ({names}) SELECT {names} FROM {rows}"  # noqa: S608 (names of our own tables)


def _at_once() -> TextClause:
    parts = ", ".join(f"new_{table.name} AS ({_insertion(table)})" for table in _INSERTED)
    moved = ", ".join(f"{name} = :{name}" for name in _MOVED)
    fated = ", ".join(
        f"{name} = coalesce(:{name}, {name})" if name == _KEPT else f"{name} = :{name}" for name in _FATED
    )
    return text(
        f"WITH {parts}, fated_timer AS (UPDATE timer SET {fated} "  # noqa: S608 (names of our own tables)
        "WHERE engagement_id = :engagement_id AND status = ANY(:fated)) "
        f"UPDATE engagement SET {moved} WHERE id = :engagement_id AND version = :old_version"
    ).bindparams(
        *(bindparam(column.name, type_=column.type) for column in table_of(Engagement).c if column.name in _MOVED),
        *(bindparam(name, type_=table_of(ArmedTimer).c[name].type) for name in _FATED),
    )


_AT_ONCE = _at_once()
