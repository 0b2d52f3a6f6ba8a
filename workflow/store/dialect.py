"""What PostgreSQL and SQLite say differently, and nothing else: JSON, and lists of rows. `databases` opens them."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from importlib import import_module
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

from sqlalchemy import (
    ARRAY,
    Boolean,
    Dialect,
    Integer,
    String,
    Table,
    TableValuedAlias,
    TypeDecorator,
    bindparam,
    cast,
    column,
    func,
    insert,
    literal_column,
    select,
)
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.dml import UpdateBase
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.sql.operators import OperatorType
from sqlalchemy.types import TypeEngine, UserDefinedType

from workflow.store.record import Json, UtcDateTime

_TYPES: dict[Any, TypeEngine[Any]] = {int: Integer(), bool: Boolean(), datetime: UtcDateTime()}
#: An execution option: such a statement is planned for the values at hand, each time anew. PostgreSQL may plan others
#: once for all values, when a connection has asked them a few times.
BY_VALUE = "recognition_by_value"
_ENCODE = json.JSONEncoder(default=datetime.isoformat).encode


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
        return dialect.type_descriptor(ARRAY(Integer()) if dialect.name == "postgresql" else String())

    def process_bind_param(self, value: list[int] | None, dialect: Dialect) -> Any:
        return value if dialect.name == "postgresql" else json.dumps(value)


class is_among(FunctionElement[bool]):  # noqa: N801 (as above)
    """Whether a column is one of the numbers of a parameter. However many there are, the statement stays the same."""

    type = Boolean()
    inherit_cache = True

    def self_group(self, against: OperatorType | None = None) -> "is_among":  # noqa: ARG002 (SQLAlchemy's signature)
        """As it is: SQLite would be asked whether it `= 1`, and then no index serves."""
        return self


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


class is_member(FunctionElement[bool]):  # noqa: N801 (as above)
    """Whether a number is one of those in an array that a JSON document has under a key."""

    type = Boolean()
    inherit_cache = True

    def self_group(self, against: OperatorType | None = None) -> "is_member":  # noqa: ARG002 (SQLAlchemy's signature)
        """As it is, for SQLite would be asked whether it `= 1`."""
        return self


@compiles(is_member, "postgresql")
def _member_postgresql(element: is_member, compiler: SQLCompiler, **kw: Any) -> str:
    number, document, key = (compiler.process(one, **kw) for one in element.clauses)
    return f"({document} -> {key}) @> to_jsonb({number})"


@compiles(is_member, "sqlite")
def _member_sqlite(element: is_member, compiler: SQLCompiler, **kw: Any) -> str:
    number, document, key = (compiler.process(one, **kw) for one in element.clauses)
    return f"{number} IN (SELECT value FROM json_each({document}, '$.' || {key}))"  # noqa: S608 (parts that SQLAlchemy has compiled)


def in_list(number: Any, document: Any, key: str) -> is_member:
    """`in_list(event.c.seq, other.c.data, "undid")`."""
    return is_member(number, document, literal_column(f"'{key}'"))


class beside_the_index(FunctionElement[str]):  # noqa: N801 (as above)
    """A column by which rows are left out while they are read in an order, and never looked for by its own index.

    SQLite counts nothing beforehand: it would gather all that the index finds and put them in order, however few are
    asked for. PostgreSQL knows how many there are, and decides by that.
    """

    type = String()
    inherit_cache = True


@compiles(beside_the_index, "postgresql")
def _beside_the_index_postgresql(element: beside_the_index, compiler: SQLCompiler, **kw: Any) -> str:
    return compiler.process(element.clauses, **kw)


@compiles(beside_the_index, "sqlite")
def _beside_the_index_sqlite(element: beside_the_index, compiler: SQLCompiler, **kw: Any) -> str:
    return f"+{compiler.process(element.clauses, **kw)}"


class RowsAsJson(UserDefinedType[Sequence[Any]]):
    """Rows, which are named tuples, as one JSON parameter."""

    cache_ok = True

    def get_col_spec(self, **_kw: Any) -> str:
        return "JSONB"

    def bind_processor(self, dialect: Dialect) -> Callable[[Sequence[Any] | None], str]:  # noqa: ARG002 (SQLAlchemy's signature)
        return _as_json


def _as_json(rows: Sequence[Any] | None) -> str:
    if not rows:
        return "[]"
    names = rows[0]._fields
    return _ENCODE([dict(zip(names, row, strict=True)) for row in rows])


def recordset(name: str, row: type[Any]) -> TableValuedAlias:
    """The rows of a parameter as a table, for PostgreSQL: `jsonb_to_recordset(…) AS given(seq integer, …)`."""
    given = cast(bindparam(name, type_=RowsAsJson()), Json)
    columns = (column(field, _type_of(hint)) for field, hint in get_type_hints(row).items())
    return func.jsonb_to_recordset(given).table_valued(*columns).render_derived(name="given", with_types=True)


def _type_of(hint: Any) -> TypeEngine[Any]:
    """The column type of a row's field; one that may be missing has the type of what it may be."""
    plain = next((one for one in get_args(hint) if one is not type(None)), hint) if NoneType in get_args(hint) else hint
    return _TYPES.get(plain, String()) if get_origin(plain) is not Mapping else Json


class Prepared:
    """A statement compiled once for SQLite, for rows that are written by the thousand.

    It goes to the driver as it is: what SQLAlchemy does around a statement takes several times as long as SQLite does.
    A parameter `the_seq` takes the row's field `seq`; those of an insertion are called as the fields themselves.
    """

    def __init__(self, statement: UpdateBase, columns: Sequence[str] | None = None) -> None:
        sqlite = make_url("sqlite://").get_dialect()()
        compiled = statement.compile(dialect=sqlite, column_keys=list(columns) if columns else None)
        self._sql = str(compiled)
        types = {name: bind.type.dialect_impl(sqlite) for name, bind in compiled.binds.items()}
        order = (name for name in getattr(compiled, "positiontup", None) or ())
        self._order = [(name.removeprefix("the_"), types[name].bind_processor(sqlite)) for name in order]

    def run(self, connection: Connection, rows: Iterable[Any]) -> int:
        """Returns how many rows of the table it touched."""
        bound = [
            tuple(getattr(row, name) if keep is None else keep(getattr(row, name)) for name, keep in self._order)
            for row in rows
        ]
        return connection.exec_driver_sql(self._sql, bound).rowcount if bound else 0


def insert_rows(connection: Connection, table: Table, row: type[Any], rows: Sequence[Any]) -> None:
    """Named tuples of one type, however many: PostgreSQL takes them as one parameter."""
    if connection.dialect.name == "postgresql":
        given = recordset("rows", row)
        connection.execute(insert(table).from_select([*row._fields], select(*given.c)), {"rows": rows})
    else:
        connection.execute(insert(table), [one._asdict() for one in rows])


def one_at_a_time(session: Session, what: str) -> None:
    """Until the transaction ends, nobody else does the same. On SQLite, nobody else writes anyway."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(func.hashtext(what))))


def insert_if_absent(session: Session, table: Table, row: dict[str, Any]) -> None:
    """Does nothing when the row is there already, whoever was first."""
    # The dialect's own module is loaded since the engine was opened; the other one takes long and is not needed.
    dialect = import_module(f"sqlalchemy.dialects.{session.get_bind().dialect.name}")
    session.execute(dialect.insert(table).values(row).on_conflict_do_nothing())
