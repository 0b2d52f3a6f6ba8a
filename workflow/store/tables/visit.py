"""Actions: what somebody has to do by a day, beside the journey itself."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from workflow.domain.guards import OUTCOMES
from workflow.store.record import WORKED, Record, one_of

#: What a visit asks of the school, and what the system asks of an advisor.
KINDS = ("plan", "support")


class Action(Record):
    """`owner` is a person of the school or the council, by name. `appointment_id` is the visit it comes from, and
    `participant_id` the person it is about."""

    __tablename__ = "action"
    __table_args__ = (one_of("kind", KINDS), Index(None, "engagement_id", "done_at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    engagement_id: Mapped[int] = mapped_column(ForeignKey("engagement.id"))
    kind: Mapped[str] = mapped_column(String(8))
    appointment_id: Mapped[int | None] = mapped_column(ForeignKey("appointment.id"), index=True)
    participant_id: Mapped[int | None] = mapped_column(ForeignKey("participant.id"), index=True)
    what_text: Mapped[str] = mapped_column(Text, info=WORKED)
    owner_name: Mapped[str] = mapped_column(String(120), info=WORKED)
    due_on: Mapped[date]
    created_at: Mapped[datetime]
    done_at: Mapped[datetime | None]


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
