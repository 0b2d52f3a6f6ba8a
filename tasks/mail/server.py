"""Which mail server a URL means."""

from pathlib import Path
from typing import Protocol

from tasks.mail.envelope import Envelope
from tasks.mail.maildir import Maildir
from tasks.mail.smtp import Smtp


class Connection(Protocol):
    """One connection to the way out, for one letter at a time."""

    def is_open(self) -> bool: ...

    def send(self, envelope: Envelope) -> None:
        """Hands one letter over. Raises the troubles, and nothing else that is the letter's or the server's doing."""

    def end(self) -> None:
        """Hangs up as is polite."""

    def abort(self) -> None:
        """For another thread: whatever is being waited for ends at once."""


class MailServer(Protocol):
    def connect(self) -> Connection:
        """Raises Unreachable."""
        ...


def mail_server(url: str, seconds: float = 30) -> MailServer:
    """For `maildir:/folder`, `smtp://host:port` and `smtps://user:password@host`; `seconds` for each letter."""
    scheme, _, rest = url.partition(":")
    return Maildir(Path(rest)) if scheme == "maildir" else Smtp(url, seconds)
