"""What a form did, kept for a while, so that the same form sent twice has one result."""

from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from workflow.store.record import ANSWERED, Record


class Receipt(Record):
    """`key` is a digest of who sent the form and of the mark that it carried; the words are what they were told."""

    __tablename__ = "receipt"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    told_text: Mapped[str] = mapped_column(Text, info=ANSWERED)
    at: Mapped[datetime] = mapped_column(index=True)
