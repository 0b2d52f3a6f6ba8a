"""The one mail builder: a letter as a message, text and HTML, addressed and recognisable.

Built from the standard library's older classes: the newer ones read each header again as they set it, which takes
longer than to send the message.
"""

import unicodedata
from datetime import datetime
from email.charset import QP, Charset
from email.header import Header
from email.mime.application import MIMEApplication
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.policy import Compat32
from email.utils import format_datetime
from hashlib import sha256

from tasks.mail.address_header import Folded, addressed
from tasks.mail.letter_page import page
from workflow.domain.email_address import wire_address
from workflow.mail.letters import Letter

#: No part has these in it: after “=”, quoted-printable has digits, and base64 nothing (RFC 2045, 6.7).
_WAYS, _WHOLE = "=_ways_to_read", "=_with_a_file"
_LINE = 76
#: So that no program answers (RFC 3834, MS-OXCMAIL). That a letter could not be delivered (NDR) is still told.
_AUTOMATIC: dict[str, "str | Header"] = {
    "Auto-Submitted": "auto-generated",
    "X-Auto-Response-Suppress": "DR, RN, NRN, OOF, AutoReply",
}


class _Quick(Compat32):
    """A header that fits into its line goes there as it is. Almost all do, and to find out otherwise takes long.

    An address beyond a to z, from before none was taken any more, stands in its header as it is (RFC 6532).
    """

    def fold_binary(self, name: str, value: "str | Header") -> bytes:
        if isinstance(value, Folded):
            return f"{name}: {value}{self.linesep}".encode()
        if isinstance(value, str) and value.isascii() and len(name) + len(value) < _LINE and value.isprintable():
            return f"{name}: {value}{self.linesep}".encode()
        return super().fold_binary(name, value)  # type: ignore[arg-type] # typeshed forgets that this class takes a Header


_POLICY = _Quick(linesep="\r\n")
_UTF8 = Charset("utf-8")
_UTF8.body_encoding = QP


def message_id(key: str, sender: str) -> str:
    """Made from the outbox key alone, so that a repeat can be recognised by whoever receives it."""
    return f"<{sha256(key.encode()).hexdigest()[:40]}@{sender.rpartition('@')[2]}>"


def as_bytes(letter: Letter, number: str, sender: str, now: datetime) -> bytes:
    """The message, lines ended as SMTP wants them.

    Raises ValueError when text meant for a header could turn into another header.
    """
    message = _body(letter)
    headers: dict[str, str | Header] = {
        "Subject": _words(letter.rendered.subject),
        "From": addressed("From", _checked(letter.sender_name), _checked(wire_address(sender))),
        "To": addressed("To", _checked(letter.to_name), _checked(wire_address(letter.to_email))),
        "Reply-To": _checked(wire_address(letter.reply_to)),
        "Date": format_datetime(now),
        "Message-ID": number,
        **(_AUTOMATIC if letter.automatic else {}),
    }
    for name, value in headers.items():
        message[name] = value  # type: ignore[assignment] # likewise
    return message.as_bytes(policy=_POLICY)


def _body(letter: Letter) -> MIMEMultipart:
    """Calendars look for an invitation among the ways to read the message, not among its attachments."""
    ways = MIMEMultipart("alternative", _WAYS, policy=_POLICY)
    ways.attach(_text("plain", letter.rendered.text))
    ways.attach(_text("html", page(letter)))
    if letter.invitation is not None:
        invitation = _text("calendar", letter.invitation.decode())
        invitation.set_param("method", letter.method)
        ways.attach(invitation)
    if letter.certificate is None:
        return ways
    whole = MIMEMultipart("mixed", _WHOLE, policy=_POLICY)
    attached = MIMEApplication(letter.certificate, "pdf")
    attached.add_header("Content-Disposition", "attachment", filename=letter.file_name)
    whole.attach(ways)
    whole.attach(attached)
    return whole


def _text(kind: str, text: str) -> MIMENonMultipart:
    part = MIMENonMultipart("text", kind, charset="utf-8")
    part.set_payload(text, _UTF8)
    return part


def _words(text: str) -> "str | Header":
    checked = _checked(text)
    return checked if checked.isascii() else Header(checked, "utf-8")


def _checked(text: str) -> str:
    """A space of another kind, as in names that were pasted, is a space."""
    text = "".join(" " if unicodedata.category(one) == "Zs" else one for one in text)
    if "=?" in text or not text.isprintable():
        raise ValueError(f"“{text[:60]}” cannot stand in a mail header; correct the name or the subject.")
    return text
