"""A file that somebody uploaded: kept until it is brought in, with what was put right in it, and what came of it."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from workflow.store.record import UPLOADED, Record, one_of

#: It waits for a decision, is brought in, or was taken back again, as a whole or but for what others rest on.
UPLOAD_STATUSES = ("waiting", "done", "undone")


class Upload(Record):
    """`about` is an offer's code, an engagement's reference or a school's URN, by its kind. Once it is brought in, the
    content is gone; `told` are the figures then, and `trace` is what is needed to take it back."""

    __tablename__ = "upload"
    __table_args__ = (one_of("status", UPLOAD_STATUSES), Index(None, "user_id", "id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    about: Mapped[str] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(String(120), info=UPLOADED)
    content: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True, info=UPLOADED)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"))
    created_at: Mapped[datetime] = mapped_column(index=True)
    status: Mapped[str] = mapped_column(String(8), default="waiting")
    columns: Mapped[dict[str, Any]] = mapped_column(default=dict)
    mended: Mapped[dict[str, Any]] = mapped_column(default=dict, deferred=True, info=UPLOADED)
    told: Mapped[dict[str, Any]] = mapped_column(default=dict)
    trace: Mapped[dict[str, Any]] = mapped_column(default=dict, deferred=True)
    done_at: Mapped[datetime | None]


class ColumnChoice(Record):
    """Which columns of a kind of file somebody chose last: the next file of that kind begins with them."""

    __tablename__ = "column_choice"

    kind: Mapped[str] = mapped_column(String(16), primary_key=True)
    columns: Mapped[dict[str, Any]]
