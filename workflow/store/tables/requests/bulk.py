"""Bulk work: one request about many engagements, and what became of each."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from workflow.store.record import WORKED, Record, one_of

ROW_STATUSES = ("planned", "done", "refused")
#: Whether it can be done, once somebody has looked; what `asks` is unusual, and done for those who say yes to it.
FORESEEN = ("", "possible", "asks", "refused")
#: A job is asked for, foreseen row by row, wanted by whoever has seen that, and done, or stopped on the way.
JOB_STATUSES = ("asked", "foreseen", "wanted", "stopped", "done")
_AT_WORK = text("status IN ('asked', 'wanted')")


class BulkJob(Record):
    """What was asked for, by whom. `values` are the verb's own: ids, names of the offer and times.

    The worker foresees what is asked and does what is wanted; until `lease_until` one of them has the job in hand.
    """

    __tablename__ = "bulk_job"
    __table_args__ = (
        one_of("status", JOB_STATUSES),
        Index("ix_bulk_job_at_work", "id", sqlite_where=_AT_WORK, postgresql_where=_AT_WORK),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    verb: Mapped[str] = mapped_column(String(20))
    values: Mapped[dict[str, Any]]
    note_text: Mapped[str] = mapped_column(Text, default="", info=WORKED)
    actor: Mapped[str] = mapped_column(String(40))
    created_at: Mapped[datetime]
    status: Mapped[str] = mapped_column(String(8), default="asked", server_default="asked")
    lease_until: Mapped[datetime | None]


class BulkRow(Record):
    """One engagement of a job, in order. Its text says what became of it, or what is foreseen while it is `planned`;
    `seq` is the event that it began with once it is done, and `messages` are as many as it sends."""

    __tablename__ = "bulk_row"
    __table_args__ = (one_of("status", ROW_STATUSES), one_of("foreseen", FORESEEN))

    job_id: Mapped[int] = mapped_column(ForeignKey("bulk_job.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    engagement_id: Mapped[int] = mapped_column(ForeignKey("engagement.id"))
    status: Mapped[str] = mapped_column(String(8))
    foreseen: Mapped[str] = mapped_column(String(8), default="", server_default="")
    result_text: Mapped[str] = mapped_column(Text, default="", info=WORKED)
    settled_at: Mapped[datetime | None]
    seq: Mapped[int | None]
    messages: Mapped[int] = mapped_column(default=0, server_default="0")
