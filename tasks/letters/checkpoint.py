"""A checkpoint on its way to somebody who keeps it: a plain message with the file attached."""

from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from tasks.mail.envelope import Envelope
from tasks.mail.mime_message import message_id
from tasks.mail.server import MailServer
from tasks.mail.troubles import Trouble
from workflow.errors import CheckFailed

_WORDS = """The attached file says how far every history of Recognition had come when it was written.

Keep it where nobody who runs the service can change it. “recognition audit verify --against FILE” shows later whether
anything that it knew has been changed or removed since.
"""


def send(server: MailServer, sender: str, to: str, attached: tuple[str, str], now: datetime) -> None:
    """At once, and not by way of the outbox: whoever asks waits for the answer. `attached` is the file's name and what
    it holds. Raises CheckFailed."""
    file_name, content = attached
    message = EmailMessage(policy=SMTP.clone(cte_type="7bit"))
    message["Subject"] = "Checkpoint of the histories"
    message["From"], message["To"] = sender, to
    message["Date"] = format_datetime(now)
    message["Message-ID"] = number = message_id(f"checkpoint:{file_name}:{now.isoformat()}", sender)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(_WORDS)
    message.add_attachment(content.encode(), maintype="application", subtype="json", filename=file_name)
    try:
        connection = server.connect()
        connection.send(Envelope(sender, to, number, message.as_bytes()))
        connection.end()
    except Trouble as trouble:
        raise CheckFailed(f"The checkpoint is written, and was not sent: {trouble} Send it another way.") from None
