"""A table as lines of JSON, one a row in the order of its key: the same bytes from either database."""

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Date, LargeBinary, Numeric, Table, insert, select
from sqlalchemy.types import TypeEngine

from workflow.store.record import UtcDateTime

_SOME = 500
Value = Any
_Turn = Callable[[Value], Value]


def _same(value: Value) -> Value:
    return value


#: How values that JSON does not know are written, and read again.
_KINDS: tuple[tuple[type[TypeEngine[Any]], _Turn, _Turn], ...] = (
    (UtcDateTime, lambda one: one.astimezone(UTC).isoformat(), datetime.fromisoformat),
    (Date, lambda one: one.isoformat(), date.fromisoformat),
    (LargeBinary, lambda one: b64encode(one).decode(), b64decode),
    (Numeric, str, Decimal),
)


def _turns(table: Table) -> dict[str, tuple[_Turn, _Turn]]:
    return {column.name: _turn(column.type) for column in table.columns}


def _turn(kind: TypeEngine[Any]) -> tuple[_Turn, _Turn]:
    return next(((write, read) for known, write, read in _KINDS if type(kind) is known), (_same, _same))


def lines_of(connection: Connection, table: Table) -> Iterator[bytes]:
    """Every row, read a few hundred at a time."""
    turns = _turns(table)
    query = select(table).order_by(*table.primary_key).execution_options(yield_per=_SOME)
    for row in connection.execute(query).mappings():
        written = {name: None if row[name] is None else write(row[name]) for name, (write, _) in turns.items()}
        yield json.dumps(written, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def fill(connection: Connection, table: Table, lines: Iterable[bytes]) -> int:
    """Writes the rows into an empty table. Returns how many."""
    turns, waiting, count = _turns(table), list[dict[str, Value]](), 0
    for line in lines:
        row = json.loads(line)
        waiting.append({name: None if row[name] is None else read(row[name]) for name, (_, read) in turns.items()})
        count += 1
        if len(waiting) == _SOME:
            connection.execute(insert(table), waiting)
            waiting.clear()
    if waiting:
        connection.execute(insert(table), waiting)
    return count
