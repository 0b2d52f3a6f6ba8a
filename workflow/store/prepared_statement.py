"""A statement compiled once for SQLite, for rows that are written by the thousand. Nothing else needs it."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.sql.dml import UpdateBase

_SQLITE = SQLiteDialect_pysqlite()


class Prepared:
    """`sql` takes its parameters in order. `columns` are those that an insertion fills in."""

    def __init__(self, statement: UpdateBase, columns: list[str] | None = None) -> None:
        compiled = statement.compile(dialect=_SQLITE, column_keys=columns)
        self.sql = str(compiled)
        types = {name: bind.type.dialect_impl(_SQLITE) for name, bind in compiled.binds.items()}
        self._order = [(name, types[name].bind_processor(_SQLITE)) for name in compiled.positiontup or ()]

    def bound(self, rows: Iterable[Mapping[str, Any]]) -> list[tuple[Any, ...]]:
        """Each row's values in order, as the database keeps them."""
        return [tuple(row[name] if keep is None else keep(row[name]) for name, keep in self._order) for row in rows]
