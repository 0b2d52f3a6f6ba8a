"""Contacts: who spoke for a school, from when until when."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from workflow.domain.contacts.kinds import CONTACTS
from workflow.store.record import CONTACT, Record, new_salt, one_of

_NOW = text("until IS NULL")


class Contact(Record):
    """One person's time as one kind of contact. Without `until` it goes on.

    Who is school lead and head now stands on the engagement's row and not here: only their predecessors do. `since` is
    None for somebody who was there before such times were kept.
    """

    __tablename__ = "contact"
    __table_args__ = (
        one_of("kind", tuple(CONTACTS)),
        Index("ix_contact_current", "engagement_id", "kind", unique=True, sqlite_where=_NOW, postgresql_where=_NOW),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    engagement_id: Mapped[int] = mapped_column(ForeignKey("engagement.id"), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(String(120), info=CONTACT)
    email: Mapped[str] = mapped_column(String(254), info=CONTACT)
    since: Mapped[datetime | None]
    until: Mapped[datetime | None]
    salt: Mapped[str] = mapped_column(String(32), default=new_salt)
