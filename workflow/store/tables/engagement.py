"""Engagements: one school's journey through one offer version."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, Numeric, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from workflow.domain.standing import STANDINGS
from workflow.store.record import CONTACT, Record, new_salt, one_of


class Engagement(Record):
    """`stage`, `standing`, `version` and `head` are written by the engine alone.

    `version` counts the events so far; `head` is the hash of the last one, and `seal` says that it is the last.
    `stage_since` is when the stage began.
    `bought_version` is the version it was bought under, where it goes on under another one.
    `places` is how many staff may take part: what the order, or several that were joined, paid for.
    """

    __tablename__ = "engagement"
    __table_args__ = (
        one_of("standing", STANDINGS),
        UniqueConstraint("offer_code", "order_number"),
        Index(None, "standing", "stage"),
        Index("ix_engagement_standing_id", "standing", "id"),
        Index(None, "offer_code", "offer_version"),
        Index("ix_engagement_offer_code_standing_id", "offer_code", "standing", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(24), unique=True)
    offer_code: Mapped[str] = mapped_column(String(32))
    offer_version: Mapped[str] = mapped_column(String(7))
    bought_version: Mapped[str | None] = mapped_column(String(7))
    school_urn: Mapped[str] = mapped_column(ForeignKey("school.urn"), index=True)
    stage: Mapped[str] = mapped_column(String(61))
    standing: Mapped[str] = mapped_column(String(12))
    version: Mapped[int]
    head: Mapped[str] = mapped_column(String(64))
    stage_since: Mapped[datetime]
    seal: Mapped[str] = mapped_column(String(80), default="")
    order_number: Mapped[str | None] = mapped_column(String(60))
    price_paid: Mapped[Decimal | None] = mapped_column(Numeric(10, 2))
    ordered_at: Mapped[datetime]
    lead_name: Mapped[str] = mapped_column(String(120), info=CONTACT)
    lead_email: Mapped[str] = mapped_column(String(254), info=CONTACT, index=True)
    head_name: Mapped[str] = mapped_column(String(120), default="", info=CONTACT)
    head_email: Mapped[str] = mapped_column(String(254), default="", info=CONTACT)
    places: Mapped[int] = mapped_column(default=0)
    advisor_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    salt: Mapped[str] = mapped_column(String(32), default=new_salt)


class ReferenceCounter(Record):
    """The last number given out for a prefix and year, such as CMC and 26; `seal` says that it is the last."""

    __tablename__ = "reference_counter"

    prefix: Mapped[str] = mapped_column(String(5), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]
    seal: Mapped[str] = mapped_column(String(80), default="")
