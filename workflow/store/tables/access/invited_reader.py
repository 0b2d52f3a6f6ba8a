"""People who are responsible for several schools, at a trust or as their head, and were invited to read where these
are.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from workflow.store.record import Record, personal

INVITED = personal(
    "so that somebody who is responsible for several schools can see where they are",
    "1 year after the invitation ends",
)
_OPEN = text("ended_at IS NULL")


class InvitedReader(Record):
    """One invitation. Its scope is a trust by the code that the register has for it, or else the schools in
    `invited_reader_school`; which schools these are is looked up each time.

    `trust` is what the trust was called at that time. `until` is when the invitation ends in any case, and when it did
    end for one that was ended. `seen_at` is when they last came in.
    """

    __tablename__ = "invited_reader"
    __table_args__ = (
        Index("ix_invited_reader_open", "email", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_invited_reader_name", "name", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120), info=INVITED)
    email: Mapped[str] = mapped_column(String(254), info=INVITED, index=True)
    trust_code: Mapped[str] = mapped_column(String(20), default="", server_default="")
    trust: Mapped[str] = mapped_column(String(200), default="", server_default="")
    invited_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"), index=True)
    invited_at: Mapped[datetime]
    until: Mapped[datetime] = mapped_column(index=True)
    ended_at: Mapped[datetime | None]
    seen_at: Mapped[datetime | None]


class InvitedReaderSchool(Record):
    """One of the schools that somebody was invited for by name."""

    __tablename__ = "invited_reader_school"

    reader_id: Mapped[int] = mapped_column(ForeignKey("invited_reader.id", ondelete="CASCADE"), primary_key=True)
    urn: Mapped[str] = mapped_column(ForeignKey("school.urn"), primary_key=True, index=True)


class ReaderEvent(Record):
    """One line of an invitation's history: what was done, when and by whom, as in an account's."""

    __tablename__ = "reader_event"
    __table_args__ = (Index("ix_reader_event_reader", "reader_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    reader_id: Mapped[int] = mapped_column(ForeignKey("invited_reader.id", ondelete="CASCADE"))
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(40))
    data: Mapped[dict[str, Any]]
