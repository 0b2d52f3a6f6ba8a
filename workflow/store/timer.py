"""Armed timers: due times counted from the moment a stage began."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from workflow.store.record import Record, one_of

TIMER_STATUSES = ("armed", "suspended", "fired", "passed", "dropped")


class ArmedTimer(Record):
    """`passed` is a timer that came due when its reason had gone. `suspended_at` stops its clock.

    `armed_seq` and `settled_seq` are the events that armed and dropped it, so that an undone step brings it back.
    """

    __tablename__ = "timer"
    __table_args__ = (
        one_of("status", TIMER_STATUSES),
        Index(
            "ix_timer_due", "due_at", sqlite_where=text("status = 'armed'"), postgresql_where=text("status = 'armed'")
        ),
        Index(None, "engagement_id", "status"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    engagement_id: Mapped[int] = mapped_column(ForeignKey("engagement.id"))
    name: Mapped[str] = mapped_column(String(61))
    stage: Mapped[str] = mapped_column(String(61))
    status: Mapped[str] = mapped_column(String(12), default="armed")
    armed_at: Mapped[datetime]
    due_at: Mapped[datetime]
    suspended_at: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]
    armed_seq: Mapped[int] = mapped_column(default=0)
    settled_seq: Mapped[int | None]
