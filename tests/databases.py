"""PostgreSQL: one database a record. What a test wrote into one is taken out again, and the next test has it.

To make a database is to copy some nine hundred files; to put its rows back is one round to the server. One whose tables
a test has changed, or blown up, is dropped.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import psycopg

from tests.servers import connected, drop_database, new_database

Connection = psycopg.Connection[Any]

_TABLES = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY relname"
_WRITTEN = f"{_TABLES.partition(' ORDER')[0]} AND pg_relation_size(oid) > 0"
#: Each change of a table's shape writes a row of the catalogue anew, under another transaction.
_SHAPE = """
SELECT md5(string_agg(told, ' ' ORDER BY told)) FROM (
  SELECT 'class ' || oid || ' ' || relfilenode FROM pg_class WHERE relnamespace = 'public'::regnamespace
  UNION ALL SELECT 'column ' || attrelid || ' ' || attnum || ' ' || xmin FROM pg_attribute
    WHERE attrelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace)
  UNION ALL SELECT 'trigger ' || oid || ' ' || xmin FROM pg_trigger
  UNION ALL SELECT 'constraint ' || oid || ' ' || xmin FROM pg_constraint WHERE connamespace = 'public'::regnamespace
  UNION ALL SELECT 'function ' || oid || ' ' || xmin FROM pg_proc WHERE pronamespace = 'public'::regnamespace
  UNION ALL SELECT 'schema ' || oid || ' ' || xmin FROM pg_namespace WHERE nspname !~ '^pg_'
) AS shape(told)
"""
_SIZE = """
SELECT sum(pg_total_relation_size(oid)) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
"""
_OTHERS = """
SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
_SEQUENCES = """
SELECT format('SELECT setval(%L, %s, %L);', s.oid::regclass, coalesce(last_value, start_value), last_value IS NOT NULL)
FROM pg_sequences AS q JOIN pg_class AS s ON s.relname = q.sequencename AND s.relkind = 'S' WHERE schemaname = 'public'
"""
#: Dead rows make the next test slow: one that has grown by so many bytes is done with.
_MAY_GROW = 1_000_000


@dataclass(frozen=True)
class Contents:
    """All rows of one record, as they are copied out and in, and what puts its numbers back."""

    tables: tuple[str, ...]
    rows: Mapping[str, bytes]
    numbers: str
    size: int

    @classmethod
    def of(cls, connection: Connection) -> "Contents":
        tables = tuple(name for (name,) in connection.execute(_TABLES))
        rows = {name: _copied(connection, name) for name in tables}
        numbers = "".join(line for (line,) in connection.execute(_SEQUENCES))
        return cls(tables, {name: some for name, some in rows.items() if some}, numbers, _number(connection, _SIZE))

    def put_back(self, connection: Connection) -> None:
        """Triggers and foreign keys rest meanwhile: what is put back held together before."""
        emptied = "".join(f'DELETE FROM "{name}";' for name in self.tables)
        connection.execute(f"SET session_replication_role = replica; {emptied} {self.numbers}".encode())
        # Rows then stand in the order in which they are written, as in a new database.
        connection.execute(b"VACUUM (INDEX_CLEANUP ON, TRUNCATE ON) " + ", ".join(_written(connection)).encode())
        for name, some in self.rows.items():
            with connection.cursor().copy(f'COPY "{name}" FROM STDIN'.encode()) as copy:
                copy.write(some)


@dataclass(frozen=True)
class Databases:
    """All on one server. `copy` gives one like `original`; `remove` takes it back."""

    server: str
    _contents: dict[str, Contents] = field(default_factory=dict, compare=False)
    _resting: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list), compare=False)
    _lent: dict[str, tuple[str, str]] = field(default_factory=dict, compare=False)

    def copy(self, original: str | None) -> str:
        if original is None:
            return new_database(self.server, f"record_{uuid.uuid4().hex}")
        if self._resting[original]:
            return self._resting[original].pop()
        url = new_database(self.server, f"record_{uuid.uuid4().hex}", like=original)
        with connected(url) as connection:
            if original not in self._contents:
                self._contents[original] = Contents.of(connection)
            self._lent[url] = (original, _text(connection, _SHAPE))
        return url

    def remove(self, url: str) -> None:
        if url in self._lent and self._put_back(url, *self._lent[url]):
            self._resting[self._lent[url][0]].append(url)
        else:
            self._lent.pop(url, None)
            drop_database(self.server, url)

    def _put_back(self, url: str, original: str, shape: str) -> bool:
        """Whether it is as it was again."""
        contents = self._contents[original]
        with connected(url) as connection:
            connection.execute(_OTHERS.encode())
            if _text(connection, _SHAPE) != shape:
                return False
            if _number(connection, _SIZE) > contents.size + _MAY_GROW:
                return False
            contents.put_back(connection)
        return True


def _written(connection: Connection) -> Iterator[str]:
    for (name,) in connection.execute(_WRITTEN):
        yield f'"{name}"'


def _copied(connection: Connection, table: str) -> bytes:
    with connection.cursor().copy(f'COPY "{table}" TO STDOUT'.encode()) as copy:
        return b"".join(bytes(some) for some in copy)


def _text(connection: Connection, query: str) -> str:
    row = connection.execute(query.encode()).fetchone()
    assert row is not None
    return str(row[0])


def _number(connection: Connection, query: str) -> int:
    return int(_text(connection, query))
