"""A mail server with moods: what real ones do to a letter now and then, done to letters for certain readers."""

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, AnyStr, NoReturn

from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.servers import AnyPort

#: What it answers to one reader's letter, and goes on.
_ANSWERS = {
    ("RCPT", "later"): "451 4.7.1 come back later",
    ("DATA", "later, once seen"): "452 4.3.1 no room for it",
    ("RCPT", "never"): "550 5.1.1 no such person",
    ("RCPT", "never, and no rset"): "550 5.1.1 no such person",
    ("RSET", "never, and no rset"): "500 what is that",
    ("DATA", "never, once seen"): "554 5.6.0 we do not like it",
}
#: What it says of us, though it has just heard of the reader; and a sentence with a byte in it that is no letter.
_OF_US = {
    ("RCPT", "relay"): "554 5.7.1 relay access denied",
    ("RCPT", "sign in"): "530 5.7.0 authentication required",
    ("RCPT", "nul"): "550 5.1.1 no such\x00 person",
}
#: Where it says goodbye, and where it is simply gone.
_CLOSES = {("RCPT", "later, closing"), ("DATA", "later, closing once seen")}
_DROPS = {("RCPT", "later, gone"), ("DATA", "later, gone once seen"), ("RSET", "never, gone at rset")}
_ANSWERS["RCPT", "never, gone at rset"] = _ANSWERS["RCPT", "never"]
MOODS = tuple(sorted({mood for _, mood in (*_ANSWERS, *_CLOSES, *_DROPS)}))


@dataclass
class Moods:
    """`readers` are moods by address, `senders` those it takes no letters from. `drip` is seconds from byte to byte.

    `at_most` letters go over one connection. `at` says when each was received, by the monotonic clock. While it is
    `ill` it takes nothing from anybody. `after` so many letters, something happens. The letters of
    `too_big` are that, by the order in which they are begun.
    """

    readers: dict[str, str] = field(default_factory=dict)
    senders: set[str] = field(default_factory=set)
    drip: float = 0.05
    at_most: int = 100_000
    ill: bool = False
    received: list[Envelope] = field(default_factory=list)
    at: list[float] = field(default_factory=list)
    connections: int = 0
    begun: int = 0
    too_big: set[int] = field(default_factory=set)
    after: dict[int, Callable[[], None]] = field(default_factory=dict)

    async def handle_EHLO(  # noqa: N802 (aiosmtpd's)
        self, _server: SMTP, session: Session, _envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_MAIL(  # noqa: N802 (aiosmtpd's)
        self, server: "Moody", _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        server.taken += 1
        if server.taken > self.at_most:
            await _close(server)
        self.begun += 1
        if self.begun in self.too_big:
            return "554 5.3.4 message too big"
        if self.ill:
            return "451 4.3.2 not feeling well"
        if address in self.senders:
            return "550 5.7.1 not from you"
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 go on"

    async def handle_RCPT(  # noqa: N802 (aiosmtpd's)
        self, server: "Moody", _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        server.mood = self.readers.get(address, "")
        envelope.rcpt_tos.append(address)
        return await self._answer(server, "RCPT")

    async def handle_DATA(self, server: "Moody", _session: Session, envelope: Envelope) -> str:  # noqa: N802 (aiosmtpd's)
        answer = await self._answer(server, "DATA")
        if answer.startswith("250"):
            self.received.append(envelope)
            self.at.append(time.monotonic())
            self.after.get(len(self.received), lambda: None)()
        return answer

    async def handle_RSET(self, server: "Moody", _session: Session, _envelope: Envelope) -> str:  # noqa: N802 (aiosmtpd's)
        return await self._answer(server, "RSET")

    async def _answer(self, server: "Moody", command: str) -> str:
        at = (command, server.mood)
        if at in _CLOSES:
            await _close(server)
        if at in _DROPS:
            _transport(server).abort()
            await _for_ever()
        return (_ANSWERS | _OF_US).get(at, "250 fine")


class Moody(SMTP):
    """aiosmtpd's server of one connection, with a mood for the letter in hand."""

    def __init__(self, moods: Moods, **keywords: Any) -> None:
        super().__init__(moods, **keywords)
        self.moods, self.mood, self.taken = moods, "", 0

    async def push(self, status: AnyStr) -> None:
        if self.mood == "endless":
            while True:
                await super().push("550-and another thing")
        if self.mood != "drips":
            await super().push(status)
            return
        for byte in f"{status!s}\r\n".encode():
            self._writer.write(bytes([byte]))
            await self._writer.drain()
            await asyncio.sleep(self.moods.drip)


async def _close(server: Moody) -> NoReturn:
    await server.push("421 4.3.2 closing now")
    _transport(server).close()
    await _for_ever()


def _transport(server: Moody) -> asyncio.Transport:
    assert isinstance(server.transport, asyncio.Transport)
    return server.transport


async def _for_ever() -> NoReturn:
    """Until the connection is lost, which ends whatever serves it."""
    await asyncio.Event().wait()
    raise AssertionError("nobody sets it")


class _Controller(AnyPort):
    def factory(self) -> Moody:
        return Moody(self.handler, **self.SMTP_kwargs)


@contextmanager
def moody_server(moods: Moods, *, utf8: bool = False) -> Iterator[str]:
    """Yields its `smtp://` address."""
    controller = _Controller(moods, hostname="127.0.0.1", port=0, enable_SMTPUTF8=utf8)
    controller.start()
    try:
        yield f"smtp://127.0.0.1:{controller.port}"
    finally:
        controller.stop()
