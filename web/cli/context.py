"""What every command may reach: settings, store, links, clock. Made when first asked for: help needs none of them."""

from datetime import datetime
from functools import cached_property
from pathlib import Path
from tempfile import gettempdir

import click
from sqlalchemy.exc import ArgumentError, DatabaseError, NoSuchModuleError

from web import Settings, load_settings, open_store, utc_now
from web.app_state import Clock
from workflow.engine.catalogue import Catalogue
from workflow.errors import CheckFailed
from workflow.mail.signed_links import Links
from workflow.store import migrate
from workflow.store.session import Store


class CliContext:
    """`clock` gives the time in UTC."""

    def __init__(self, clock: Clock = utc_now) -> None:
        self.clock = clock

    @cached_property
    def settings(self) -> Settings:
        return load_settings()

    @cached_property
    def unchecked_store(self) -> Store:
        """The record, whatever state its tables are in. Raises CheckFailed if its driver is not there."""
        try:
            return open_store(self.settings)
        except (ModuleNotFoundError, NoSuchModuleError, ArgumentError) as error:
            raise CheckFailed(
                f"The database cannot be opened: {error}. For PostgreSQL install recognition[postgresql]."
            ) from None

    @cached_property
    def store(self) -> Store:
        """The record, its tables up to date. Raises CheckFailed, saying what to do."""
        store = self.unchecked_store
        if not is_current(store):
            raise CheckFailed("The database is not up to date. Run “recognition db upgrade”.")
        return store

    @cached_property
    def offers(self) -> Catalogue:
        with self.unchecked_store.reading() as session:
            offers = session.info["offers"]
        return offers if isinstance(offers, Catalogue) else Catalogue({})

    @cached_property
    def links(self) -> Links:
        return Links(self.settings.base_url, self.settings.secret_key)

    @property
    def home(self) -> Path:
        """Where a log can be written, even while the settings themselves are what cannot be read."""
        return self.settings.home if "settings" in self.__dict__ else Path(gettempdir())

    def now(self) -> datetime:
        return self.clock()

    def close(self) -> None:
        if "unchecked_store" in self.__dict__:
            self.unchecked_store.close()


def is_current(store: Store) -> bool:
    """Raises CheckFailed if the database does not answer."""
    try:
        return migrate.is_current(store.engine)
    except DatabaseError as error:
        where = store.engine.url.render_as_string(hide_password=True)
        reason = str(error.orig).partition("\n")[0]
        raise CheckFailed(f"The database {where} does not answer: {reason}. Start it or correct the setting "
                          "RECOGNITION_DATABASE_URL.") from None  # fmt: skip


pass_cli = click.make_pass_decorator(CliContext)
