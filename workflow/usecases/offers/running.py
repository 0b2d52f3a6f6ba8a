"""The offers that a program runs: those of its record, looked up again while it runs, so that every machine has the
same. A record into which none was ever installed runs those of a folder."""

import logging
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from threading import Lock

from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from workflow.offer.outline import Installed, Outlines
from workflow.store.session import Store
from workflow.usecases.offers import revisions, starts
from workflow.usecases.offers.shelf import lay_out

_log = logging.getLogger(__name__)
#: After so many seconds a program asks whether something was installed elsewhere.
_AGAIN = 2.0
#: And after so many when the database did not answer: whoever opens a session waits for it long enough.
_AFTER_TROUBLE = 10.0
#: Somebody who waited so many seconds for it is told.
_LONG = 0.5
#: What no record says.
_NEVER = (-1, -1)
#: Under this name a session knows the folder that its offers were read from.
_PLACE = "offers_at"
#: Reads the offers of a folder, given what is wrong with others and which revisions these are.
Read = Callable[[Path, Mapping[str, str], Mapping[tuple[str, str], Installed]], Outlines]


def place_of(session: Session) -> Path:
    """The folder with the offers that this session knows, for other programs. It stays as it is."""
    place = session.info[_PLACE]
    if not isinstance(place, Path):
        raise TypeError("open the store with its offers running")
    return place


class RunningOffers:
    """`root` is where they are laid out, `folder` what is run where the record has none."""

    def __init__(self, store: Store, root: Path, folder: Path, read: Read) -> None:
        self._store, self._root, self._folder, self._read = store, root, folder, read
        self._seen, self._next, self._looking = _NEVER, 0.0, Lock()
        self._faults: Mapping[str, str] = {}

    def begin(self, faults: Mapping[str, str]) -> None:
        """`faults` are those of folders that could not be installed.

        A database that is away, or that has no tables yet, is asked again with the next session: until then it is the
        folder that is run, so that a program can start and say what is wrong.
        """
        self._faults = faults
        with suppress(DatabaseError):
            self._look_again()
        if self._seen == _NEVER:
            self._tell(self._folder, {}, {})
        self._store.first(self._look_again)

    def _look_again(self) -> None:
        if time.monotonic() < self._next or not self._looking.acquire(blocking=False):
            return
        began = time.monotonic()
        try:
            self._look()
            self._next = time.monotonic() + _AGAIN
        except DatabaseError as trouble:
            _log.info("The offers in the record cannot be looked up: %s", trouble.orig)
            self._next = time.monotonic() + _AFTER_TROUBLE
            if self._next - began > _AFTER_TROUBLE + _LONG:
                raise  # whoever waits for a page has waited for the database once, and shall not do so twice
        finally:
            self._looking.release()

    def _look(self) -> None:
        with self._store.reading() as session:
            last = revisions.last_change(session)
            if last == self._seen:
                return
            used = revisions.in_use(session)
            days = starts.of_all(session)
            shelf = lay_out(session, used, self._root) if used else None
        keys = [((one.code, one.version), one.revision) for one in used]
        installed = {key: Installed(number, days.get(key)) for key, number in keys}
        if shelf:
            self._tell(shelf.place, shelf.faults, installed)
        else:
            self._tell(self._folder, {}, {})
        self._seen = last

    def _tell(self, place: Path, faults: Mapping[str, str], installed: Mapping[tuple[str, str], Installed]) -> None:
        names = {"-".join(key) for key in installed}
        others = {name: told for name, told in self._faults.items() if name not in names}
        self._store.tell(offers=self._read(place, {**others, **faults}, installed), **{_PLACE: place})
