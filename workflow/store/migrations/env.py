"""How Alembic reaches the record: the engine is handed over by `migrate`, never read from the environment."""

from collections.abc import Iterator
from contextlib import contextmanager

from alembic import context
from sqlalchemy import Connection, Engine, text

from workflow.store.schema import METADATA

#: One upgrade at a time: an arbitrary number that only this program uses.
_LOCK = 728_315_001
_PATIENCE = "5s"


def run(engine: Engine) -> None:
    with engine.connect() as connection, _foreign_keys_at_rest(connection), connection.begin():
        postgresql = connection.dialect.name == "postgresql"
        if postgresql:
            connection.execute(text(f"SET LOCAL lock_timeout = '{_PATIENCE}'"))
            connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _LOCK})
        context.configure(connection=connection, target_metadata=METADATA, render_as_batch=not postgresql)
        context.run_migrations()
        if not postgresql and (broken := connection.execute(text("PRAGMA foreign_key_check")).all()):
            raise RuntimeError(
                f"The migration would leave rows that belong to nothing, so it was not done: {broken[:5]}"
            )


@contextmanager
def _foreign_keys_at_rest(connection: Connection) -> Iterator[None]:
    """SQLite makes a table anew to change it, and to drop the old one would take with it what belongs to its rows."""
    if connection.dialect.name != "sqlite":
        yield
        return
    sqlite = connection.connection.cursor()
    sqlite.execute("PRAGMA foreign_keys = OFF")
    try:
        yield
    finally:
        sqlite.execute("PRAGMA foreign_keys = ON")


run(context.config.attributes["engine"])
