"""What assessors judged and second persons approved. Written by the engine with the transition that records it."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from workflow.guards import OUTCOMES
from workflow.store.record import Record, one_of


class Judgement(Record):
    """The outcome of one visit. `taken_back` says that the step that recorded it was undone; it counts no more."""

    __tablename__ = "judgement"
    __table_args__ = (one_of("outcome", OUTCOMES),)

    id: Mapped[int] = mapped_column(primary_key=True)
    engagement_id: Mapped[int] = mapped_column(ForeignKey("engagement.id"), index=True)
    appointment_id: Mapped[int] = mapped_column(ForeignKey("appointment.id"))
    outcome: Mapped[str] = mapped_column(String(12))
    assessor_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime]
    seq: Mapped[int] = mapped_column(default=0)
    taken_back: Mapped[bool] = mapped_column(default=False)


class Approval(Record):
    """A person's yes to a subject, such as the award, unless the step was undone."""

    __tablename__ = "approval"

    id: Mapped[int] = mapped_column(primary_key=True)
    engagement_id: Mapped[int] = mapped_column(ForeignKey("engagement.id"), index=True)
    subject: Mapped[str] = mapped_column(String(61))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime]
    seq: Mapped[int] = mapped_column(default=0)
    taken_back: Mapped[bool] = mapped_column(default=False)
