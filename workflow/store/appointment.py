"""Appointments, and who was at them."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from workflow.store.record import CONTACT, Record, one_of

STATUSES = ("to_book", "offered", "booked", "held", "registered", "moved", "cancelled")
MARKS = ("present", "part", "told_absent", "no_show", "excused", "caught_up")
#: Marks that count as trained.
ATTENDED = ("present", "caught_up")


class Appointment(Record):
    """A dated meeting of a kind the offer declares. `outputs` is what was agreed at it."""

    __tablename__ = "appointment"
    __table_args__ = (one_of("status", STATUSES), Index(None, "engagement_id", "kind"))

    id: Mapped[int] = mapped_column(primary_key=True)
    engagement_id: Mapped[int] = mapped_column(ForeignKey("engagement.id"))
    kind: Mapped[str] = mapped_column(String(61))
    status: Mapped[str] = mapped_column(String(12))
    starts_at: Mapped[datetime]
    outputs: Mapped[str] = mapped_column(Text, default="", info=CONTACT)


class Attendance(Record):
    """One line of a register."""

    __tablename__ = "attendance"
    __table_args__ = (one_of("mark", MARKS),)

    appointment_id: Mapped[int] = mapped_column(ForeignKey("appointment.id"), primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id"), primary_key=True)
    mark: Mapped[str] = mapped_column(String(12))
