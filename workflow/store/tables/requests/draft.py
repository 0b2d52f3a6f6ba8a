"""A form that somebody is still writing: what stands in it, for its owner alone, until it is sent or thrown away."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from workflow.store.record import Record, personal

DRAFTED = personal("so that nobody loses what they are writing", "90 days after it was last changed")
_ONE_OWNER = " + ".join(
    f"CASE WHEN {column} IS NULL THEN 0 ELSE 1 END" for column in ("user_id", "participant_id", "engagement_id")
)


class Draft(Record):
    """Of somebody with an account, of a participant, or of the school of an engagement: of one of the three.

    `page` and `form` say where it is written, without what lets anybody in there. `about` is a digest of what it was
    about when it was last written, and `seen` the version of the engagement then. `fields` are all values by the
    field's name; `replaced` is what was written elsewhere, at `replaced_at`, and would be lost without it.
    """

    __tablename__ = "draft"
    __table_args__ = (
        CheckConstraint(f"{_ONE_OWNER} = 1", name="one_owner"),
        UniqueConstraint("user_id", "page", "form"),
        UniqueConstraint("participant_id", "page", "form"),
        UniqueConstraint("engagement_id", "page", "form"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"))
    participant_id: Mapped[int | None] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"))
    engagement_id: Mapped[int | None] = mapped_column(ForeignKey("engagement.id", ondelete="CASCADE"))
    page: Mapped[str] = mapped_column(String(200))
    form: Mapped[str] = mapped_column(String(140))
    about: Mapped[str] = mapped_column(String(16))
    seen: Mapped[int]
    fields: Mapped[dict[str, Any]] = mapped_column(info=DRAFTED)
    replaced: Mapped[dict[str, Any]] = mapped_column(default=dict, info=DRAFTED)
    replaced_at: Mapped[datetime | None]
    version: Mapped[int]
    changed_at: Mapped[datetime] = mapped_column(index=True)
