"""An SMTP server, spoken to so that one letter's trouble stays that letter's.

Each command's answer is judged where it is given: at MAIL FROM it is about us, at RCPT and DATA about the letter, and a
421 or silence about the connection, which is then made anew. One letter has one deadline for all of its dialogue: a
server that answers a byte at a time would outlast a limit on each answer for ever.

SMTP cannot be exactly-once (RFC 1047): between the end of DATA and its reply nobody can know whether the message was
taken. A repeat there carries the same Message-ID.
"""

import io
import smtplib
import socket
import ssl
import time
from contextlib import suppress
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from tasks.mail.envelope import Envelope
from tasks.mail.troubles import BrokenOff, NotNow, SenderRefused, Trouble, Undeliverable, Unreachable

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer, WriteableBuffer

_SMTP_PORT, _SMTPS_PORT = 25, 465
_OK, _OK_FORWARDED, _CLOSING, _SIGN_IN, _TOO_BIG = 250, 251, 421, 530, 552
_TOO_BIG_IN_WORDS, _NO_RELAY = b"5.3.4", b"relay"
_FOR_GOOD = range(500, 600)
_GOODBYE_SECONDS = 2
#: All that a server says in one dialogue; usual ones say a few hundred.
_MOST_BYTES = 100_000


class Smtp:
    """STARTTLS where it is offered; `smtps:` is TLS from the first byte. `seconds` is how long one letter may take."""

    def __init__(self, url: str, seconds: float) -> None:
        parts = urlsplit(url)
        self.tls = parts.scheme == "smtps"
        self.host = parts.hostname or "localhost"
        self.port = parts.port or (_SMTPS_PORT if self.tls else _SMTP_PORT)
        self.user, self.password = unquote(parts.username or ""), unquote(parts.password or "")
        self.seconds = seconds

    def connect(self) -> "Conversation":
        """Raises Unreachable, also for a server that does not take our password."""
        return Conversation(self, self.greeted(time.monotonic() + self.seconds))

    def greeted(self, deadline: float) -> "Client":
        """A new connection, ready for letters. Raises Unreachable."""
        try:
            server = (_TlsClient if self.tls else Client)(self.host, self.port, deadline)
            return self._introduced(server)
        except smtplib.SMTPResponseException as refused:
            raise Unreachable(_answered(refused.smtp_code, refused.smtp_error)) from refused
        except (OSError, ValueError) as error:
            raise Unreachable(f"The mail server {self.host}:{self.port} cannot be reached: {error}.") from error

    def _introduced(self, server: "Client") -> "Client":
        try:
            server.ehlo_or_helo_if_needed()
            if not self.tls and server.has_extn("starttls"):
                server.starttls(context=ssl.create_default_context())
                server.ehlo_or_helo_if_needed()
            if self.user:
                server.login(self.user, self.password)
        except (OSError, ValueError):
            server.close()
            raise
        return server


class Client(smtplib.SMTP):
    """smtplib's, with one deadline (by the monotonic clock) for everything that is said until it is set again."""

    def __init__(self, host: str, port: int, deadline: float) -> None:
        self.begin(deadline)
        super().__init__(host, port, timeout=self.remaining())

    def begin(self, deadline: float) -> None:
        """A new dialogue, with a deadline of its own."""
        self.deadline, self.heard = deadline, 0

    def remaining(self) -> float:
        """Seconds. Raises TimeoutError when there are none."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("it took too long to answer")
        return left

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        """A name may have many addresses; all of them together have until the deadline."""
        trouble: OSError = OSError(f"{host} has no address")
        for family, kind, protocol, _, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
            sock = socket.socket(family, kind, protocol)
            try:
                sock.settimeout(min(timeout, self.remaining()))
                sock.connect(address)
            except OSError as refused:
                sock.close()
                trouble = refused
            else:
                return sock
        raise trouble

    def getreply(self) -> tuple[int, bytes]:
        if self.file is None and self.sock is not None:
            self.file = io.BufferedReader(_Answers(self, self.sock))
        return super().getreply()

    def send(self, s: "ReadableBuffer | str") -> None:
        if self.sock is not None:
            self.sock.settimeout(self.remaining())
        super().send(s)


class _TlsClient(Client, smtplib.SMTP_SSL):
    """The same over TLS from the first byte."""

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        plain = super()._get_socket(host, port, timeout)
        plain.settimeout(self.remaining())
        return self.context.wrap_socket(plain, server_hostname=host)


class _Answers(io.RawIOBase):
    """What the server says, read until the deadline and no longer, however little of it comes at a time."""

    def __init__(self, server: Client, sock: socket.socket) -> None:
        self._server, self._sock = server, sock

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        self._sock.settimeout(self._server.remaining())
        number = self._sock.recv_into(buffer)
        self._server.heard += number
        if self._server.heard > _MOST_BYTES:
            raise OSError("it does not stop talking")
        return number


class Conversation:
    """One connection, for letter after letter. After trouble with it `is_open` is false, and another has to be made."""

    def __init__(self, smtp: Smtp, server: Client) -> None:
        self._smtp, self._server, self._fresh = smtp, server, True

    def is_open(self) -> bool:
        return self._server.sock is not None

    def send(self, envelope: Envelope) -> None:
        """Raises the troubles, each with a sentence."""
        self._server.begin(time.monotonic() + self._smtp.seconds)
        try:
            self._begin(envelope)
            self._finish(envelope)
        except Trouble:
            self._start_anew()
            raise
        except (UnicodeError, smtplib.SMTPNotSupportedError) as trouble:
            self._start_anew()
            raise Undeliverable(_strange(envelope.recipient)) from trouble
        except (OSError, smtplib.SMTPException) as trouble:
            self._server.close()
            raise BrokenOff(self._broken_off(trouble)) from trouble

    def _broken_off(self, trouble: Exception) -> str:
        if time.monotonic() >= self._server.deadline:
            return f"The mail server took longer than {self._smtp.seconds:g} seconds over it."
        return f"The mail server broke off: {trouble}."

    def _begin(self, envelope: Envelope) -> None:
        """A server may hang up between two letters, tired of waiting or of so many: then it is called once more."""
        fresh, self._fresh = self._fresh, False
        try:
            code, words = self._mail(envelope)
        except smtplib.SMTPServerDisconnected:
            if fresh:
                raise
            code, words = _CLOSING, b""
        if code == _CLOSING and not fresh:
            self._server.close()
            self._server = self._smtp.greeted(self._server.deadline)
            code, words = self._mail(envelope)
        if code != _OK:
            raise self._about_us(code, words, envelope.sender)

    def _mail(self, envelope: Envelope) -> tuple[int, bytes]:
        options = [f"size={len(envelope.content)}"] if self._server.has_extn("size") else []
        if not envelope.recipient.isascii():
            options += ["SMTPUTF8", "BODY=8BITMIME"]
        return self._server.mail(envelope.sender, options)

    def _finish(self, envelope: Envelope) -> None:
        code, words = self._server.rcpt(envelope.recipient)
        if code not in (_OK, _OK_FORWARDED):
            raise self._about_the_letter(code, words)
        try:
            code, words = self._server.data(envelope.content)
        except smtplib.SMTPDataError as refused:
            raise self._about_the_letter(refused.smtp_code, _bytes(refused.smtp_error)) from refused
        if code != _OK:
            raise self._about_the_letter(code, words)

    def _about_us(self, code: int, words: bytes, sender: str) -> Trouble:
        """At MAIL FROM; but for the size, which is the letter's (RFC 1870, RFC 3463)."""
        if code == _TOO_BIG or words.startswith(_TOO_BIG_IN_WORDS):
            return Undeliverable(_answered(code, words))
        if code in _FOR_GOOD:
            return SenderRefused(f"{_answered(code, words)} That was about our own address, {sender}.")
        if code == _CLOSING:
            self._server.close()
        return BrokenOff(_answered(code, words))

    def _about_the_letter(self, code: int, words: bytes) -> Trouble:
        """At RCPT and DATA. A 5xx answer is for good (RFC 5321, 4.2.1), any other may pass; with a 421 the server hangs
        up. That we are to sign in, or that it passes nothing on for us, is no letter's fault."""
        if code == _CLOSING:
            self._server.close()
            return BrokenOff(_answered(code, words))
        if code == _SIGN_IN or (code in _FOR_GOOD and _NO_RELAY in words.lower()):
            return Unreachable(f"{_answered(code, words)} That is about us: check the setting RECOGNITION_MAIL_URL.")
        return (Undeliverable if code in _FOR_GOOD else NotNow)(_answered(code, words))

    def _start_anew(self) -> None:
        """Forgets the letter that was begun. A server that cannot is left."""
        if not self.is_open():
            return
        try:
            code, _ = self._server.rset()
        except (OSError, smtplib.SMTPException):
            code = 0
        if code != _OK:
            self._server.close()

    def abort(self) -> None:
        """For another thread: whatever is being waited for ends at once, and with an error."""
        sock = self._server.sock
        if sock is not None:
            with suppress(OSError):  # the other side has hung up already
                sock.shutdown(socket.SHUT_RDWR)

    def end(self) -> None:
        """Hangs up as is polite."""
        if self.is_open():
            self._server.deadline = time.monotonic() + _GOODBYE_SECONDS
            with suppress(OSError, smtplib.SMTPException):  # every letter is through; how it ends is of no interest
                self._server.quit()
        self._server.close()


def _strange(recipient: str) -> str:
    return (
        f"The mail server cannot write to {recipient}: it knows no letters beyond a to z in addresses. "
        "Ask for another address and correct it."
    )


def _answered(code: int, words: bytes | str) -> str:
    """What it said, without what cannot be seen: not every database keeps that."""
    text = _bytes(words).decode(errors="replace")
    seen = "".join(one if one.isprintable() else " " for one in text)
    return f"The mail server answered {code}: {' '.join(seen.split()).rstrip('.')}."


def _bytes(words: bytes | str) -> bytes:
    return words if isinstance(words, bytes) else words.encode(errors="replace")
