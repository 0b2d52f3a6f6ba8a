"""People at the council who sign in."""

from datetime import datetime

from sqlalchemy import String
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
