"""The files of offers, each kept once whatever number of revisions has it."""

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from workflow.store.record import Record


class OfferFile(Record):
    """`digest` is the SHA-256 of the data, in hexadecimal digits."""

    __tablename__ = "offer_file"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    data: Mapped[bytes] = mapped_column(LargeBinary)
