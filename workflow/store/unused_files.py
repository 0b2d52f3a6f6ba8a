"""Contents of files to which nothing leads any more: the one place that knows of everything that leads to one."""

from collections.abc import Collection

from sqlalchemy import delete, exists
from sqlalchemy.orm import Session

from workflow.store.tables.notes.case_note import CaseNoteFile
from workflow.store.tables.requests.unsent_file import UnsentFile
from workflow.store.tables.submission import EvidenceAttachment, StoredFile

_LEADING = (EvidenceAttachment, CaseNoteFile, UnsentFile)


def drop_unused(session: Session, hashes: Collection[str]) -> None:
    """Of the contents with these hashes, those that nobody else has sent in, written a note with or means to send."""
    session.flush()
    unused = [~exists().where(one.sha256 == StoredFile.sha256) for one in _LEADING]
    session.execute(delete(StoredFile).where(StoredFile.sha256.in_(hashes), *unused))
