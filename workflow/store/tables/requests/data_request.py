"""What a participant asks about their own data, and what was answered."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from workflow.store.record import Record, one_of, personal

REQUEST_KINDS = ("correction", "erasure")
_ASKED = personal("to do what you ask about your data, and to show that it was done", "2 years after it was answered")
_OPEN = text("answered_at IS NULL")


class DataRequest(Record):
    """One request. It is to be answered by `due_at`: one month by law, from when it was asked."""

    __tablename__ = "data_request"
    __table_args__ = (
        one_of("kind", REQUEST_KINDS),
        Index("ix_data_request_open", "due_at", "id", sqlite_where=_OPEN, postgresql_where=_OPEN),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    said: Mapped[str] = mapped_column(Text, info=_ASKED)
    asked_at: Mapped[datetime]
    due_at: Mapped[datetime]
    answered_at: Mapped[datetime | None] = mapped_column(index=True)
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"), index=True)
    answer: Mapped[str] = mapped_column(Text, default="", info=_ASKED)
