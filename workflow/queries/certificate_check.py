"""Is this PDF the certificate we issued? Says which printed fact or byte is not as it was."""

import io
import json
from hashlib import sha256
from itertools import zip_longest

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from sqlalchemy.orm import Session

from workflow.errors import BadInput
from workflow.store import lookups
from workflow.store.tables.certificate import Certificate

_ATTACHMENT = "recognition.json"
_LABELS = {
    "name": "name",
    "phase": "phase",
    "school": "school",
    "title": "title",
    "issued_on": "date of issue",
    "valid_until": "date it is valid until",
    "serial": "number",
}


def verify_file(session: Session, data: bytes) -> list[str]:
    """What is wrong with the file, in sentences; nothing when it is genuine and current.

    Raises BadInput if it is not a certificate of ours at all, NotFound if its number was never given out.
    """
    facts, text = _read(data)
    issued = lookups.by_serial(session, facts.get("serial", ""))
    wrong = [] if issued.status == "issued" else [f"This certificate was {issued.status}; it is no longer current."]
    if sha256(data).hexdigest() == issued.sha256:
        return wrong
    return wrong + _differences(issued, facts, text) + [_first_difference(issued.pdf, data)]


def _read(data: bytes) -> tuple[dict[str, str], str]:
    try:
        reader = PdfReader(io.BytesIO(data))
        attached = reader.attachments.get(_ATTACHMENT)
        text = " ".join(page.extract_text() for page in reader.pages)
    except (PyPdfError, ValueError, KeyError, OSError) as error:
        raise BadInput(f"The file cannot be read as a PDF: {error}") from None
    if not attached:
        raise BadInput("The file is not one of our certificates: it does not carry the facts we attach to each.")
    facts = json.loads(attached[0])
    return {str(key): str(value) for key, value in facts.items()}, " ".join(text.split())


def _differences(issued: Certificate, facts: dict[str, str], text: str) -> list[str]:
    true = {
        "serial": issued.serial,
        "name": issued.name,
        "phase": f"{issued.phase} {issued.phase_title}",
        "school": issued.school,
        "title": issued.title,
        "issued_on": issued.issued_on.isoformat(),
        "valid_until": issued.valid_until.isoformat() if issued.valid_until else "",
    }
    wrong = [
        f"The {_LABELS[key]} in it is “{facts.get(key, '')}” and we issued “{value}”."
        for key, value in true.items()
        if facts.get(key, "") != value
    ]
    unprinted = [key for key in ("name", "serial") if _plain(true[key]) not in _plain(text)]
    return wrong + [f"The {_LABELS[key]} we issued, “{true[key]}”, is not printed on it." for key in unprinted]


def _plain(text: str) -> str:
    """Letters and digits alone: how a line is broken or an apostrophe is drawn is no forgery."""
    return "".join(one for one in text.casefold() if one.isalnum())


def _first_difference(ours: bytes, theirs: bytes) -> str:
    place = next(at for at, (mine, other) in enumerate(zip_longest(ours, theirs)) if mine != other)
    return f"The file is not byte for byte the one we issued: it differs from byte {place + 1:,} on."
