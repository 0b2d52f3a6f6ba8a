"""Where emails are handed over: a Maildir on disk, or an SMTP server.

SMTP cannot be exactly-once (RFC 1047): between the end of DATA and its reply nobody can know whether the message was
taken. A repeat there carries the same Message-ID. A Maildir is asked first and never holds a message twice.
"""

import os
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from hashlib import sha256
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

#: For each answer. A message takes four, and must be through well within the lease of its claim.
_PATIENCE_SECONDS = 15
_SMTP_PORT, _SMTPS_PORT = 25, 465
_FOR_GOOD = range(500, 600)


class Undeliverable(Exception):
    """The receiver said no for good; trying again would not help."""


class MailTransport(Protocol):
    def send(self, message: EmailMessage) -> None:
        """Hands one message over. Raises Undeliverable, or OSError (smtplib's errors are) when it may work later."""


class MailServer(Protocol):
    @contextmanager
    def open(self) -> Iterator[MailTransport]:
        """One conversation, for as many messages as there are."""
        ...


class Maildir:
    """A folder any mail reader can open. The file is named after the Message-ID, so sending twice leaves one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @contextmanager
    def open(self) -> Iterator[MailTransport]:
        for part in ("tmp", "new", "cur"):
            (self.folder / part).mkdir(parents=True, exist_ok=True)
        yield self

    def send(self, message: EmailMessage) -> None:
        name = sha256(str(message["Message-ID"]).encode()).hexdigest()[:40] + ".recognition"
        if any((self.folder / "cur").glob(f"{name}*")):
            return
        draft = self.folder / "tmp" / f"{name}.{os.getpid()}"
        draft.write_bytes(message.as_bytes())
        draft.replace(self.folder / "new" / name)


class Smtp:
    """An SMTP server, with STARTTLS where it is offered; `smtps:` is TLS from the first byte."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self.tls = parts.scheme == "smtps"
        self.host = parts.hostname or "localhost"
        self.port = parts.port or (_SMTPS_PORT if self.tls else _SMTP_PORT)
        self.user, self.password = unquote(parts.username or ""), unquote(parts.password or "")

    @contextmanager
    def open(self) -> Iterator[MailTransport]:
        with self._connect() as server:
            if not self.tls and server.has_extn("starttls"):
                server.starttls(context=ssl.create_default_context())
            if self.user:
                server.login(self.user, self.password)
            yield _SmtpConversation(server)

    def _connect(self) -> smtplib.SMTP:
        if self.tls:
            context = ssl.create_default_context()
            return smtplib.SMTP_SSL(self.host, self.port, timeout=_PATIENCE_SECONDS, context=context)
        server = smtplib.SMTP(self.host, self.port, timeout=_PATIENCE_SECONDS)
        server.ehlo()
        return server


class _SmtpConversation:
    def __init__(self, server: smtplib.SMTP) -> None:
        self._server = server

    def send(self, message: EmailMessage) -> None:
        try:
            self._server.send_message(message)
        except smtplib.SMTPRecipientsRefused as refused:
            (code, reason), *_ = refused.recipients.values()
            raise _judged(code, reason) from refused
        except smtplib.SMTPResponseException as refused:
            raise _judged(refused.smtp_code, refused.smtp_error) from refused


def _judged(code: int, reason: bytes | str) -> Exception:
    """A 5xx answer is for good (RFC 5321, 4.2.1), any other may pass."""
    words = reason.decode(errors="replace") if isinstance(reason, bytes) else reason
    sentence = f"The mail server answered {code}: {words}"
    return Undeliverable(sentence) if code in _FOR_GOOD else OSError(sentence)


def mail_server(url: str) -> MailServer:
    """For `maildir:/folder`, `smtp://host:port` and `smtps://user:password@host`."""
    scheme, _, rest = url.partition(":")
    return Maildir(Path(rest)) if scheme == "maildir" else Smtp(url)
