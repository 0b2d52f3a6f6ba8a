"""Wrong guesses at passwords and codes."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from workflow.store.record import Record


class Guess(Record):
    """How many guesses of one kind have failed in a row, and until when no other is looked at. `of` is a digest: of an
    address and a network, of a network alone, or of a device."""

    __tablename__ = "guess"

    of: Mapped[str] = mapped_column(String(64), primary_key=True)
    failures: Mapped[int]
    failed_at: Mapped[datetime] = mapped_column(index=True)
    until: Mapped[datetime | None]
