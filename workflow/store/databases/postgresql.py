"""PostgreSQL: connections that give up on a server that does not answer.

The server keeps the limits itself as long as it runs. A server that hangs keeps none, so the client looks at the clock
too: a connection whose answer is overdue is closed, and whoever waited for it is told.
"""

import json
from functools import partial
from math import ceil
from time import monotonic
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import URL, Dialect, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection

from workflow.store.databases.compiled import STATEMENTS
from workflow.store.databases.patience import Patience
from workflow.store.dialect import BY_VALUE

if TYPE_CHECKING:
    from psycopg import Connection, Cursor
    from psycopg.abc import PQGen
    from sqlalchemy.engine.interfaces import ExecutionContext

_USED_AT, _RESTED_SECONDS = "recognition_used_at", 1
#: What the server is given on top to keep its own limits, before the client hangs up.
_GRACE_SECONDS = 0.2
#: What a page asks for is found before a second process of the server has begun to help, which takes tens of
#: milliseconds. Only sums over a whole town are worth one.
_ALONE = " -c parallel_setup_cost=100000"
_EMPTY, _DECODER = ("[]", b"[]"), json.JSONDecoder()
R = TypeVar("R")


def open_postgresql(url: URL, patience: Patience) -> Engine:
    """Through psycopg, whatever the URL says."""
    if url.drivername in ("postgresql", "postgres"):
        url = url.set(drivername="postgresql+psycopg")
    limits = {"statement_timeout": patience.statement, "lock_timeout": patience.lock}
    options = " ".join(f"-c {name}={ceil(seconds * 1000)}" for name, seconds in limits.items()) + _ALONE
    arguments = {"connect_timeout": ceil(patience.connect), "options": options}
    engine = create_engine(
        url,
        connect_args=arguments,
        json_deserializer=_read_json,
        pool_timeout=patience.connect,
        hide_parameters=True,
        execution_options=STATEMENTS,
    )
    event.listen(engine, "do_connect", partial(_connect, patience.statement + _GRACE_SECONDS))
    event.listen(engine, "do_execute", _execute_by_value)
    event.listen(engine, "checkin", _note_use)
    event.listen(engine, "checkout", partial(_ask_after_rest, engine.dialect))
    return engine


def _connect(
    seconds: float, _dialect: Dialect, _entry: ConnectionPoolEntry, arguments: list[Any], keywords: dict[str, Any]
) -> "Connection[Any]":
    return _patient(seconds).connect(*arguments, **keywords)


def _patient(seconds: float) -> "type[Connection[Any]]":
    """Psycopg's connection, which waits for an answer no longer than this."""
    from psycopg import Connection, OperationalError  # noqa: PLC0415 (only where PostgreSQL is used)

    class Patient(Connection[Any]):
        def wait(self, gen: "PQGen[R]", interval: float = 0.1, timeout: float | None = None) -> R:
            start = monotonic()
            try:
                return super().wait(gen, interval, seconds if timeout is None else timeout)
            except OperationalError:
                if monotonic() - start >= seconds:
                    self.pgconn.finish()
                raise

    return Patient


def _execute_by_value(
    cursor: "Cursor[Any]", statement: Any, parameters: Any, context: "ExecutionContext | None"
) -> bool:
    """Whether it is done; psycopg prepares what it has executed a few times, unless it is told not to."""
    if context is None or not context.execution_options.get(BY_VALUE):
        return False
    cursor.execute(statement, parameters, prepare=False)
    return True


def _note_use(_connection: DBAPIConnection | None, entry: ConnectionPoolEntry) -> None:
    entry.info[_USED_AT] = monotonic()


def _ask_after_rest(
    dialect: Dialect, connection: DBAPIConnection, entry: ConnectionPoolEntry, _borrowed: PoolProxiedConnection
) -> None:
    """The other end may have closed a connection while it rested; the pool then opens others. To ask each time would
    cost every step a round trip, and no server is down and up again in less than a second."""
    if monotonic() - entry.info.get(_USED_AT, monotonic()) < _RESTED_SECONDS:
        return
    try:
        dialect.do_ping(connection)
    except dialect.loaded_dbapi.OperationalError as error:
        raise InvalidatePoolError from error


def _read_json(text: str | bytes) -> Any:
    """Most lists that are read of an engagement are empty; a sweep reads thousands of them."""
    if text in _EMPTY:
        return []
    return _DECODER.decode(text if isinstance(text, str) else str(text, "utf-8"))
