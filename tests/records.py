"""Records made once a session and copied for every test that wants one like them: migrating anew is what is slow.

A copy is a file on SQLite and a database on PostgreSQL, and goes when its test does.
"""

import shutil
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from workflow.store.migrate import upgrade
from workflow.store.session import Store

#: What is written into a record before it is copied.
Prepare = Callable[[Store], object]


class Place(Protocol):
    """Where records of one kind are kept. Each of them has a URL."""

    def copy(self, original: str | None) -> str:
        """A record of its own, as empty as a new one or like `original`, which nobody may have open."""

    def remove(self, url: str) -> None: ...


@dataclass(frozen=True)
class Files:
    """SQLite: one file a record, all in one folder."""

    folder: Path

    def copy(self, original: str | None) -> str:
        path = self.folder / f"{uuid.uuid4().hex}.db"
        if original is not None:
            shutil.copy(_path(original), path)
        return f"sqlite:///{path}"

    def remove(self, url: str) -> None:
        for path in self.folder.glob(f"{_path(url).name}*"):
            path.unlink()


def _path(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))


def empty(store: Store) -> None:
    """Tables, and nothing in them."""
    upgrade(store.engine)


def furnish_home(files: "Files", home: Path) -> None:
    """A home folder has its record already, and nothing in it: to type `db upgrade` there takes no time."""
    shutil.copy(_path(_empty(files)), home / "recognition.db")


#: Those with tables and nothing in them, by where they are kept: they know of no offers, so they are everybody's.
_EMPTY: dict[Place, str] = {}


@dataclass
class Originals:
    """What has been made to be copied from. `info` is what its makers know beside the database."""

    info: Mapping[str, object]
    _made: dict[tuple[Place, Prepare], str] = field(default_factory=dict)

    @contextmanager
    def copy(self, place: Place, prepare: Prepare = empty) -> Iterator[Store]:
        """A record like the one that was prepared so; it is made the first time one is asked for."""
        url = place.copy(self._original(place, prepare))
        store = Store(url, self.info)
        yield store
        store.close()
        place.remove(url)

    def _original(self, place: Place, prepare: Prepare) -> str:
        if prepare is empty:
            return _empty(place)
        if (place, prepare) not in self._made:
            self._made[place, prepare] = _made(place, self._original(place, empty), prepare, self.info)
        return self._made[place, prepare]


def _empty(place: Place) -> str:
    """Migrating takes a second, and there are some hundred tests with offers of their own."""
    if place not in _EMPTY:
        _EMPTY[place] = _made(place, None, empty, {})
    return _EMPTY[place]


def _made(place: Place, original: str | None, prepare: Prepare, info: Mapping[str, object]) -> str:
    url = place.copy(original)
    store = Store(url, info)
    prepare(store)
    store.close()
    return url
