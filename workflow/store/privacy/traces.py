"""Where in the tables somebody is named, by whomever: every text and every document of every row is looked at."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, String, Table, Text, cast, or_, select
from sqlalchemy.orm import Session

from workflow.store.privacy.words import Words
from workflow.store.record import JsonDocument
from workflow.store.schema import METADATA

_SOME = 200


class Trace(NamedTuple):
    """One column of one row. `row` is its key by the columns' names."""

    table: Table
    column: str
    row: Mapping[str, Any]
    value: Any

    @property
    def name(self) -> str:
        return f"{self.table.name}.{self.column}"


def traces(session: Session, words: Words) -> Iterator[Trace]:
    """What has not been flushed is flushed first. Table by table, each read once."""
    session.flush()
    for table in METADATA.sorted_tables:
        columns = [one.name for one in table.columns if isinstance(one.type, String | Text | JsonDocument)]
        if columns:
            yield from [one for one in _in_table(session, words, table, columns) if words.are_in(one.value)]


def _in_table(session: Session, words: Words, table: Table, columns: list[str]) -> Iterator[Trace]:
    keys = [one.name for one in table.primary_key]
    rows = session.connection().execute(_query(words, table, columns), execution_options={"yield_per": _SOME})
    for found in rows.mappings():
        for column in columns:
            yield Trace(table, column, {key: found[key] for key in keys}, found[column])


def _query(words: Words, table: Table, columns: list[str]) -> Select[Any]:
    wanted = dict.fromkeys((*(one.name for one in table.primary_key), *columns))
    query = select(*(table.c[name] for name in wanted))
    return query.where(or_(*_alike(words, table, columns))) if words.needles else query


def _alike(words: Words, table: Table, columns: list[str]) -> Iterator[ColumnElement[bool]]:
    for name in columns:
        for needle in words.needles:
            yield cast(table.c[name], Text).icontains(needle, autoescape=True)
