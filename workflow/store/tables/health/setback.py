"""What does not work for now and is tried again by itself: a way out, or one engagement."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from workflow.store.record import FAULT, Record, one_of

#: `mail` is the way to the mail server, `sender` an address that it takes no letters from, `engagement` one case.
SETBACK_KINDS = ("mail", "sender", "engagement")


class Setback(Record):
    """`name` says which one of its kind; `tries` how often it failed on end, and `next_try` when it may be tried again.

    The row goes when what it is about works again.
    """

    __tablename__ = "setback"
    __table_args__ = (one_of("kind", SETBACK_KINDS),)

    kind: Mapped[str] = mapped_column(String(12), primary_key=True)
    name: Mapped[str] = mapped_column(String(254), primary_key=True)
    engagement_id: Mapped[int | None] = mapped_column(ForeignKey("engagement.id"), index=True)
    since: Mapped[datetime]
    tries: Mapped[int]
    next_try: Mapped[datetime]
    trouble: Mapped[str] = mapped_column(Text, info=FAULT)
