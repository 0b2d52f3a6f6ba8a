"""The letters about getting in that a test is waiting for: sent by a worker into a folder, and read there."""

import re
from dataclasses import dataclass, field, replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from tasks.letters.access import deliver
from tasks.mail.server import mail_server
from tests.worlds import world_with
from web.installation import Clock
from workflow.store.session import Store

_LINK = re.compile(r"http://[^/]+(/(?:sign-in/new-password|school/link|schools/link)/\S+)")


@dataclass
class PostBox:
    """`secret` is the installation's."""

    store: Store
    clock: Clock
    folder: Path
    secret: str
    read: list[EmailMessage] = field(default_factory=list)

    def collect(self) -> list[EmailMessage]:
        """Sends what waits; all letters so far, in their order."""
        world = replace(world_with(self.store, mail_server(f"maildir:{self.folder}")), secret=self.secret)
        deliver(world, self.clock)
        for path in sorted(self.folder.glob("new/*"), key=lambda one: one.stat().st_mtime_ns):
            self.read.append(message_from_bytes(path.read_bytes(), policy=default))
            path.unlink()
        return self.read

    def links(self) -> list[str]:
        """The addresses that stand in them."""
        return [one for letter in self.collect() for one in _LINK.findall(text_of(letter))]


def text_of(letter: EmailMessage) -> str:
    body = letter.get_body(("plain",))
    return str(body.get_content()) if body else ""
