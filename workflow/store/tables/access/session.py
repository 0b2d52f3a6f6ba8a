"""Sessions of people who signed in, and the devices they did so on. Of either secret only the digest is kept."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from workflow.store.record import Record, one_of, personal
from workflow.store.tables.access.subject import one_subject

#: `password`: a password was right, and the second factor is still to come. `whole`: signed in.
SESSION_STEPS = ("password", "whole")
WHERE = personal("so that people recognise their own sessions and devices", "90 days after it was last used")


class WebSession(Record):
    """Somebody signed in on one device: with an account, for a school, a participant, or as a reader of several.
    A session that is ended is a row that is gone.

    `until` is when it ends in any case, `used_at` when it was last used, to within a minute. `proved_at` is when its
    owner last gave a factor. `asked` is what this session was asked to prove and has not yet: sealed, and used up by
    the answer.
    """

    __tablename__ = "web_session"
    __table_args__ = (one_of("step", SESSION_STEPS), one_subject())

    id: Mapped[int] = mapped_column(primary_key=True)
    secret_digest: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"), index=True)
    engagement_id: Mapped[int | None] = mapped_column(ForeignKey("engagement.id", ondelete="CASCADE"), index=True)
    participant_id: Mapped[int | None] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"), index=True)
    reader_id: Mapped[int | None] = mapped_column(ForeignKey("invited_reader.id", ondelete="CASCADE"), index=True)
    step: Mapped[str] = mapped_column(String(8))
    created_at: Mapped[datetime]
    used_at: Mapped[datetime]
    until: Mapped[datetime] = mapped_column(index=True)
    proved_at: Mapped[datetime]
    device: Mapped[str] = mapped_column(String(60), info=WHERE)
    network: Mapped[str] = mapped_column(String(50), info=WHERE)
    asked: Mapped[str] = mapped_column(String(400), default="", server_default="")


class KnownDevice(Record):
    """A browser on which somebody has signed in with both factors: nobody else's guesses shut it out.

    Until `remembered_until` it is not asked for the second factor.
    """

    __tablename__ = "known_device"

    id: Mapped[int] = mapped_column(primary_key=True)
    secret_digest: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime]
    used_at: Mapped[datetime]
    until: Mapped[datetime] = mapped_column(index=True)
    remembered_until: Mapped[datetime | None]
    device: Mapped[str] = mapped_column(String(60), info=WHERE)
