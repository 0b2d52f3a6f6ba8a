"""What PostgreSQL and SQLite say differently, and nothing else: JSON aggregates, SKIP LOCKED, how a write begins."""

from typing import Any

from sqlalchemy import Engine, Table, create_engine, event, literal_column
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from workflow.store.record import Json

#: The execution option that makes a SQLite transaction take the write lock when it begins. A transaction that begins
#: as a reader and then writes fails at once when somebody else wrote meanwhile, whatever the busy timeout.
WRITES = "recognition_writes"
_BUSY_SECONDS = 30
#: More than the program has, so that none is prepared twice.
_STATEMENTS = 1000


class json_fields(FunctionElement[Any]):  # noqa: N801 (a SQL function is written as it is called)
    """An object of alternating names and columns."""

    type = Json
    inherit_cache = True


class json_rows(FunctionElement[Any]):  # noqa: N801 (as above)
    """All rows of a subquery as one array; no rows is an empty array."""

    type = Json
    inherit_cache = True


@compiles(json_fields, "postgresql")
def _fields_postgresql(element: json_fields, compiler: SQLCompiler, **kw: Any) -> str:
    return f"json_build_object({compiler.process(element.clauses, **kw)})"


@compiles(json_fields, "sqlite")
def _fields_sqlite(element: json_fields, compiler: SQLCompiler, **kw: Any) -> str:
    return f"json_object({compiler.process(element.clauses, **kw)})"


@compiles(json_rows, "postgresql")
def _rows_postgresql(element: json_rows, compiler: SQLCompiler, **kw: Any) -> str:
    return f"coalesce(json_agg({compiler.process(element.clauses, **kw)}), '[]')"


@compiles(json_rows, "sqlite")
def _rows_sqlite(element: json_rows, compiler: SQLCompiler, **kw: Any) -> str:
    return f"json_group_array(json({compiler.process(element.clauses, **kw)}))"


def object_of(**columns: Any) -> json_fields:
    """A JSON object with these columns under these names."""
    return json_fields(*(part for name, column in columns.items() for part in _pair(name, column)))


def _pair(name: str, column: Any) -> tuple[Any, Any]:
    return literal_column(f"'{name}'"), column


def insert_if_absent(session: Session, table: Table, row: dict[str, Any]) -> None:
    """Does nothing when the row is there already, whoever was first."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    session.execute(insert(table).values(row).on_conflict_do_nothing())


def open_engine(url: str) -> Engine:
    """An engine for the URL; SQLite in WAL with foreign keys, PostgreSQL through psycopg."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return _open_sqlite(url)
    if parsed.drivername in ("postgresql", "postgres"):
        parsed = parsed.set(drivername="postgresql+psycopg")
    return create_engine(parsed, pool_pre_ping=True)


def _open_sqlite(url: str) -> Engine:
    connect_args = {"timeout": _BUSY_SECONDS, "isolation_level": None, "cached_statements": _STATEMENTS}
    engine = create_engine(url, connect_args=connect_args)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: DBAPIConnection, entry: ConnectionPoolEntry) -> None:  # noqa: ARG001 (SQLAlchemy's signature)
    cursor = connection.cursor()
    for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
