"""Brings a database's tables up to date."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from workflow.store import search_texts
from workflow.store.databases.sqlite import WRITES


def config_for(engine: Engine) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("recursive_version_locations", "true")
    config.attributes["engine"] = engine.execution_options(**{WRITES: True})
    return config


def upgrade(engine: Engine) -> None:
    """Runs every migration that has not run yet, in one transaction."""
    command.upgrade(config_for(engine), "head")
    with Session(engine.execution_options(**{WRITES: True})) as session, session.begin():
        search_texts.fill(session)
