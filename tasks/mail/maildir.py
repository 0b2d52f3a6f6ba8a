"""A Maildir: a folder any mail reader can open, for installations whose letters shall not leave the machine."""

import os
from hashlib import sha256
from pathlib import Path

from tasks.mail.envelope import Envelope
from tasks.mail.troubles import Unreachable


class Maildir:
    """A file is named after the Message-ID, so sending twice leaves one. Readers move what they have seen to `cur`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def connect(self) -> "Maildir":
        """Raises Unreachable when the folders cannot be made."""
        try:
            for part in ("tmp", "new", "cur"):
                (self.folder / part).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise Unreachable(_sentence(self.folder, error)) from error
        return self

    def send(self, envelope: Envelope) -> None:
        """Raises Unreachable when the folder cannot be written to: that is no letter's fault."""
        name = sha256(envelope.number.encode()).hexdigest()[:40] + ".recognition"
        try:
            if envelope.repeat and any((self.folder / "cur").glob(f"{name}*")):
                return
            draft = self.folder / "tmp" / f"{name}.{os.getpid()}"
            draft.write_bytes(envelope.content)
            draft.replace(self.folder / "new" / name)
        except OSError as error:
            raise Unreachable(_sentence(self.folder, error)) from error

    def is_open(self) -> bool:
        return True

    def end(self) -> None:
        """There is nothing to hang up."""

    abort = end


def _sentence(folder: Path, error: OSError) -> str:
    return f"The mail folder {folder} cannot be written to ({error.strerror})."
