"""A table as lines of JSON, one a row in the order of its key: the same bytes from either database."""

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Date, LargeBinary, Numeric, Table, bindparam, insert, select, update
from sqlalchemy.types import TypeEngine

from workflow.store.record import UtcDateTime

#: Rows at a time; those that hold whole files are few at a time.
_SOME, _FEW = 500, 4
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
    query = select(table).order_by(*table.primary_key).execution_options(yield_per=_at_a_time(table))
    for row in connection.execute(query).mappings():
        written = {name: None if row[name] is None else write(row[name]) for name, (write, _) in turns.items()}
        yield json.dumps(written, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def fill(connection: Connection, table: Table, lines: Iterable[bytes]) -> int:
    """Writes the rows into an empty table. Returns how many.

    A row may point to a later one of the same table, so these columns are filled in when all rows are there.
    """
    turns, own = _turns(table), _pointing_to_itself(table)
    waiting, later, count = list[dict[str, Value]](), list[dict[str, Value]](), 0
    for line in lines:
        row = json.loads(line)
        read = {name: None if row[name] is None else turn(row[name]) for name, (_, turn) in turns.items()}
        if any(read[name] is not None for name in own):
            keys = {f"the_{key.name}": read[key.name] for key in table.primary_key}
            later.append(keys | {name: read[name] for name in own})
        waiting.append(read | dict.fromkeys(own))
        count += 1
        if len(waiting) == _at_a_time(table):
            connection.execute(insert(table), waiting)
            waiting.clear()
    if waiting:
        connection.execute(insert(table), waiting)
    if later:
        here = [key == bindparam(f"the_{key.name}") for key in table.primary_key]
        connection.execute(update(table).where(*here).values({name: bindparam(name) for name in own}), later)
    return count


def _at_a_time(table: Table) -> int:
    return _FEW if any(isinstance(column.type, LargeBinary) for column in table.columns) else _SOME


def _pointing_to_itself(table: Table) -> list[str]:
    return [one.name for one in table.columns if any(key.column.table is table for key in one.foreign_keys)]
