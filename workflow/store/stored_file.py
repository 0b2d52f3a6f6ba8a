"""Files that people sent in, stored once for each content."""

from datetime import datetime
from hashlib import sha256 as hash_of

from sqlalchemy import LargeBinary, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from workflow.errors import CheckFailed, NotFound
from workflow.evidence_file import EvidenceFile
from workflow.store.dialect import insert_if_absent
from workflow.store.record import CONTACT, Record, table_of


class StoredFile(Record):
    """The bytes of a file, known by their hash."""

    __tablename__ = "stored_file"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True, info=CONTACT)
    created_at: Mapped[datetime]


def keep(session: Session, file: EvidenceFile, now: datetime) -> str:
    """Stores the content unless it is there already. Returns its hash."""
    row = {"sha256": file.sha256, "media_type": file.media_type, "size": file.size, "content": file.content}
    insert_if_absent(session, table_of(StoredFile), row | {"created_at": now})
    return file.sha256


def read(session: Session, sha256: str) -> tuple[str, bytes]:
    """The media type and the bytes. Raises NotFound, or CheckFailed when the bytes are not those that were kept."""
    found = session.execute(
        select(StoredFile.media_type, StoredFile.content).where(StoredFile.sha256 == sha256)
    ).one_or_none()
    if found is None:
        raise NotFound("There is no such file any more.")
    media_type, content = found
    if hash_of(content).hexdigest() != sha256:
        raise CheckFailed("This file is not the one that was kept. Tell whoever looks after the database.")
    return media_type, content
