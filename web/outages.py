"""While the database does not answer: a short page at once, instead of everybody waiting for the same nothing.

The first to notice wait for as long as a page may (`RECOGNITION_PAGE_SECONDS`). From then on every request is answered
without asking the database, but for one a second, which looks whether it is back.
"""

from collections.abc import Callable
from threading import Lock
from time import monotonic
from typing import Any

from flask import Flask, make_response, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import event
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection

from workflow.store.session import Store

_PROBE_SECONDS = 1.0
_RETRY_AFTER = "10"
_HEADING = "The service is not available"
_GONE = (
    "It cannot reach its records at the moment. Nothing is lost, but what you sent just now was not recorded. "
    "Try again in a minute."
)
_BUSY = "Somebody else was writing at the same time, and it took too long. Nothing was recorded. Try again."
#: Somebody holds a lock, the statement took too long, two wait for one another.
_BUSY_STATES = ("55P03", "57014", "40", "SQLITE_BUSY", "SQLITE_LOCKED")
#: It is not there, is being stopped or started, has no room for one more; its file or its disk cannot be used.
_SILENT = "silent"
_GONE_STATES = (_SILENT, "08", "57P", "53", "SQLITE_CANTOPEN", "SQLITE_IOERR", "SQLITE_FULL")
#: Pages that ask nothing of the database.
_WITHOUT = ("files.serve", "health.healthz")


class Outage:
    """Whether there is one, and whose turn it is to look. For any number of threads."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock, self._lock = clock, Lock()
        self._next_probe: float | None = None

    def refuses(self) -> bool:
        """True while there is no use in asking. One caller a second is told to try all the same."""
        with self._lock:
            if self._next_probe is None:
                return False
            if self._clock() < self._next_probe:
                return True
            self._next_probe = self._clock() + _PROBE_SECONDS
            return False

    def begin(self) -> None:
        with self._lock:
            self._next_probe = self._clock() + _PROBE_SECONDS

    def end(self) -> None:
        if self._next_probe is not None:
            with self._lock:
                self._next_probe = None


def watch(app: Flask, store: Store) -> None:
    """Before every request and after every failure of the database. Whatever it answers ends the outage."""
    outage = Outage()

    def refuse() -> ResponseReturnValue | None:
        return _answer(_GONE) if request.endpoint not in _WITHOUT and outage.refuses() else None

    def failed(error: Exception) -> ResponseReturnValue:
        if _is(error, _BUSY_STATES):
            return _answer(_BUSY)
        if not _is(error, _GONE_STATES):
            raise error
        outage.begin()
        return _answer(_GONE)

    app.before_request(refuse)
    for kind in (OperationalError, InterfaceError, NoConnection):
        app.register_error_handler(kind, failed)
    event.listen(store.engine, "after_cursor_execute", lambda *_about: outage.end())


def _is(error: Any, states: tuple[str, ...]) -> bool:
    """What the database calls it: PostgreSQL by a state, SQLite by a name. A server that is gone says nothing."""
    cause = getattr(error, "orig", None)
    told = getattr(cause, "sqlstate", None) or getattr(cause, "sqlite_errorname", None) or _SILENT
    return told.startswith(states)


def _answer(sentence: str) -> ResponseReturnValue:
    response = make_response(render_template("error.html", heading=_HEADING, sentence=sentence), 503)
    response.headers["Retry-After"] = _RETRY_AFTER
    return response
