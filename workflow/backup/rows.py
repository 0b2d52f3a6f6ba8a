"""A table as lines of JSON, one a row in the order of its key: the same bytes from either database."""

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import islice
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


def fill(connection: Connection, table: Table, lines: Iterable[bytes]) -> None:
    """Writes the rows into an empty table.

    A row may point to a later one of the same table, so these columns are filled in when all rows are there.
    """
    rows, at_a_time = _read(table, lines), _at_a_time(table)
    own, later = _pointing_to_itself(table), list[dict[str, Value]]()
    for some in iter(lambda: list(islice(rows, at_a_time)), []):
        connection.execute(insert(table), [row | dict.fromkeys(own) for row in some])
        later += [row for row in some if any(row[name] is not None for name in own)]
    if later:
        keys = [key.name for key in table.primary_key]
        here = [table.c[name] == bindparam(f"the_{name}") for name in keys]
        pointing = update(table).where(*here).values({name: bindparam(f"the_{name}") for name in own})
        connection.execute(pointing, [{f"the_{name}": row[name] for name in (*keys, *own)} for row in later])


def _read(table: Table, lines: Iterable[bytes]) -> Iterator[dict[str, Value]]:
    turns = _turns(table)
    for line in lines:
        row = json.loads(line)
        yield {name: None if row[name] is None else turn(row[name]) for name, (_, turn) in turns.items()}


def _at_a_time(table: Table) -> int:
    return _FEW if any(isinstance(column.type, LargeBinary) for column in table.columns) else _SOME


def _pointing_to_itself(table: Table) -> list[str]:
    return [one.name for one in table.columns if any(key.column.table is table for key in one.foreign_keys)]
