"""How the record is opened, read and written."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from sqlalchemy import Engine, make_url
from sqlalchemy.orm import Session, sessionmaker

from workflow.store import search_texts
from workflow.store.access import revocation
from workflow.store.databases.patience import Patience
from workflow.store.databases.postgresql import open_postgresql
from workflow.store.databases.sqlite import WRITES, open_sqlite
from workflow.store.history.watched import WatchedSession

_USUAL = Patience()
search_texts.listen(WatchedSession)
revocation.listen(WatchedSession)


#: Under this name every session of a store has one and the same dictionary: what was made of what was read, by kind.
KEPT = "kept"


class Store:
    """One database. `info` goes with every session: what the program knows and the database does not."""

    def __init__(self, url: str, info: Mapping[str, object], patience: Patience = _USUAL) -> None:
        self.engine = _open_engine(url, patience)
        self._known: dict[str, object] = {**info, KEPT: {}}
        self._look_up: Callable[[], None] = _nothing
        self._readers = sessionmaker(self.engine, info=self._known, expire_on_commit=False)
        to_write = self.engine.execution_options(**{WRITES: True})
        self._writers = sessionmaker(to_write, class_=WatchedSession, info=self._known, expire_on_commit=False)

    def first(self, look_up: Callable[[], None]) -> None:
        """From now on this is called before a session is opened, so that it may `tell` what the session shall know."""
        self._look_up = look_up

    def knows(self, name: str) -> object:
        """What sessions that begin now are told under this name; no question is put to the database."""
        return self._known[name]

    def tell(self, **info: object) -> None:
        """Sessions know this from now on, and nothing that was made of what they knew before; those that are open go
        on with what they were opened with."""
        self._known = {**self._known, **info, KEPT: {}}
        self._readers.configure(info=self._known)
        self._writers.configure(info=self._known)

    def reading(self) -> Session:
        """A session to read with; use it as a context manager."""
        self._look_up()
        return self._readers()

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """One transaction: committed when the block ends, rolled back when it raises."""
        self._look_up()
        with self._writers.begin() as session:
            yield session

    @contextmanager
    def looking(self) -> Iterator[Session]:
        """A transaction that writes and is always rolled back: what was done in it can be looked at, and never was."""
        self._look_up()
        with self._writers() as session:
            yield session
            session.rollback()

    def close(self) -> None:
        self.engine.dispose()


def _nothing() -> None:
    """There is nothing to look up."""


def _open_engine(url: str, patience: Patience) -> Engine:
    parsed = make_url(url)
    return open_sqlite(url, patience) if parsed.get_backend_name() == "sqlite" else open_postgresql(parsed, patience)
