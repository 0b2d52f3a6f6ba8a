"""People at the council who sign in, the lists that they keep under names, and the addresses at which their own
calendars read their meetings."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint, false, true
from sqlalchemy.orm import Mapped, mapped_column

from workflow.domain.actor import ACCOUNT_ROLES
from workflow.store.record import ACCOUNT, Record, one_of


class User(Record):
    """An account. `password_hash` is empty until its owner has chosen a password, `disabled_at` set while nobody may
    sign in with it. `signed_in_at` is when somebody last did.

    `totp_sealed` is the secret of the authenticator app, sealed with the installation's secret, and empty without one;
    `totp_step` the last step of its clock that a code was taken for: none is taken twice.

    `subject` is who they are at the council's own issuer, where they sign in by it: its address and their number there.

    `telephone` is where schools reach them, if they say. `list_columns` are the columns that their lists have, empty
    for the usual ones, `shortcuts` whether single keys do anything, and `mention_emails` whether an email tells them of
    a note that mentions them.
    """

    __tablename__ = "user_account"
    __table_args__ = (one_of("role", ACCOUNT_ROLES),)

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True, info=ACCOUNT)
    name: Mapped[str] = mapped_column(String(120), info=ACCOUNT)
    role: Mapped[str] = mapped_column(String(20))
    password_hash: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]
    signed_in_at: Mapped[datetime | None]
    subject: Mapped[str | None] = mapped_column(String(400), unique=True)
    totp_sealed: Mapped[str] = mapped_column(String(200), default="", server_default="")
    totp_step: Mapped[int] = mapped_column(default=0, server_default="0")
    telephone: Mapped[str] = mapped_column(String(40), default="", server_default="", info=ACCOUNT)
    list_columns: Mapped[str] = mapped_column(String(200), default="", server_default="")
    shortcuts: Mapped[bool] = mapped_column(default=True, server_default=true())
    mention_emails: Mapped[bool] = mapped_column(default=True, server_default=true())


class SavedList(Record):
    """What somebody filters the list of engagements by, under a name of their own. `address` is that part of the list's
    address; it holds nothing that was searched for, as that may be a name. One of them may be what they begin with."""

    __tablename__ = "saved_list"
    __table_args__ = (UniqueConstraint("user_id", "title"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"))
    title: Mapped[str] = mapped_column(String(60))
    address: Mapped[str] = mapped_column(String(600))
    is_start: Mapped[bool] = mapped_column(default=False, server_default=false())


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
