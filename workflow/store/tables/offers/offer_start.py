"""From which day orders are for a version of an offer."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from workflow.store.record import Record


class OfferStart(Record):
    """The last row of a code and version counts; without any it has always been there. A row is never changed."""

    __tablename__ = "offer_start"
    __table_args__ = (Index("ix_offer_start_code_version", "code", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(61))
    version: Mapped[str] = mapped_column(String(20))
    starts_on: Mapped[date]
    set_at: Mapped[datetime]
    #: Nobody where it came with the installation.
    set_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
