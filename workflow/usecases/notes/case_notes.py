"""Notes on an engagement: written, changed and pinned. They are no events: nothing moves, and nobody is written to but
the colleagues whom they mention.

A note is private to the council unless it says that the school may read it. What it said before stays to be read by the
council; the school reads what is in force.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from workflow.documents.evidence_file import EvidenceFile, inspect
from workflow.english import count_of
from workflow.errors import BadInput, Conflict, NotAllowed, NotFound, Problem
from workflow.sanitise import block
from workflow.store.tables.notes.case_note import (
    AUDIENCES,
    CaseNote,
    CaseNoteFile,
    CaseNoteMention,
    CaseNoteVersion,
)
from workflow.store.tables.submission import keep_file
from workflow.store.tables.user import User
from workflow.usecases.notes import mention_letters
from workflow.usecases.notes.mentions import mentioned

TEXT_LIMIT = 8000
#: How many files go with one note, and how large each may be.
FILES_LIMIT, _BYTES = 5, 10_000_000


def look_into(files: Sequence[tuple[str, bytes]]) -> list[EvidenceFile]:
    """The files by name and content, if all may be kept. Raises BadInput. It takes a while: hold no lock meanwhile."""
    if len(files) > FILES_LIMIT:
        raise _wrong("files", f"Choose at most {count_of(FILES_LIMIT, 'file')}; others can go with another note")
    found = inspect(files, _BYTES)
    refused = [one for one in found if isinstance(one, str)]
    if refused:
        raise _wrong("files", " ".join(refused))
    return [one for one in found if isinstance(one, EvidenceFile)]


def write(
    session: Session,
    engagement_id: int,
    text: str,
    shown_to: str,
    *,
    author: User,
    now: datetime,
    files: Iterable[EvidenceFile] = (),
) -> CaseNote:
    """A new note. Raises BadInput."""
    kept = _checked(text, shown_to)
    note = CaseNote(engagement_id=engagement_id, version=1, pinned_at=None)
    session.add(note)
    session.flush()
    _say(session, note, kept, shown_to, author=author, now=now)
    _keep(session, note, files, now)
    session.flush()
    return note


def change(
    session: Session,
    engagement_id: int,
    number: int,
    text: str,
    shown_to: str,
    *,
    seen: int,
    author: User,
    now: datetime,
    files: Sequence[EvidenceFile] = (),
    without: Collection[int] = (),
) -> CaseNote:
    """A new version of a note. `seen` is the version that was being looked at; `files` come to it, and those with the
    numbers `without` go. What went stays with what the note said before, for the council.

    Raises BadInput, NotFound, NotAllowed for somebody else's note, or Conflict when it was changed meanwhile.
    """
    note = _one(session, engagement_id, number)
    before = session.get_one(CaseNoteVersion, (note.id, note.version))
    if not may_change(author, session.get_one(CaseNoteVersion, (note.id, 1)).author_id):
        raise NotAllowed("Only whoever wrote a note, or a lead advisor, changes it. Write another note instead.")
    kept = _checked(text, shown_to)
    there = _files_of(session, note)
    gone = [one for one in there if one.id in without]
    if (before.text, before.shown_to) == (kept, shown_to) and not files and not gone:
        return note
    if len(there) - len(gone) + len(files) > FILES_LIMIT:
        raise _wrong("files", f"A note has at most {count_of(FILES_LIMIT, 'file')}. Take others away first")
    if note.version != seen:
        raise Conflict("This note has been changed since you opened it. Read what it says now, then change it again.")
    note.version += 1
    _say(session, note, kept, shown_to, author=author, now=now)
    for one in gone:
        one.removed_in = note.version
    _keep(session, note, files, now)
    session.flush()
    return note


def may_change(user: User, author_id: int | None) -> bool:
    """Whether somebody may change a note that this person wrote. What a school asked stays as it was asked."""
    return author_id is not None and (user.id == author_id or user.role == "lead_advisor")


def pin(session: Session, engagement_id: int, number: int, now: datetime) -> None:
    """It stands before the others from now on. Raises NotFound."""
    note = _one(session, engagement_id, number)
    note.pinned_at = note.pinned_at or now


def unpin(session: Session, engagement_id: int, number: int) -> None:
    """It stands where its age puts it. Raises NotFound."""
    _one(session, engagement_id, number).pinned_at = None


def _files_of(session: Session, note: CaseNote) -> Sequence[CaseNoteFile]:
    """Those that are with it now."""
    here = select(CaseNoteFile).where(CaseNoteFile.note_id == note.id, CaseNoteFile.removed_in.is_(None))
    return session.scalars(here.order_by(CaseNoteFile.id)).all()


def _keep(session: Session, note: CaseNote, files: Iterable[EvidenceFile], now: datetime) -> None:
    for one in files:
        sha256 = keep_file(session, one, now)
        session.add(CaseNoteFile(note_id=note.id, sha256=sha256, name=one.name, added_in=note.version))


def _one(session: Session, engagement_id: int, number: int) -> CaseNote:
    found = session.get(CaseNote, number, with_for_update=True)
    if found is None or found.engagement_id != engagement_id:
        raise NotFound("There is no such note on this engagement.")
    return found


def _checked(text: str, shown_to: str) -> str:
    if shown_to not in AUDIENCES:
        raise _wrong("shown_to", "Choose who may read this note")
    if not text.strip():
        raise _wrong("text", "Write the note")
    try:
        return block(text, "The note", TEXT_LIMIT)
    except ValueError as error:
        raise _wrong("text", str(error)) from None


def _say(session: Session, note: CaseNote, text: str, shown_to: str, *, author: User, now: datetime) -> None:
    """Writes the version down, with those whom it mentions. Whoever was mentioned before is not asked to read anew."""
    told = {one.id for one in mentioned(text, session.scalars(select(User)))} - {author.id}
    known = set(session.scalars(select(CaseNoteMention.user_id).where(CaseNoteMention.note_id == note.id)))
    version = CaseNoteVersion(
        note_id=note.id, number=note.version, author_id=author.id, written_at=now, shown_to=shown_to, text=text
    )
    session.add(version)
    session.add_all(CaseNoteMention(note_id=note.id, user_id=one) for one in sorted(told - known))
    session.flush()
    mention_letters.owe(session, note.engagement_id, note.id, told - known, now)
    gone = (CaseNoteMention.note_id == note.id) & CaseNoteMention.user_id.in_(known - told)
    session.execute(delete(CaseNoteMention).where(gone))


def _wrong(where: str, sentence: str) -> BadInput:
    return BadInput("This note cannot be kept yet.", (Problem(where, sentence),))
