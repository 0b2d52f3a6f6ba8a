"""SQLite: one file, many readers, one writer at a time, and nothing that was answered is lost."""

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import Connection
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from workflow.store.databases.compiled import STATEMENTS
from workflow.store.databases.patience import Patience

#: The execution option that makes a transaction take the write lock when it begins. A transaction that begins as a
#: reader and then writes fails at once when somebody else wrote meanwhile, whatever the busy timeout.
WRITES = "recognition_writes"
#: More than the program has, so that none is prepared twice.
_STATEMENTS = 1000
#: `FULL`: what was answered is on the disk, and a power cut cannot take it back. It costs a wait for the disk a write.
_PRAGMAS = ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON")


def open_sqlite(url: str, patience: Patience) -> Engine:
    connect_args = {"timeout": patience.lock, "isolation_level": None, "cached_statements": _STATEMENTS}
    engine = create_engine(url, connect_args=connect_args, hide_parameters=True, execution_options=STATEMENTS)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: DBAPIConnection, entry: ConnectionPoolEntry) -> None:  # noqa: ARG001 (SQLAlchemy's signature)
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    if connection.get_execution_options().get(WRITES, False):
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:  # It waits for nobody, so it needs nothing of what SQLAlchemy does around a statement.
        connection.connection.cursor().execute("BEGIN")
