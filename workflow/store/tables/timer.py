"""Armed timers: due times counted from the beginning of a stage, from a promise's day or from a meeting."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from workflow.calendar.span import UNITS
from workflow.store.record import Record, one_of

TIMER_STATUSES = ("armed", "suspended", "fired", "passed", "dropped")


class ArmedTimer(Record):
    """`passed` is a timer that came due when its reason had gone. `suspended_at` stops its clock.

    `about` is what it hangs on: `stage`, `promise` or `meeting:7`. `due_at` is `count` of `unit` from `counted_from`,
    below nought for a timer before a day, so that a changed calendar can count it again and a page can explain it.

    `armed_seq` and `settled_seq` are the events that armed and dropped it, so that an undone step brings it back.
    """

    __tablename__ = "timer"
    __table_args__ = (
        one_of("status", TIMER_STATUSES),
        Index(
            "ix_timer_due", "due_at", sqlite_where=text("status = 'armed'"), postgresql_where=text("status = 'armed'")
        ),
        Index(None, "engagement_id", "status"),
        one_of("unit", UNITS),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    engagement_id: Mapped[int] = mapped_column(ForeignKey("engagement.id"))
    name: Mapped[str] = mapped_column(String(61))
    stage: Mapped[str] = mapped_column(String(61))
    about: Mapped[str] = mapped_column(String(30), default="stage")
    status: Mapped[str] = mapped_column(String(12), default="armed")
    armed_at: Mapped[datetime]
    due_at: Mapped[datetime]
    counted_from: Mapped[datetime]
    count: Mapped[int] = mapped_column(default=0)
    unit: Mapped[str] = mapped_column(String(12), default="days")
    suspended_at: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]
    armed_seq: Mapped[int] = mapped_column(default=0)
    settled_seq: Mapped[int | None]
