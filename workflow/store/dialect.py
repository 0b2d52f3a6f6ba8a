"""What PostgreSQL and SQLite say differently, and nothing else: JSON aggregates, SKIP LOCKED, how a write begins."""

import json
from typing import Any

from sqlalchemy import (
    Boolean,
    Dialect,
    Engine,
    Integer,
    String,
    Table,
    TypeDecorator,
    bindparam,
    create_engine,
    event,
    literal_column,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeEngine

from workflow.store.record import Json

#: The execution option that makes a SQLite transaction take the write lock when it begins. A transaction that begins
#: as a reader and then writes fails at once when somebody else wrote meanwhile, whatever the busy timeout.
WRITES = "recognition_writes"
_BUSY_SECONDS = 30
_EMPTY, _DECODER = ("[]", b"[]"), json.JSONDecoder()
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


class Numbers(TypeDecorator[list[int]]):
    """A list of row numbers as one parameter: an array for PostgreSQL, JSON for SQLite."""

    impl = String
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(postgresql.ARRAY(Integer()) if dialect.name == "postgresql" else String())

    def process_bind_param(self, value: list[int] | None, dialect: Dialect) -> Any:
        return value if dialect.name == "postgresql" else json.dumps(value)


class is_among(FunctionElement[bool]):  # noqa: N801 (as above)
    """Whether a column is one of the numbers of a parameter. However many there are, the statement stays the same."""

    type = Boolean()
    inherit_cache = True


@compiles(is_among, "postgresql")
def _among_postgresql(element: is_among, compiler: SQLCompiler, **kw: Any) -> str:
    column, numbers = (compiler.process(one, **kw) for one in element.clauses)
    return f"{column} = ANY({numbers})"


@compiles(is_among, "sqlite")
def _among_sqlite(element: is_among, compiler: SQLCompiler, **kw: Any) -> str:
    column, numbers = (compiler.process(one, **kw) for one in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({numbers}))"  # noqa: S608 (parts that SQLAlchemy has compiled)


def among(column: Any, parameter: str) -> is_among:
    """`among(table.c.id, "ids")`: execute it with a list of numbers under that name."""
    return is_among(column, bindparam(parameter, type_=Numbers()))


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
    return create_engine(parsed, pool_pre_ping=True, json_deserializer=_read_json)


def _read_json(text: str | bytes) -> Any:
    """Most lists that are read of an engagement are empty; a sweep reads thousands of them."""
    if text in _EMPTY:
        return []
    return _DECODER.decode(text if isinstance(text, str) else str(text, "utf-8"))


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
