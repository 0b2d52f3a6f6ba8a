"""The one mail builder: a letter as a message, text and HTML, addressed and recognisable."""

from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from hashlib import sha256
from html import escape

from workflow.mail.letters import Letter

_STYLE = (
    "font-family:Arial,sans-serif;font-size:16px;line-height:1.5;color:#0b0c0c;max-width:38em;margin:0;padding:16px"
)


def message_id(key: str, sender: str) -> str:
    """Made from the outbox key alone, so that a repeat can be recognised by whoever receives it."""
    return f"<{sha256(key.encode()).hexdigest()[:40]}@{sender.rpartition('@')[2]}>"


def address_up(letter: Letter, key: str, sender: str, now: datetime) -> EmailMessage:
    """Raises ValueError when text meant for a header could turn into another header."""
    message = EmailMessage(policy=SMTP)
    message["Subject"] = _header(letter.rendered.subject)
    message["From"] = Address(_header(letter.sender_name), addr_spec=sender)
    message["To"] = Address(_header(letter.to_name), addr_spec=_header(letter.to_email))
    message["Reply-To"] = _header(letter.reply_to)
    message["Date"] = format_datetime(now)
    message["Message-ID"] = message_id(key, sender)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.rendered.text)
    message.add_alternative(_page(letter), subtype="html")
    if letter.invitation is not None:
        # Calendars look for an invitation among the ways to read the message, not among its attachments.
        text = letter.invitation.decode()
        message.add_alternative(text, subtype="calendar", params={"method": letter.method})
    if letter.certificate is not None:
        message.add_attachment(letter.certificate, maintype="application", subtype="pdf", filename=letter.file_name)
    return message


def _header(text: str) -> str:
    if "=?" in text or not text.isprintable():
        raise ValueError(f"“{text[:60]}” cannot stand in a mail header; correct the name or the subject.")
    return text


def _page(letter: Letter) -> str:
    return (
        f'<!DOCTYPE html>\n<html lang="en-GB">\n<head><meta charset="utf-8">'
        f"<title>{escape(letter.rendered.subject)}</title></head>\n"
        f'<body style="{_STYLE}">\n{letter.rendered.html}</body>\n</html>\n'
    )
