"""Messages that went out, as they were sent."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from workflow.store.record import SENT, Record


class SentEmail(Record):
    """Written in the same transaction as the outbox row's `done`: one row per effect, never two."""

    __tablename__ = "message"

    outbox_id: Mapped[int] = mapped_column(ForeignKey("outbox.id"), primary_key=True)
    engagement_id: Mapped[int] = mapped_column(ForeignKey("engagement.id"), index=True)
    message_id: Mapped[str] = mapped_column(String(200), unique=True)
    to_name: Mapped[str] = mapped_column(String(120), info=SENT)
    to_email: Mapped[str] = mapped_column(String(254), info=SENT)
    subject: Mapped[str] = mapped_column(String(400), info=SENT)
    text: Mapped[str] = mapped_column(Text, info=SENT)
    sent_at: Mapped[datetime]
    #: In which revision of the offer's words it was written; none where the offer was not in the record.
    offer_revision: Mapped[int | None]
