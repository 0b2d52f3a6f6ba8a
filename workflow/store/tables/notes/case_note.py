"""Notes on an engagement: each with all its versions, its files, and the colleagues whom it mentions."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from workflow.store.record import WORKED, Record, one_of

#: Who may read a note: the council's people, or the school as well.
AUDIENCES = ("council", "school")


class CaseNote(Record):
    """`version` is the number of the one in force. The newest pin stands first."""

    __tablename__ = "case_note"
    __table_args__ = (Index(None, "engagement_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    engagement_id: Mapped[int] = mapped_column(ForeignKey("engagement.id"))
    version: Mapped[int]
    pinned_at: Mapped[datetime | None]


class CaseNoteVersion(Record):
    """What a note said from `written_at` on, and who could read it. Number 1 is how it was first written. Without an
    author it is a question of the school's."""

    __tablename__ = "case_note_version"
    __table_args__ = (one_of("shown_to", AUDIENCES),)

    note_id: Mapped[int] = mapped_column(ForeignKey("case_note.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    written_at: Mapped[datetime]
    shown_to: Mapped[str] = mapped_column(String(8))
    text: Mapped[str] = mapped_column(Text, info=WORKED)


class CaseNoteFile(Record):
    """A file that goes with a note, under the name its sender gave it; the bytes are in `stored_file`.

    It came with the note's version `added_in`, and has not been with it since the version `removed_in`, if it is gone.
    """

    __tablename__ = "case_note_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    note_id: Mapped[int] = mapped_column(ForeignKey("case_note.id"), index=True)
    sha256: Mapped[str] = mapped_column(ForeignKey("stored_file.sha256"), index=True)
    name: Mapped[str] = mapped_column(String(120), info=WORKED)
    added_in: Mapped[int] = mapped_column(default=1, server_default="1")
    removed_in: Mapped[int | None]


class CaseNoteMention(Record):
    """A colleague whom a note mentions. `seen_at` is when they said that they have read it."""

    __tablename__ = "case_note_mention"
    __table_args__ = (Index(None, "user_id", "note_id"),)

    note_id: Mapped[int] = mapped_column(ForeignKey("case_note.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"), primary_key=True)
    seen_at: Mapped[datetime | None]
