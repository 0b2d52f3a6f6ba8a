"""Notes on one engagement, pinned ones first; what each said before; its files; and whom it mentions.

A school reads only what is shown to it, in the version that is in force.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Row, Select, and_, func, select
from sqlalchemy.orm import Session, aliased

from workflow.errors import NotFound
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.notes.case_note import CaseNote, CaseNoteFile, CaseNoteMention, CaseNoteVersion
from workflow.store.tables.school import School
from workflow.store.tables.user import User


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A note as it is in force. `author` wrote it first, at `written_at`, or the school asked it, which has no
    `author_id`; `changed_by` is empty where nobody has
    changed it since. `files` are numbers and names, `mentions` names."""

    id: int
    version: int
    text: str
    shown_to: str
    author_id: int | None
    author: str
    written_at: datetime
    changed_by: str
    changed_at: datetime
    is_pinned: bool
    files: tuple[tuple[int, str], ...] = ()
    mentions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MentionLine:
    """A note that mentions somebody, for them. `is_seen` says that they have told they read it."""

    note_id: int
    reference: str
    school: str
    author: str
    text: str
    written_at: datetime
    is_seen: bool


#: Who wrote a note that nobody with an account wrote.
SCHOOL = "The school"
_first, _writer = aliased(CaseNoteVersion), aliased(User)
_COLUMNS: tuple[Any, ...] = (
    CaseNote.id,
    CaseNote.version,
    CaseNote.pinned_at,
    CaseNoteVersion.text,
    CaseNoteVersion.shown_to,
    CaseNoteVersion.written_at.label("changed_at"),
    func.coalesce(User.name, SCHOOL).label("changed_by"),
    _first.author_id,
    _first.written_at,
    func.coalesce(_writer.name, SCHOOL).label("author"),
)
_NOTES: Select[Any] = (
    select(*_COLUMNS)
    .join(CaseNoteVersion, and_(CaseNoteVersion.note_id == CaseNote.id, CaseNoteVersion.number == CaseNote.version))
    .outerjoin(User, User.id == CaseNoteVersion.author_id)
    .join(_first, and_(_first.note_id == CaseNote.id, _first.number == 1))
    .outerjoin(_writer, _writer.id == _first.author_id)
)


def pinned(session: Session, engagement_id: int) -> list[NoteLine]:
    """The notes that stand first, the newest pin before the others."""
    wanted = (CaseNote.engagement_id == engagement_id) & CaseNote.pinned_at.is_not(None)
    return _lines(session, _NOTES.where(wanted).order_by(CaseNote.pinned_at.desc(), CaseNote.id.desc()))


def others(session: Session, engagement_id: int, *, limit: int, before: int | None = None) -> list[NoteLine]:
    """At most `limit` notes that are not pinned, newest first. `before` is the last one that has been seen already."""
    wanted = (CaseNote.engagement_id == engagement_id) & CaseNote.pinned_at.is_(None)
    if before is not None:
        wanted &= CaseNote.id < before
    return _lines(session, _NOTES.where(wanted).order_by(CaseNote.id.desc()).limit(limit))


def for_school(session: Session, engagement_id: int, *, limit: int) -> list[NoteLine]:
    """What the school may read, newest first."""
    shown = (CaseNote.engagement_id == engagement_id) & (CaseNoteVersion.shown_to == "school")
    return _lines(session, _NOTES.where(shown).order_by(CaseNote.id.desc()).limit(limit))


def one_note(session: Session, engagement_id: int, number: int) -> NoteLine:
    """Raises NotFound."""
    wanted = (CaseNote.engagement_id == engagement_id) & (CaseNote.id == number)
    found = _lines(session, _NOTES.where(wanted))
    if not found:
        raise NotFound("There is no such note on this engagement.")
    return found[0]


class Version(NamedTuple):
    """What a note said, who wrote that, and the files that it had then, by number and name."""

    said: CaseNoteVersion
    author: str
    files: Sequence[tuple[int, str]]


def versions(session: Session, number: int) -> list[Version]:
    """All that a note has said, newest first."""
    query = (
        select(CaseNoteVersion, func.coalesce(User.name, SCHOOL))
        .outerjoin(User, User.id == CaseNoteVersion.author_id)
        .where(CaseNoteVersion.note_id == number)
        .order_by(CaseNoteVersion.number.desc())
    )
    files = session.scalars(select(CaseNoteFile).where(CaseNoteFile.note_id == number).order_by(CaseNoteFile.id)).all()
    return [
        Version(said, name, [(one.id, one.name) for one in files if _had(one, said.number)])
        for said, name in session.execute(query)
    ]


def _had(file: CaseNoteFile, version: int) -> bool:
    return file.added_in <= version and (file.removed_in is None or version < file.removed_in)


def file_of(session: Session, engagement_id: int, number: int, *audiences: str) -> CaseNoteFile:
    """A file of one of this engagement's notes that these may read: the council any that ever was with one. Raises
    NotFound for any other."""
    found = session.scalar(
        select(CaseNoteFile)
        .join(CaseNote, CaseNote.id == CaseNoteFile.note_id)
        .join(CaseNoteVersion, and_(CaseNoteVersion.note_id == CaseNote.id, CaseNoteVersion.number == CaseNote.version))
        .where(
            CaseNoteFile.id == number,
            CaseNote.engagement_id == engagement_id,
            CaseNoteVersion.shown_to.in_(audiences),
            *([] if "council" in audiences else [CaseNoteFile.removed_in.is_(None)]),
        )
    )
    if found is None:
        raise NotFound(f"There is no file number {number} with the notes of this engagement.")
    return found


def mentions_of(session: Session, user_id: int, *, limit: int) -> list[MentionLine]:
    """The newest notes that mention somebody, those that they have not read before the others."""
    query = (
        _NOTES.add_columns(Engagement.reference, School.name.label("school"), CaseNoteMention.seen_at)
        .join(CaseNoteMention, CaseNoteMention.note_id == CaseNote.id)
        .join(Engagement, Engagement.id == CaseNote.engagement_id)
        .join(School, School.urn == Engagement.school_urn)
        .where(CaseNoteMention.user_id == user_id)
        .order_by(CaseNoteMention.seen_at.is_not(None), CaseNote.id.desc())
        .limit(limit)
    )
    return [
        MentionLine(row.id, row.reference, row.school, row.author, row.text, row.written_at, row.seen_at is not None)
        for row in session.execute(query)
    ]


def _lines(session: Session, query: Select[Any]) -> list[NoteLine]:
    rows = session.execute(query).all()
    ids = [row.id for row in rows]
    files, mentions = _files(session, ids), _mentions(session, ids)
    return [_line(row, files.get(row.id, ()), mentions.get(row.id, ())) for row in rows]


def _line(row: Row[Any], files: Iterable[tuple[int, str]], mentions: Iterable[str]) -> NoteLine:
    return NoteLine(
        id=row.id,
        version=row.version,
        text=row.text,
        shown_to=row.shown_to,
        author_id=row.author_id,
        author=row.author,
        written_at=row.written_at,
        changed_by=row.changed_by if row.version > 1 else "",
        changed_at=row.changed_at,
        is_pinned=row.pinned_at is not None,
        files=tuple(files),
        mentions=tuple(mentions),
    )


def _files(session: Session, notes: list[int]) -> dict[int, list[tuple[int, str]]]:
    columns = select(CaseNoteFile.note_id, CaseNoteFile.id, CaseNoteFile.name)
    found: dict[int, list[tuple[int, str]]] = {}
    here = CaseNoteFile.note_id.in_(notes) & CaseNoteFile.removed_in.is_(None)
    rows = session.execute(columns.where(here).order_by(CaseNoteFile.id)) if notes else ()
    for note, number, name in rows:
        found.setdefault(note, []).append((number, name))
    return found


def _mentions(session: Session, notes: list[int]) -> dict[int, list[str]]:
    columns = select(CaseNoteMention.note_id, User.name).join(User, User.id == CaseNoteMention.user_id)
    found: dict[int, list[str]] = {}
    rows = session.execute(columns.where(CaseNoteMention.note_id.in_(notes)).order_by(User.name)) if notes else ()
    for note, name in rows:
        found.setdefault(note, []).append(name)
    return found
