"""Rehearsals that people ask for on a page: what was asked, how far it has come, and what came of it."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from workflow.store.record import Record, one_of

#: One is asked for, then in one worker's hand, and done; or it could not be done.
REHEARSAL_STATUSES = ("asked", "running", "done", "failed")
_AT_WORK = text("status IN ('asked', 'running')")


class Rehearsal(Record):
    """`asked` holds what is different from usual, and `result` what comes of it and of the future without it.

    Until `lease_until` a worker has it in hand; `tries` counts how many have. `done` of `steps` weeks are gone through.
    `refusal` says in a sentence why it could not be done.
    """

    __tablename__ = "rehearsal"
    __table_args__ = (
        one_of("status", REHEARSAL_STATUSES),
        Index("ix_rehearsal_at_work", "id", sqlite_where=_AT_WORK, postgresql_where=_AT_WORK),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    asked: Mapped[dict[str, Any]]
    actor: Mapped[str] = mapped_column(String(40))
    created_at: Mapped[datetime]
    status: Mapped[str] = mapped_column(String(8), default="asked")
    lease_until: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    done: Mapped[int] = mapped_column(default=0)
    steps: Mapped[int] = mapped_column(default=0)
    result: Mapped[dict[str, Any]] = mapped_column(default=dict)
    refusal: Mapped[str] = mapped_column(String(400), default="")
