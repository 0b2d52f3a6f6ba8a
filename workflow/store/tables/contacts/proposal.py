"""Proposals: whom a school would have as its contact from now on."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from workflow.domain.contacts.kinds import CONTACTS
from workflow.store.record import CONTACT, Record, new_salt, one_of

#: `confirmed` by the person's own yes, `accepted` by an advisor; `replaced` by a newer one for the same kind.
PROPOSAL_STATUSES = ("open", "confirmed", "accepted", "refused", "replaced", "lapsed")
_OPEN = text("status = 'open'")


class ContactProposal(Record):
    """It waits for the person's own yes, or an advisor's, until `lapses_at`. `asked_by` is whoever asked."""

    __tablename__ = "contact_proposal"
    __table_args__ = (
        one_of("kind", tuple(CONTACTS)),
        one_of("status", PROPOSAL_STATUSES),
        Index("ix_contact_proposal_open", "engagement_id", "kind", unique=True, sqlite_where=_OPEN,
              postgresql_where=_OPEN),
        Index("ix_contact_proposal_lapses", "lapses_at", sqlite_where=_OPEN, postgresql_where=_OPEN),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    engagement_id: Mapped[int] = mapped_column(ForeignKey("engagement.id"), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(String(120), info=CONTACT)
    email: Mapped[str] = mapped_column(String(254), info=CONTACT)
    asked_by: Mapped[str] = mapped_column(String(120), info=CONTACT)
    asked_at: Mapped[datetime]
    lapses_at: Mapped[datetime]
    status: Mapped[str] = mapped_column(String(9), default="open")
    decided_at: Mapped[datetime | None]
    salt: Mapped[str] = mapped_column(String(32), default=new_salt)
