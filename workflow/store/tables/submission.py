"""Files that people sent in, stored once for each content."""

from datetime import datetime
from hashlib import sha256 as hash_of

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from workflow.documents.evidence_file import EvidenceFile
from workflow.errors import CheckFailed, NotFound
from workflow.store.dialect import insert_if_absent
from workflow.store.record import ASSESSED, Record, one_of, table_of


class StoredFile(Record):
    """The bytes of a file, known by their hash."""

    __tablename__ = "stored_file"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True, info=ASSESSED)
    created_at: Mapped[datetime]


def keep_file(session: Session, file: EvidenceFile, now: datetime) -> str:
    """Stores the content unless it is there already. Returns its hash."""
    row = {"sha256": file.sha256, "media_type": file.media_type, "size": file.size, "content": file.content}
    insert_if_absent(session, table_of(StoredFile), row | {"created_at": now})
    return file.sha256


def read_file(session: Session, sha256: str) -> tuple[str, bytes]:
    """The media type and the bytes. Raises NotFound, or CheckFailed when the bytes are not those that were kept."""
    found = session.execute(
        select(StoredFile.media_type, StoredFile.content).where(StoredFile.sha256 == sha256)
    ).one_or_none()
    if found is None:
        raise NotFound("There is no such file any more.")
    media_type, content = found
    if hash_of(content).hexdigest() != sha256:
        raise CheckFailed("This file is not the one that was kept. Tell whoever looks after the database.")
    return media_type, content


DECISIONS = ("met", "not_met")


class Submission(Record):
    """One version of a participant's evidence. Number 1 holds every criterion; later ones those that were not met."""

    __tablename__ = "submission"
    __table_args__ = (UniqueConstraint("participant_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id"), index=True)
    version: Mapped[int]
    sent_by: Mapped[str] = mapped_column(String(40))
    sent_at: Mapped[datetime]


class Evidence(Record):
    """What a submission says about one criterion."""

    __tablename__ = "evidence"
    __table_args__ = (UniqueConstraint("submission_id", "criterion"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"))
    criterion: Mapped[str] = mapped_column(String(12))
    text: Mapped[str] = mapped_column(Text, info=ASSESSED)


class EvidenceAttachment(Record):
    """A file that goes with the evidence, under the name its owner gave it; the bytes are in `stored_file`."""

    __tablename__ = "evidence_attachment"
    __table_args__ = (Index(None, "evidence_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    evidence_id: Mapped[int] = mapped_column(ForeignKey("evidence.id"))
    sha256: Mapped[str] = mapped_column(ForeignKey("stored_file.sha256"), index=True)
    name: Mapped[str] = mapped_column(String(120), info=ASSESSED)


class Review(Record):
    """The decision about one submission. `unmet` counts the criteria of the phase that are not met after it.

    One that was `taken_back` counts no more, and the submission can be reviewed again.
    """

    __tablename__ = "review"

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), index=True)
    reviewer_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    unmet: Mapped[int]
    reviewed_at: Mapped[datetime]
    taken_back: Mapped[bool] = mapped_column(default=False)


class CriterionDecision(Record):
    """What a review says about one criterion."""

    __tablename__ = "criterion_decision"
    __table_args__ = (one_of("decision", DECISIONS),)

    review_id: Mapped[int] = mapped_column(ForeignKey("review.id"), primary_key=True)
    criterion: Mapped[str] = mapped_column(String(12), primary_key=True)
    decision: Mapped[str] = mapped_column(String(8))
    text: Mapped[str] = mapped_column(Text, default="", info=ASSESSED)
