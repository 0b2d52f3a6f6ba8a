"""What schools have asked and nobody has said they answered: for each advisor whom it was told to. Reads only."""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from workflow.offer.installed.editions import Edition
from workflow.queries.lists.wanted import under
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.notes.case_note import CaseNote, CaseNoteMention, CaseNoteVersion
from workflow.store.tables.school import School

#: So many stand on a page, and so much of each.
_SHOWN, _LINE, _FIRST = 10, 120, 1


class Asked(NamedTuple):
    """A note that a school wrote; `text` is what it asked first."""

    note_id: int
    reference: str
    school: str
    text: str
    at: datetime

    @property
    def line(self) -> str:
        """As much of it as fits on one line."""
        words = " ".join(self.text.split())
        return words if len(words) <= _LINE else f"{words[: _LINE - 1].rpartition(' ')[0]} …"


def asked(session: Session, user_id: int, offer: Edition | None = None) -> Sequence[Asked]:
    """What has waited longest first; about one offer alone, where one is named."""
    return [Asked(*row) for row in session.connection().execute(_waiting(offer), {"user_id": user_id})]


@lru_cache
def _waiting(offer: Edition | None) -> Select[*tuple[Any, ...]]:
    """Put together once for each offer, which takes longer than the answer."""
    first = (CaseNoteVersion.note_id == CaseNote.id) & (CaseNoteVersion.number == _FIRST)
    return (
        select(CaseNote.id, Engagement.reference, School.name, CaseNoteVersion.text, CaseNoteVersion.written_at)
        .join(CaseNoteMention, CaseNoteMention.note_id == CaseNote.id)
        .join(CaseNoteVersion, first)
        .join(Engagement, Engagement.id == CaseNote.engagement_id)
        .join(School, School.urn == Engagement.school_urn)
        .where(CaseNoteMention.user_id == bindparam("user_id"), CaseNoteMention.seen_at.is_(None))
        .where(CaseNoteVersion.author_id.is_(None), *under(offer))
        .order_by(CaseNote.id)
        .limit(_SHOWN)
    )
