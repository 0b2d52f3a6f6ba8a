"""Files that a participant means to send with their evidence, beside the draft of what they write."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from workflow.store.record import Record
from workflow.store.tables.requests.draft import DRAFTED


class UnsentFile(Record):
    """One of them, for one criterion, under the name its owner gave it; the bytes are in `stored_file`."""

    __tablename__ = "unsent_file"
    __table_args__ = (UniqueConstraint("participant_id", "criterion", "sha256"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"))
    criterion: Mapped[str] = mapped_column(String(12))
    sha256: Mapped[str] = mapped_column(ForeignKey("stored_file.sha256"), index=True)
    name: Mapped[str] = mapped_column(String(120), info=DRAFTED)
    kept_at: Mapped[datetime] = mapped_column(index=True)
