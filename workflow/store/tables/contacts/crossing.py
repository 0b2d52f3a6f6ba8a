"""Crossings: letters that were on their way while their reader's address changed."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from workflow.store.record import CONTACT, Json, Record


class Crossing(Record):
    """`letters` are the numbers in the outbox of those that were not settled at that moment. Where one of them went to
    `email`, the address from before, calendars are put right; then this row goes."""

    __tablename__ = "crossing"

    id: Mapped[int] = mapped_column(primary_key=True)
    engagement_id: Mapped[int] = mapped_column(ForeignKey("engagement.id"), index=True)
    email: Mapped[str] = mapped_column(String(254), info=CONTACT)
    letters: Mapped[list[int]] = mapped_column(Json)
    at: Mapped[datetime]
