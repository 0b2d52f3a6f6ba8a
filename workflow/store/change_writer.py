"""Everything the engine writes about engagements, in one round trip where the database can.

Round trips decide what a step costs, so PostgreSQL gets one statement for any number of engagements: each table's rows
travel as JSON, and the parts of the statement are made once from the tables themselves. SQLite has no such statement
and no round trips; there the same rows are written table by table.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Table, TextClause, Update, bindparam, insert, text, update
from sqlalchemy.dialects.postgresql.base import PGDialect
from sqlalchemy.orm import Session

from workflow.store.prepared_statement import Prepared
from workflow.store.record import table_of
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.event import Event, Note
from workflow.store.tables.owed_effect import OwedEffect
from workflow.store.tables.promise import PromiseRow
from workflow.store.tables.timer import ArmedTimer

_POSTGRESQL = PGDialect()  # type: ignore[no-untyped-call] # SQLAlchemy leaves this one untyped
_ENGAGEMENT, _TIMER, _PROMISE = table_of(Engagement), table_of(ArmedTimer), table_of(PromiseRow)
_INSERTED = tuple(table_of(record) for record in (Event, Note, OwedEffect, ArmedTimer, PromiseRow))
_MOVED = ("stage", "standing", "version", "head", "stage_since")
#: The engagements of the batches, in PostgreSQL's statement.
_THESE = "ANY(CAST(:engagements AS integer[]))"
#: Filled in by the database, or by whoever settles the row later.
_LEFT_OUT = {
    "outbox": {"id", "lease_until", "settled_at"},
    "timer": {"id", "suspended_at", "settled_at", "settled_seq"},
    "promise": {"id", "closed_at", "closed_seq"},
}


@dataclass(frozen=True, slots=True)
class TimerFate:
    """What becomes of the timers of an engagement that hang on one thing and have this status.

    A timer that is dropped while it is stopped keeps the moment it stopped, in case the step is taken back.
    """

    engagement_id: int
    about: str
    was: str
    status: str
    at: datetime
    seq: int


@dataclass(frozen=True, slots=True)
class PromiseFate:
    """What becomes of one promise."""

    id: int
    status: str
    at: datetime
    seq: int


@dataclass(slots=True)
class Batch:
    """Rows of one engagement as plain dictionaries, by the name of their table. `moved` holds its new values."""

    engagement_id: int
    version: int
    moved: dict[str, Any] = field(default_factory=dict)
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: {table.name: [] for table in _INSERTED})
    timer_fates: list[TimerFate] = field(default_factory=list)
    promise_fates: list[PromiseFate] = field(default_factory=list)


def write(session: Session, batches: Sequence[Batch]) -> None:
    """Writes the batches in the session's transaction. The engagements' rows must be locked already."""
    if session.get_bind().dialect.name == "postgresql":
        session.connection().execute(_AT_ONCE, _parameters(batches))
    else:
        _table_by_table(session, batches)


def _table_by_table(session: Session, batches: Sequence[Batch]) -> None:
    """What was is settled before what is new is written, as only one promise of an engagement may be open."""
    connection = session.connection()
    fates = [fate for one in batches for fate in one.timer_fates]
    stopped = [_bound(fate) for fate in fates if fate.status == "suspended"]
    settled = [_bound(fate) for fate in fates if fate.status != "suspended"]
    closed = [_bound(fate) for one in batches for fate in one.promise_fates]
    moved = [
        {"the_id": one.engagement_id, "the_version": one.version, **{f"new_{name}": one.moved[name] for name in _MOVED}}
        for one in batches
    ]
    rows = ((insertion, [row for one in batches for row in one.rows[name]]) for name, insertion in _INSERTIONS.items())
    for prepared, those in ((_MOVE, moved), (_STOP, stopped), (_SETTLE, settled), (_CLOSE, closed), *rows):
        if those:
            connection.exec_driver_sql(prepared.sql, prepared.bound(those))


def _parameters(batches: Sequence[Batch]) -> dict[str, Any]:
    moved = [{"id": one.engagement_id, "old_version": one.version, **one.moved} for one in batches]
    rows = {table.name: [row for one in batches for row in one.rows[table.name]] for table in _INSERTED}
    return {
        "engagements": [one.engagement_id for one in batches],
        "moved": _json(moved),
        "timer_fates": _json(_plain(fate) for one in batches for fate in one.timer_fates),
        "promise_fates": _json(_plain(fate) for one in batches for fate in one.promise_fates),
        **{f"{name}_rows": _json(those) for name, those in rows.items()},
    }


def _plain(fate: TimerFate | PromiseFate) -> dict[str, Any]:
    """As a dictionary, without the deep copies that `asdict` makes."""
    return {name: getattr(fate, name) for name in fate.__slots__}


def _bound(fate: TimerFate | PromiseFate) -> dict[str, Any]:
    """As parameters of a statement, under names that no column has."""
    return {f"the_{name}": getattr(fate, name) for name in fate.__slots__}


def _json(rows: Iterable[dict[str, Any]]) -> str:
    return json.dumps(list(rows), default=datetime.isoformat)


def _recordset(rows: str, types: Mapping[str, str]) -> str:
    columns = ", ".join(f"{column} {type_}" for column, type_ in types.items())
    return f"jsonb_to_recordset(CAST(:{rows} AS jsonb)) AS {rows.partition('_')[0]}_row({columns})"


def _types(table: Table, names: Iterable[str]) -> dict[str, str]:
    return {name: table.c[name].type.compile(dialect=_POSTGRESQL) for name in names}


def _written(table: Table) -> list[str]:
    """The columns that a batch fills in."""
    return [column.name for column in table.columns if column.name not in _LEFT_OUT.get(table.name, ())]


def _insertion(table: Table) -> str:
    """`INSERT INTO event (…) SELECT … FROM jsonb_to_recordset(:event_rows) AS event_row(…)`."""
    names = _written(table)
    listed = ", ".join(names)
    rows = _recordset(f"{table.name}_rows", _types(table, names))
    return f"INSERT INTO {table.name} ({listed}) SELECT {listed} FROM {rows}"  # noqa: S608 (names of our own tables)


def _at_once() -> TextClause:
    """Rows that are inserted are not seen by the updates beside them: a timer armed here is not dropped here.

    Nothing says in which order the parts of a statement run, and only one promise may be open: so the insertion of
    promises asks how many were closed, which has to be known first. PostgreSQL takes JSON for a hundred rows whatever
    is in it and would read whole tables for them; the list of engagements lets it see that an index serves.
    """
    after = {_PROMISE.name: " WHERE (SELECT count(*) FROM fated_promise) >= 0"}
    parts = ", ".join(f"new_{one.name} AS ({_insertion(one)}{after.get(one.name, '')})" for one in _INSERTED)
    words, stamp = dict.fromkeys(("about", "was", "status"), "varchar"), {"at": "timestamptz", "seq": "integer"}
    timer_fates = _recordset("timer_fates", {"engagement_id": "integer", **words, **stamp})
    promise_fates = _recordset("promise_fates", {"id": "integer", "status": "varchar", **stamp})
    moved = ", ".join(f"{name} = moved_row.{name}" for name in _MOVED)
    engagements = _recordset("moved", {"id": "integer", "old_version": "integer", **_types(_ENGAGEMENT, _MOVED)})
    return text(
        "WITH fated_promise AS (UPDATE promise SET status = promise_row.status, closed_at = promise_row.at, "  # noqa: S608 (names of our own tables)
        f"closed_seq = promise_row.seq FROM {promise_fates} WHERE promise.id = promise_row.id "
        f"AND promise.engagement_id = {_THESE} RETURNING promise.id), "
        f"{parts}, "
        "fated_timer AS (UPDATE timer SET status = timer_row.status, settled_seq = timer_row.seq, "
        "suspended_at = CASE WHEN timer_row.status = 'suspended' THEN timer_row.at ELSE timer.suspended_at END, "
        "settled_at = CASE WHEN timer_row.status = 'suspended' THEN timer.settled_at ELSE timer_row.at END "
        f"FROM {timer_fates} WHERE timer.engagement_id = timer_row.engagement_id "
        f"AND timer.engagement_id = {_THESE} AND timer.about = timer_row.about AND timer.status = timer_row.was) "
        f"UPDATE engagement SET {moved} FROM {engagements} "
        f"WHERE engagement.id = moved_row.id AND engagement.id = {_THESE} "
        "AND engagement.version = moved_row.old_version"
    ).bindparams(*(bindparam(name) for name in _parameters(())))


def _fated(stamp: str) -> Update:
    """Gives the timers that hang on one thing and have one status another; `stamp` is the column of the moment."""
    which = (_TIMER.c.engagement_id == bindparam("the_engagement_id")) & (_TIMER.c.about == bindparam("the_about"))
    became: dict[str, Any] = {
        "status": bindparam("the_status"),
        stamp: bindparam("the_at"),
        "settled_seq": bindparam("the_seq"),
    }
    return update(_TIMER).where(which, _TIMER.c.status == bindparam("the_was")).values(became)


def _closed() -> Update:
    closed: dict[str, Any] = {"closed_at": bindparam("the_at"), "closed_seq": bindparam("the_seq")}
    became = {"status": bindparam("the_status"), **closed}
    return update(_PROMISE).where(_PROMISE.c.id == bindparam("the_id")).values(became)


def _moved() -> Update:
    here = (_ENGAGEMENT.c.id == bindparam("the_id")) & (_ENGAGEMENT.c.version == bindparam("the_version"))
    return update(_ENGAGEMENT).where(here).values({name: bindparam(f"new_{name}") for name in _MOVED})


#: Each statement is made once: making them costs more than what SQLite does with them.
_AT_ONCE = _at_once()
_MOVE, _STOP = Prepared(_moved()), Prepared(_fated("suspended_at"))
_SETTLE, _CLOSE = Prepared(_fated("settled_at")), Prepared(_closed())
_INSERTIONS = {table.name: Prepared(insert(table), _written(table)) for table in _INSERTED}
