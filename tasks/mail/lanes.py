"""Lanes to the mail server: one letter after another over one connection, and past whatever is slow.

A letter that takes the server unusually long goes on by itself in its lane, and those after it take another. So a
receiver that answers a byte a second holds up its own letter, until its deadline, and nobody else's. Letters of one
group keep their order: one whose elder is on its way is held back until that has come through, or is slow beyond doubt.
"""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, TypeVar

from tasks.mail.envelope import Envelope
from tasks.mail.server import Connection, MailServer
from tasks.mail.troubles import Unreachable

#: A letter that takes so many times as long as letters usually do is left to itself; and is slow beyond doubt. Each
#: within these seconds, whatever is usual.
_MUCH_LONGER, _BEYOND_DOUBT = 4, 20
_SOON, _LATE = (0.006, 1.0), (0.1, 2.0)
#: What a letter takes until it is known, and how much each one changes what is usual.
_EXPECTED, _SHARE = 0.05, 0.2
#: How many letters may be on their way at once. Mail servers allow a client some twenty connections.
_LANES = 16
Tag = TypeVar("Tag")


class Sent(NamedTuple, Generic[Tag]):
    """What came of a letter: the trouble there was, if there was any. `slow` says that it is still on its way."""

    tag: Tag
    trouble: BaseException | None = None
    slow: bool = False


@dataclass(slots=True)
class _OnItsWay(Generic[Tag]):
    """A letter that has been handed to a lane. `told` says that somebody knows that it is slow."""

    tag: Tag
    group: int
    connection: Connection
    since: float
    told: bool = False


def _within(limits: tuple[float, float], seconds: float) -> float:
    least, most = limits
    return min(max(seconds, least), most)


class _Held(NamedTuple, Generic[Tag]):
    tag: Tag
    envelope: Envelope
    group: int


class Lanes(Generic[Tag]):
    """Not for use by two threads at once. `lanes_to` makes them."""

    def __init__(self, server: MailServer, pool: ThreadPoolExecutor, ready: Callable[[Tag], bool]) -> None:
        self._server, self._pool, self._ready = server, pool, ready
        self._free: list[Connection] = []
        self._on_their_way: dict[Future[None], _OnItsWay[Tag]] = {}
        self._held: list[_Held[Tag]] = []
        self._usual = _EXPECTED

    def send(self, tag: Tag, envelope: Envelope, group: int) -> list[Sent[Tag]]:
        """What has come of letters by now: of this one, and of others that were slow or held back."""
        if group in self._busy() or any(one.group == group for one in self._held):
            self._held.append(_Held(tag, envelope, group))
            return self._pass_on()
        return [*self._hand_over(tag, envelope, group), *self._pass_on()]

    def rest(self) -> Iterator[Sent[Tag]]:
        """Waits for the letters that are still on their way, or held back; each has its deadline."""
        while self._on_their_way or self._held:
            wait(self._on_their_way, _SOON[0] if self._held else None, FIRST_COMPLETED)
            yield from self._pass_on()

    def _pass_on(self) -> list[Sent[Tag]]:
        """What has arrived, and what came of letters that need not be held back any longer."""
        came = self._arrived()
        for one in [*self._held]:
            elders = (elder.group for elder in self._held[: self._held.index(one)])
            if one.group not in self._busy() and one.group not in elders:
                self._held.remove(one)
                came += self._hand_over(*one)
        return came

    def _busy(self) -> set[int]:
        """The groups of which a letter is on its way, and not yet slow beyond doubt."""
        since = time.monotonic() - _within(_LATE, _BEYOND_DOUBT * self._usual)
        return {one.group for one in self._on_their_way.values() if one.since > since}

    def _hand_over(self, tag: Tag, envelope: Envelope, group: int) -> list[Sent[Tag]]:
        came = self._next() if len(self._on_their_way) >= _LANES else []
        try:
            connection = self._connection(came)
        except Unreachable as trouble:
            return [*came, Sent(tag, trouble)]
        if not self._ready(tag):
            self._free.append(connection)
            return came
        future = self._pool.submit(connection.send, envelope)
        self._on_their_way[future] = _OnItsWay(tag, group, connection, time.monotonic())
        self._wait_a_little(future)
        return [*came, *self._arrived()]

    def _wait_a_little(self, future: Future[None]) -> None:
        """For a letter, but not for much longer than for others."""
        start = time.monotonic()
        wait([future], _within(_SOON, _MUCH_LONGER * self._usual))
        if future.done():
            self._usual += _SHARE * (time.monotonic() - start - self._usual)

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
        self._free += [one.connection for one in done.values() if one.connection.is_open()]
        return [*(Sent(one.tag, future.exception()) for future, one in done.items()), *self._slow()]

    def _slow(self) -> Iterator[Sent[Tag]]:
        """Each is told of once."""
        busy = self._busy()
        for one in self._on_their_way.values():
            if not one.told and one.group not in busy:
                one.told = True
                yield Sent(one.tag, slow=True)

    def hang_up(self) -> None:
        for connection in self._free:
            connection.end()
        for one in self._on_their_way.values():
            one.connection.abort()


@contextmanager
def lanes_to(server: MailServer, ready: Callable[[Any], bool]) -> Iterator[Lanes[Any]]:
    """Lanes for a while. Whatever happens, they hang up.

    `ready` is asked of a letter when its connection is there and it would be begun; if it says no, it is left.
    """
    with ThreadPoolExecutor(_LANES, "letters") as pool:
        lanes: Lanes[Any] = Lanes(server, pool, ready)
        try:
            yield lanes
        finally:
            lanes.hang_up()
