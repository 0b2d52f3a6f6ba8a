"""Letters as they lie in a folder, read back."""

import mailbox
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path


def letters_in(folder: Path) -> list[EmailMessage]:
    """Every letter there is; the folder has to be there."""
    box = mailbox.Maildir(folder, create=False)
    return [message_from_bytes(box.get_bytes(key), policy=policy.default) for key in box.keys()]  # noqa: SIM118 (a mailbox is walked by its messages, not its keys)
