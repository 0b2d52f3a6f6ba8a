"""Appointments, and who was at them."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from workflow.domain.lifecycles import APPOINTMENT
from workflow.store.record import WORKED, Record, new_salt, one_of

#: What a date is for: as planned, for those who missed one, or again after a judgement.
PURPOSES = ("planned", "catch_up", "re_visit")
MARKS = ("present", "part", "told_absent", "no_show", "excused", "caught_up")
#: Marks that count as trained.
ATTENDED = ("present", "caught_up")


class Appointment(Record):
    """A dated meeting of a kind the offer declares. `outputs` is what was agreed at it.

    `uid` and `sequence` make calendars know it again: a date that is moved becomes a new row with the same `uid` and
    the next number. While dates are only offered, `starts_at` is the earliest. `reason` is the code of a cancellation.
    """

    __tablename__ = "appointment"
    __table_args__ = (
        one_of("status", APPOINTMENT.statuses),
        one_of("purpose", PURPOSES),
        Index(None, "engagement_id", "kind"),
        Index(None, "starts_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    engagement_id: Mapped[int] = mapped_column(ForeignKey("engagement.id"))
    kind: Mapped[str] = mapped_column(String(61))
    status: Mapped[str] = mapped_column(String(12))
    starts_at: Mapped[datetime]
    outputs: Mapped[str] = mapped_column(Text, default="", info=WORKED)
    purpose: Mapped[str] = mapped_column(String(12), default="planned")
    place: Mapped[str] = mapped_column(String(200), default="")
    uid: Mapped[str] = mapped_column(String(80), default="")
    sequence: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str | None] = mapped_column(String(61))
    salt: Mapped[str] = mapped_column(String(32), default=new_salt)


class OfferedDate(Record):
    """One of the dates the council offers for an appointment."""

    __tablename__ = "offered_date"

    id: Mapped[int] = mapped_column(primary_key=True)
    appointment_id: Mapped[int] = mapped_column(ForeignKey("appointment.id"), index=True)
    starts_at: Mapped[datetime]


class Attendance(Record):
    """One line of a register."""

    __tablename__ = "attendance"
    __table_args__ = (one_of("mark", MARKS),)

    appointment_id: Mapped[int] = mapped_column(ForeignKey("appointment.id"), primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id"), primary_key=True, index=True)
    mark: Mapped[str] = mapped_column(String(12))
