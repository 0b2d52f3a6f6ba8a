"""Lanes to the mail server: one letter after another over one connection, and past whatever is slow.

A letter that takes the server unusually long goes on by itself in its lane, and those after it take another. So a
receiver that answers a byte a second holds up its own letter, until its deadline, and nobody else's.
"""

from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from typing import Any, Generic, NamedTuple, TypeVar

from tasks.mail.envelope import Envelope
from tasks.mail.server import Connection, MailServer
from tasks.mail.troubles import Unreachable

#: A letter that is on its way for longer is left to itself, in seconds.
_SOON = 0.25
#: How many letters may be on their way at once. Mail servers allow a client some ten connections.
_LANES = 8
Tag = TypeVar("Tag")


class Sent(NamedTuple, Generic[Tag]):
    """What came of a letter: the trouble there was, if there was any. `slow` says that it is still on its way."""

    tag: Tag
    trouble: BaseException | None = None
    slow: bool = False


class Lanes(Generic[Tag]):
    """Not for use by two threads at once. `lanes_to` makes them."""

    def __init__(self, server: MailServer, pool: ThreadPoolExecutor) -> None:
        self._server, self._pool = server, pool
        self._free: list[Connection] = []
        self._on_their_way: dict[Future[None], tuple[Tag, Connection]] = {}

    def send(self, tag: Tag, envelope: Envelope) -> list[Sent[Tag]]:
        """What has come of letters by now: of this one, and of slow ones before it."""
        came = self._next() if len(self._on_their_way) >= _LANES else self._arrived()
        try:
            connection = self._connection(came)
        except Unreachable as trouble:
            return [*came, Sent(tag, trouble)]
        future = self._pool.submit(connection.send, envelope)
        self._on_their_way[future] = tag, connection
        wait([future], _SOON)
        return [*came, *self._arrived()] if future.done() else [*came, Sent(tag, slow=True)]

    def rest(self) -> Iterator[Sent[Tag]]:
        """Waits for the letters that are still on their way; each has its deadline."""
        while self._on_their_way:
            yield from self._next()

    def _connection(self, came: list[Sent[Tag]]) -> Connection:
        """A free one, or another. Where the server takes no more of them, the first to be free again."""
        while not self._free:
            try:
                return self._server.connect()
            except Unreachable:
                if not self._on_their_way:
                    raise
                came += self._next()
        return self._free.pop()

    def _next(self) -> list[Sent[Tag]]:
        wait(self._on_their_way, return_when=FIRST_COMPLETED)
        return self._arrived()

    def _arrived(self) -> list[Sent[Tag]]:
        done = {future: self._on_their_way.pop(future) for future in [*self._on_their_way] if future.done()}
        self._free += [connection for _, connection in done.values() if connection.is_open()]
        return [Sent(tag, future.exception()) for future, (tag, _) in done.items()]

    def hang_up(self) -> None:
        for connection in self._free:
            connection.end()
        for _, connection in self._on_their_way.values():
            connection.abort()


@contextmanager
def lanes_to(server: MailServer) -> Iterator[Lanes[Any]]:
    """Lanes for a while. Whatever happens, they hang up."""
    with ThreadPoolExecutor(_LANES, "letters") as pool:
        lanes: Lanes[Any] = Lanes(server, pool)
        try:
            yield lanes
        finally:
            lanes.hang_up()
