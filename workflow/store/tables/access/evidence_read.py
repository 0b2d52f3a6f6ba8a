"""Who at the council has looked at whose evidence."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from workflow.store.record import Record, one_of, personal

#: A page with the evidence on it, or one of its files.
READ_KINDS = ("page", "file")
LOOKED = personal("so that people can be told who read their evidence", "1 year after it was read")


class EvidenceRead(Record):
    """One look by one person of the council. `what` says which page, or holds the number of the file there."""

    __tablename__ = "evidence_read"
    __table_args__ = (
        one_of("kind", READ_KINDS),
        Index("ix_evidence_read_participant", "participant_id", "id"),
        Index("ix_evidence_read_user", "user_id"),
        Index("ix_evidence_read_at", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"), info=LOOKED)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"), info=LOOKED)
    kind: Mapped[str] = mapped_column(String(4))
    what: Mapped[str] = mapped_column(String(20))
