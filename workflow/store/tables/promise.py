"""Promises: who owed the next move of an engagement, since when and by when. One is open at a time."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from workflow.calendar.span import UNITS
from workflow.store.record import Record, one_of

#: Of these one may still be kept.
GOING = ("open", "waiting", "paused")
PROMISE_STATUSES = (*GOING, "kept", "dropped")
OWNERS = ("council", "school")
_OPEN = text("status = 'open'")


class PromiseRow(Record):
    """`waiting` is a promise whose turn has passed to somebody else for now; `paused` one of an engagement on hold.

    `name` and the stage tell one promise from another; `what` are the offer's words for it as they were when it was
    made. `anchor` says which meeting it was counted from, if from any. `since` is when the turn came, `due_at` the last
    second of its day.
    `opened_seq` and `closed_seq` are the events that did so, so that an undone step brings it back.
    """

    __tablename__ = "promise"
    __table_args__ = (
        one_of("status", PROMISE_STATUSES),
        one_of("owner", OWNERS),
        one_of("unit", UNITS),
        Index("uq_promise_open", "engagement_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index(None, "engagement_id", "status"),
        Index("ix_promise_due", "due_at", "engagement_id", sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_promise_stage_due", "stage", "due_at", "engagement_id", sqlite_where=_OPEN, postgresql_where=_OPEN),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    engagement_id: Mapped[int] = mapped_column(ForeignKey("engagement.id"))
    stage: Mapped[str] = mapped_column(String(61))
    name: Mapped[str] = mapped_column(String(61), server_default="")
    owner: Mapped[str] = mapped_column(String(8))
    what: Mapped[str] = mapped_column(String(300))
    anchor: Mapped[str] = mapped_column(String(60), default="")
    status: Mapped[str] = mapped_column(String(8), default="open")
    since: Mapped[datetime]
    due_at: Mapped[datetime]
    counted_from: Mapped[datetime]
    count: Mapped[int]
    unit: Mapped[str] = mapped_column(String(12))
    closed_at: Mapped[datetime | None]
    opened_seq: Mapped[int]
    closed_seq: Mapped[int | None]
