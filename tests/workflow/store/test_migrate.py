"""The migrations make exactly the tables the program was written for, on both databases, and can be undone."""

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from workflow.store.migrate import config_for, upgrade
from workflow.store.migrations.revision import is_current, newest
from workflow.store.schema import METADATA
from workflow.store.search_texts import SEARCH
from workflow.store.session import Store


def is_declared(name: str | None, kind: str, _parents: object) -> bool:
    """What is searched is kept in other ways on each database, and declared beside the tables."""
    return kind != "table" or not (name or "").startswith(SEARCH.name)


def test_the_migrated_tables_are_the_declared_ones(store: Store) -> None:
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": is_declared})
        assert compare_metadata(context, METADATA) == []
    assert is_current(store.engine)


def test_the_newest_revision_is_the_one_alembic_goes_to(store: Store) -> None:
    assert ScriptDirectory.from_config(config_for(store.engine)).get_heads() == [newest()]


def test_upgrading_twice_changes_nothing(store: Store) -> None:
    upgrade(store.engine)
    assert is_current(store.engine)


def test_going_back_leaves_nothing_behind(store: Store) -> None:
    command.downgrade(config_for(store.engine), "base")
    assert set(inspect(store.engine).get_table_names()) == {"alembic_version"}
    assert not is_current(store.engine)
