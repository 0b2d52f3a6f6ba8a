"""Which revision a database's tables have, and which is the newest. Every command asks, so this needs no Alembic."""

from pathlib import Path

from sqlalchemy import Engine, column, inspect, select, table

#: Where Alembic keeps the revision of the tables.
_STORED = table("alembic_version", column("version_num"))


def newest() -> str:
    """Revisions have numbers, which their files begin with, in whatever folder: the last one is the highest."""
    return max(path.name for path in (Path(__file__).parent / "versions").rglob("[0-9]*.py")).partition("_")[0]


def is_current(engine: Engine) -> bool:
    """Whether the tables are the ones this program was written for."""
    with engine.connect() as connection:
        if not inspect(connection).has_table(_STORED.name):
            return False
        return connection.scalars(select(_STORED.c.version_num)).all() == [newest()]
