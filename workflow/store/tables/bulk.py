"""Bulk work: one request about many engagements, and what became of each."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from workflow.store.record import CONTACT, Record, one_of

ROW_STATUSES = ("planned", "done", "refused")


class BulkJob(Record):
    """What was asked for, by whom. `values` are the verb's own: ids, names of the offer and times."""

    __tablename__ = "bulk_job"

    id: Mapped[int] = mapped_column(primary_key=True)
    verb: Mapped[str] = mapped_column(String(20))
    values: Mapped[dict[str, Any]]
    note_text: Mapped[str] = mapped_column(Text, default="", info=CONTACT)
    actor: Mapped[str] = mapped_column(String(40))
    created_at: Mapped[datetime]


class BulkRow(Record):
    """One engagement of a job, in order. A row that is still `planned` is carried out when the job is resumed."""

    __tablename__ = "bulk_row"
    __table_args__ = (one_of("status", ROW_STATUSES),)

    job_id: Mapped[int] = mapped_column(ForeignKey("bulk_job.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    engagement_id: Mapped[int] = mapped_column(ForeignKey("engagement.id"))
    status: Mapped[str] = mapped_column(String(8))
    result_text: Mapped[str] = mapped_column(Text, default="", info=CONTACT)
    settled_at: Mapped[datetime | None]
