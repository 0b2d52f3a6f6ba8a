"""Requests take turns: Python runs one thread at a time anyhow, and to change over between several at every question to
a database in a file takes half as long again as the work itself.
"""

import time
from collections.abc import Iterable
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

#: Whoever has their turn for longer waits for something else than the processor: a lock, a file, a password's hash.
_LONG = 0.02


class Turns:
    """A WSGI application that does one request after another, but for those that take `long` seconds: nobody waits for
    them."""

    def __init__(self, app: "WSGIApplication", long: float = _LONG) -> None:
        self._app, self._long = app, long
        self._turn, self._since = Lock(), 0.0

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        has_turn = self._wait()
        try:
            return self._app(environ, start_response)
        finally:
            if has_turn:
                self._turn.release()

    def _wait(self) -> bool:
        """Whether it is their turn; if not, whoever has it takes long."""
        while not self._turn.acquire(timeout=max(0.0, self._left())):
            if self._left() <= 0:
                return False
        self._since = time.monotonic()
        return True

    def _left(self) -> float:
        return self._since + self._long - time.monotonic()
