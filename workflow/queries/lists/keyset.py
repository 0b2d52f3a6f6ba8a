"""Reading a long list in pages: each begins where another ended, however long the list is.

A list may be of several streams, one after the other, each in an order of its own: what is due, then what is not. The
last column of an order tells all rows apart.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Integer, Row, Select, bindparam, literal, tuple_
from sqlalchemy.orm import InstrumentedAttribute, Session

from workflow.store.record import UtcDateTime


@dataclass(frozen=True, eq=False)
class Stream:
    """Rows in the order of these columns; `down` is from the last to the first."""

    query: Select[Any]
    columns: tuple[InstrumentedAttribute[Any], ...]
    down: bool = False

    @cached_property
    def first(self) -> Select[Any]:
        """`some` of them from the beginning."""
        return self.some(None, back=False)

    def some(self, past: Sequence[Any] | None, *, back: bool) -> Select[Any]:
        """As many rows as its parameter `rows` says beyond these values, the nearest first, with their own under the
        names `key0`, `key1`."""
        keys = [column.label(f"key{place}") for place, column in enumerate(self.columns)]
        falling = self.down != back
        query = self.query.add_columns(*keys)
        if past is not None:
            query = query.where(self._beyond(past, falling=falling))
        order = (one.desc() if falling else one for one in self.columns)
        return query.order_by(*order).limit(bindparam("rows", type_=Integer()))

    def _beyond(self, past: Sequence[Any], *, falling: bool) -> ColumnElement[bool]:
        here = tuple_(*self.columns)
        there = tuple_(*(literal(value, one.type) for value, one in zip(past, self.columns, strict=True)))
        return here < there if falling else here > there

    def values(self, row: Row[Any]) -> tuple[Any, ...]:
        return tuple(getattr(row, f"key{place}") for place in range(len(self.columns)))


class Cursor(NamedTuple):
    """A place in the list: beyond this row of this stream, forwards or back."""

    stream: int
    values: tuple[Any, ...]
    back: bool = False

    def __str__(self) -> str:
        values = [one.isoformat() if isinstance(one, datetime) else one for one in self.values]
        said = json.dumps([self.stream, values, self.back], separators=(",", ":"), ensure_ascii=False)
        return urlsafe_b64encode(said.encode()).decode().rstrip("=")

    @classmethod
    def read(cls, text: str) -> "Cursor | None":
        """What an address says; nothing where it says nothing that can be meant."""
        try:
            stream, values, back = json.loads(urlsafe_b64decode(text + "=" * (-len(text) % 4)))
            return cls(int(stream), tuple(values), bool(back))
        except (ValueError, TypeError, OverflowError, Error, RecursionError):
            return None


class Window(NamedTuple):
    """The rows in their order, and the cursors of the pages beside them; empty where there is none."""

    rows: tuple[Row[Any], ...]
    before: str
    after: str


def window(
    session: Session, streams: Sequence[Stream], cursor: Cursor | None, size: int, given: Mapping[str, Any]
) -> Window:
    """So many rows from the cursor on; `given` are the parameters of the streams. A cursor that fits none of them is
    as none."""
    cursor = _fitting(streams, cursor)
    back = cursor is not None and cursor.back
    found = _read(session, streams, cursor, {**given, "rows": size + 1}, back=back)
    more, kept = len(found) > size, found[:size]
    if back:
        kept.reverse()
    before, after = (more, True) if back else (cursor is not None, more)
    if not kept:  # What there was beyond it is gone meanwhile.
        return window(session, streams, None, size, given) if cursor else Window((), "", "")
    return Window(
        tuple(row for _, row in kept),
        str(_at(streams, kept[0], back=True)) if before else "",
        str(_at(streams, kept[-1], back=False)) if after else "",
    )


def _read(
    session: Session, streams: Sequence[Stream], cursor: Cursor | None, given: Mapping[str, Any], *, back: bool
) -> list[tuple[int, Row[Any]]]:
    found: list[tuple[int, Row[Any]]] = []
    places = range(len(streams) - 1, -1, -1) if back else range(len(streams))
    for place in places:
        if cursor and (place > cursor.stream if back else place < cursor.stream):
            continue
        past = cursor.values if cursor and place == cursor.stream else None
        stream, left = streams[place], given["rows"] - len(found)
        query = stream.first if past is None and not back else stream.some(past, back=back)
        found += [(place, row) for row in session.connection().execute(query, {**given, "rows": left})]
        if len(found) >= given["rows"]:
            break
    return found


def _at(streams: Sequence[Stream], one: tuple[int, Row[Any]], *, back: bool) -> Cursor:
    place, row = one
    return Cursor(place, streams[place].values(row), back)


def _fitting(streams: Sequence[Stream], cursor: Cursor | None) -> Cursor | None:
    """With its values as the columns have them."""
    if cursor is None or not 0 <= cursor.stream < len(streams):
        return None
    columns = streams[cursor.stream].columns
    if len(columns) != len(cursor.values):
        return None
    try:
        values = tuple(_as(column, value) for column, value in zip(columns, cursor.values, strict=True))
    except (ValueError, TypeError, OverflowError):
        return None
    return cursor._replace(values=values)


def _as(column: InstrumentedAttribute[Any], value: Any) -> Any:
    """Raises ValueError, TypeError or OverflowError for a value that the column never has."""
    if isinstance(column.type, UtcDateTime):
        return _moment(value)
    kind = column.type.python_type
    if (
        not isinstance(value, kind)
        or (kind is int and not 0 <= value < 2**31)
        or (kind is str and "\0" in value.encode().decode())
    ):
        raise ValueError
    return value


def _moment(text: str) -> datetime:
    read = datetime.fromisoformat(text)
    if read.tzinfo is None:
        raise ValueError(text)
    return read.astimezone(UTC)
