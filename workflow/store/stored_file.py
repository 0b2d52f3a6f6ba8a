"""Files that people sent in, stored once for each content."""

from datetime import datetime

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from workflow.store.record import CONTACT, Record


class StoredFile(Record):
    """The bytes of a file, known by their hash."""

    __tablename__ = "stored_file"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True, info=CONTACT)
    created_at: Mapped[datetime]
