"""People at the council who sign in, and the addresses at which their own calendars read their meetings."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from workflow.domain.actor import COUNCIL_ROLES
from workflow.store.record import CONTACT, Record, one_of


class User(Record):
    """An account. `failures` and `locked_until` slow down somebody who guesses passwords."""

    __tablename__ = "user_account"
    __table_args__ = (one_of("role", COUNCIL_ROLES),)

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True, info=CONTACT)
    name: Mapped[str] = mapped_column(String(120), info=CONTACT)
    role: Mapped[str] = mapped_column(String(20))
    password_hash: Mapped[str] = mapped_column(String(200))
    failures: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None]
    created_at: Mapped[datetime]


#: Whose meetings a calendar is told: those of the schools that its owner looks after, or everybody's.
FEED_SCOPES = ("mine", "all")


class CalendarFeed(Record):
    """A secret address at which a calendar reads meetings, for as long as its owner leaves it in force.

    Only the digest of the secret is kept: whoever reads the database, or a backup of it, reads no calendar with it.
    """

    __tablename__ = "calendar_feed"
    __table_args__ = (one_of("whose", FEED_SCOPES),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"), index=True)
    whose: Mapped[str] = mapped_column(String(4))
    secret_digest: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
