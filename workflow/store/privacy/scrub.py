"""What was erased is not to be read from the database's files either: freed space is written over.

Outside of any transaction, after the one that erased. SQLite writes its file anew and empties its journal. PostgreSQL
frees what nobody sees any more; its own journal and copies of it are whoever's who runs the server.
"""

from sqlalchemy import Engine

from workflow.store.schema import METADATA
from workflow.store.search_texts import LINES, SEARCH

_SQLITE = (
    "PRAGMA secure_delete = ON",
    # The index of letters keeps what was deleted until its parts are merged.
    "INSERT INTO search_text(search_text) VALUES ('optimize')",
    "VACUUM",
)
_BUSY = (
    "Somebody reads the database at this moment, so that what was erased may still stand in freed parts of its files. "
    "Run “recognition privacy scrub” again in a quiet moment."
)


def scrub(engine: Engine) -> str:
    """Returns a sentence where it could not be done whole; it is empty when it was."""
    if engine.dialect.name == "sqlite":
        return _scrub_sqlite(engine)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("SET statement_timeout = 0")  # however long it takes
        for table in (*METADATA.tables, SEARCH.name, LINES.name):
            connection.exec_driver_sql(f'VACUUM "{table}"')
        connection.invalidate()  # nobody else is to have one that waits without end
    return ""


def _scrub_sqlite(engine: Engine) -> str:
    """On a connection of its own, as a transaction would be begun on one of the pool."""
    raw = engine.raw_connection()
    try:
        for statement in _SQLITE:
            raw.cursor().execute(statement)
        busy, *_ = raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return _BUSY if busy else ""
    except Exception as trouble:
        if "locked" in str(trouble) or "busy" in str(trouble):
            return _BUSY
        raise
    finally:
        raw.close()
