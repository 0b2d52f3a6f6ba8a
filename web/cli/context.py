"""What every command may reach: settings, store, links, clock. Made when first asked for: help needs none of them."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from functools import cached_property, update_wrapper
from pathlib import Path
from tempfile import gettempdir
from typing import Concatenate, ParamSpec, TypeVar

import click
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, NoSuchModuleError

from web.installation import Clock, Settings, load_settings, utc_now
from workflow.errors import CheckFailed, WorkflowError
from workflow.mail.signed_links import Links
from workflow.offer.outline import Installed, OutlineFiles, read_outlines
from workflow.store.history.keys import KEYS
from workflow.store.migrations import revision
from workflow.store.session import Store
from workflow.usecases.offers.running import RunningOffers

P = ParamSpec("P")
R = TypeVar("R")


class CliContext:
    """`clock` gives the time in UTC."""

    def __init__(self, clock: Clock = utc_now) -> None:
        self.clock = clock
        self._open: list[Store] = []

    @cached_property
    def settings(self) -> Settings:
        return load_settings()

    @cached_property
    def unchecked_store(self) -> Store:
        """The record, whatever state its tables are in. Raises CheckFailed if its driver is not there."""
        from web.store import open_store  # noqa: PLC0415 (it reads the offers whole, which takes longer than a list)

        return self._opened(lambda: open_store(self.settings))

    @cached_property
    def store(self) -> Store:
        """The record, its tables up to date. Raises CheckFailed, saying what to do."""
        return _checked(self.unchecked_store)

    @cached_property
    def outlined_store(self) -> Store:
        """The same with no more of the offers than their outlines: for commands that only list."""
        return _checked(self._opened(self._open_outlined))

    def _open_outlined(self) -> Store:
        settings = self.settings
        store = Store(settings.database_url, {KEYS: settings.keys}, settings.patience)
        folders = settings.offer_folders
        RunningOffers(store, folders.shelf, folders.source, _outlines).begin({})
        return store

    @property
    def record_there(self) -> Store | None:
        """The record for what also works without one, such as help: nothing is made, and nothing complained of."""
        with suppress(WorkflowError):
            settings = self.settings
            file = make_url(settings.database_url).database if settings.embedded else None
            return self.store if file is None or Path(file).is_file() else None
        return None

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
        for store in self._open:
            store.close()

    def _opened(self, opening: Callable[[], Store]) -> Store:
        try:
            store = opening()
        except (ModuleNotFoundError, NoSuchModuleError, ArgumentError) as error:
            raise CheckFailed(
                f"The database cannot be opened: {error}. For PostgreSQL install recognition[postgresql]."
            ) from None
        self._open.append(store)
        return store


def _outlines(place: Path, faults: Mapping[str, str], _installed: Mapping[tuple[str, str], Installed]) -> OutlineFiles:
    read = read_outlines(place)
    return OutlineFiles(read.outlines, {**faults, **read.faults})


def is_current(store: Store) -> bool:
    """Raises CheckFailed if the database does not answer."""
    try:
        return revision.is_current(store.engine)
    except DatabaseError as error:
        where = store.engine.url.render_as_string(hide_password=True)
        reason = str(error.orig).partition("\n")[0]
        raise CheckFailed(
            f"The database {where} does not answer: {reason}. Start it or correct the setting RECOGNITION_DATABASE_URL."
        ) from None


def _checked(store: Store) -> Store:
    if not is_current(store):
        raise CheckFailed("The database is not up to date. Run “recognition db upgrade”.")
    return store


def pass_cli(command: Callable[Concatenate[CliContext, P], R]) -> Callable[P, R]:
    """Gives a command the context, made when the first command asks and closed when the program ends."""

    def with_context(*args: P.args, **kwargs: P.kwargs) -> R:
        root = click.get_current_context().find_root()
        cli = root.ensure_object(CliContext)
        root.call_on_close(cli.close)
        return command(cli, *args, **kwargs)

    return update_wrapper(with_context, command)
