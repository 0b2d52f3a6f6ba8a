"""Letters about getting in: each is owed, sent and settled like any other, and most carry a link that is used once."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from workflow.store.record import Record, one_of, personal
from workflow.store.tables.access.subject import one_subject

#: What a letter is for. Some only tell, and carry no link.
LETTER_PURPOSES = (
    "invitation",
    "new_password",
    "school_link",
    "participant_link",
    "password_changed",
    "factors_removed",
    "contact_offered",
    "contact_asked",
    "contact_done",
    "data_asked",
    "data_answered",
    "address_changed",
    "reader_invitation",
    "reader_link",
    "reader_ended",
)
LETTER_STATUSES = ("owed", "claimed", "sent", "dead")
ASKED = personal("to send somebody the link that they asked for", "90 days after it was asked for")
_WAITING = text("status IN ('owed', 'claimed')")


class AccessLetter(Record):
    """One letter to one person: with an account, for a school, a participant, or a reader of several schools. The link
    in it is made of `salt` and the installation's secret when the letter goes out; `link_digest` is what is kept of
    it, so that nobody who reads the record can use it.

    The link holds from when the letter was sent until `until`, and no longer once it is used or revoked. `asked_from`
    says on which device it was asked for, where its reader is told so. `fence` rises with every claim, and `attempts`
    counts before the attempt is made, as in the outbox.
    """

    __tablename__ = "access_letter"
    __table_args__ = (
        one_of("purpose", LETTER_PURPOSES),
        one_of("status", LETTER_STATUSES),
        one_subject("proposal_id"),
        Index("ix_access_letter_due", "due_at", "id", sqlite_where=_WAITING, postgresql_where=_WAITING),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    purpose: Mapped[str] = mapped_column(String(20))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"), index=True)
    engagement_id: Mapped[int | None] = mapped_column(ForeignKey("engagement.id", ondelete="CASCADE"), index=True)
    participant_id: Mapped[int | None] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"), index=True)
    reader_id: Mapped[int | None] = mapped_column(ForeignKey("invited_reader.id", ondelete="CASCADE"), index=True)
    asked_from: Mapped[str] = mapped_column(String(60), default="", server_default="", info=ASKED)
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey("contact_proposal.id", ondelete="CASCADE"), index=True)
    to_name: Mapped[str] = mapped_column(String(120), info=ASKED)
    to_email: Mapped[str] = mapped_column(String(254), info=ASKED)
    salt: Mapped[str] = mapped_column(String(32))
    link_digest: Mapped[str] = mapped_column(String(64), unique=True)
    asked_at: Mapped[datetime] = mapped_column(index=True)
    valid_seconds: Mapped[int]
    until: Mapped[datetime | None]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    status: Mapped[str] = mapped_column(String(8), default="owed")
    attempts: Mapped[int] = mapped_column(default=0)
    fence: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime]
    lease_until: Mapped[datetime | None]
    trouble: Mapped[str] = mapped_column(Text, default="", info=ASKED)
