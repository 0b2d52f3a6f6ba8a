"""How Alembic reaches the record: the engine is handed over by `migrate`, never read from the environment."""

from alembic import context
from sqlalchemy import Engine, text

from workflow.store.schema import METADATA

#: One upgrade at a time: an arbitrary number that only this program uses.
_LOCK = 728_315_001
_PATIENCE = "5s"


def run(engine: Engine) -> None:
    with engine.connect() as connection, connection.begin():
        postgresql = connection.dialect.name == "postgresql"
        if postgresql:
            connection.execute(text(f"SET LOCAL lock_timeout = '{_PATIENCE}'"))
            connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _LOCK})
        context.configure(connection=connection, target_metadata=METADATA, render_as_batch=not postgresql)
        context.run_migrations()


run(context.config.attributes["engine"])
