"""Is this PDF the certificate we issued? Says which printed fact or byte is not as it was."""

from dataclasses import dataclass
from hashlib import sha256
from itertools import zip_longest

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.documents import guard
from workflow.english import in_words
from workflow.errors import BadInput
from workflow.store import lookups
from workflow.store.history.renewals import Renewals, renewals_of
from workflow.store.tables.certificate import Certificate

_LABELS = {
    "name": "name",
    "phase": "phase",
    "school": "school",
    "title": "title",
    "issued_on": "date of issue",
    "valid_until": "date it is valid until",
    "serial": "number",
    "renews": "certificate that it renews",
}


_ERASED = "We issued a certificate with this number; its name and file were erased, as its holder asked us to."


@dataclass(frozen=True, slots=True)
class Verdict:
    """`standing` says why one that we issued is not current any more, and `wrong` in what the file is not the one we
    issued; each is empty where there is nothing to say."""

    standing: str
    wrong: tuple[str, ...]


def verify_file(session: Session, data: bytes) -> Verdict:
    """Whether the file is genuine, and whether the certificate is current.

    Raises BadInput if it is not a certificate of ours at all, NotFound if its number was never given out.
    """
    facts, text = _read(data)
    issued = lookups.by_serial(session, facts.get("serial", ""))
    renewed = renewals_of(session, issued)
    standing = _standing(session, issued, renewed)
    if not issued.name:
        return Verdict(standing, (_ERASED,))
    if sha256(data).hexdigest() == issued.sha256:
        return Verdict(standing, ())
    return Verdict(standing, (*_differences(issued, renewed, facts, text), _first_difference(issued.pdf, data)))


def _standing(session: Session, issued: Certificate, renewed: Renewals) -> str:
    if issued.status == "issued":
        return ""
    if issued.status != "superseded":
        return f"It was {in_words(issued.status)} since and is no longer current."
    if renewed.after:
        return f"It was superseded by {renewed.after.words}, which renews it, and is no longer current."
    later = (Certificate.participant_id == issued.participant_id) & (Certificate.id > issued.id)
    newer = session.scalar(select(Certificate).where(later).order_by(Certificate.id.desc()).limit(1))
    by = f"by {newer.serial}" if newer else "by a newer one"
    return f"It was replaced {by} since and is no longer current."


def _read(data: bytes) -> tuple[dict[str, str], str]:
    """In a child, as anything may be in a file that somebody sends to be checked."""
    (reading,) = guard.read([guard.Job("certificate", "", data)])
    if reading.found is None:
        raise BadInput(reading.refused or "The file is not readable as a PDF.")
    return reading.found["facts"], reading.found["text"]


def _differences(issued: Certificate, renewed: Renewals, facts: dict[str, str], text: str) -> list[str]:
    true = {
        "serial": issued.serial,
        "name": issued.name,
        "phase": f"{issued.phase} {issued.phase_title}",
        "school": issued.school,
        "title": issued.title,
        "issued_on": issued.issued_on.isoformat(),
        "valid_until": issued.valid_until.isoformat() if issued.valid_until else "",
        "renews": renewed.before.serial if renewed.before else "",
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
