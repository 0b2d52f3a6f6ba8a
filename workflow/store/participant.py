"""Participants: members of staff taking part, each with a phase and a small journey."""

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from workflow.store.record import CERTIFIED, CONTACT, Record, one_of

STATUSES = (
    "nominated",
    "training",
    "working",
    "submitted",
    "in_review",
    "returned",
    "completed",
    "recognised",
    "deferred",
    "withdrawn",
)


class Participant(Record):
    """`certificate_name` is the name as it will be printed; `name_confirmed` says its owner agreed to it."""

    __tablename__ = "participant"
    __table_args__ = (one_of("status", STATUSES), Index(None, "engagement_id", "email", unique=True))

    id: Mapped[int] = mapped_column(primary_key=True)
    engagement_id: Mapped[int] = mapped_column(ForeignKey("engagement.id"))
    name: Mapped[str] = mapped_column(String(120), info=CONTACT)
    email: Mapped[str] = mapped_column(String(254), info=CONTACT)
    phase: Mapped[int]
    status: Mapped[str] = mapped_column(String(12))
    certificate_name: Mapped[str] = mapped_column(String(120), info=CERTIFIED)
    name_confirmed: Mapped[bool] = mapped_column(default=False)
