"""A question that a school asks: a note that the school reads too, and a thing to do for whoever looks after it."""

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflow.domain.standing import OPEN_STANDINGS
from workflow.english import count_of
from workflow.errors import BadInput, Conflict, Problem
from workflow.sanitise import block
from workflow.store.tables.access.offer_role import role_in
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.notes.case_note import CaseNote, CaseNoteMention, CaseNoteVersion
from workflow.store.tables.user import User
from workflow.usecases.notes import mention_letters
from workflow.usecases.users import may_sign_in

TEXT_LIMIT = 4000
#: More questions than these within a day are better asked by telephone.
A_DAY = 20
_DAY = timedelta(days=1)


def ask(session: Session, engagement_id: int, text: str, now: datetime, *, about: str = "") -> CaseNote:
    """Its advisor is told; where it has none, the lead advisors are. `about` stands before the words, where the page
    that they were written on says what they are about. Raises BadInput, or Conflict for too many."""
    engagement = session.get_one(Engagement, engagement_id, with_for_update=True)
    kept = f"{about}{_checked(text)}"
    if _asked_since(session, engagement_id, now - _DAY) >= A_DAY:
        raise Conflict(
            f"You have asked {count_of(A_DAY, 'question')} within a day. Write to your advisor, or telephone them."
        )
    note = CaseNote(engagement_id=engagement_id, version=1, pinned_at=None)
    session.add(note)
    session.flush()
    session.add(
        CaseNoteVersion(note_id=note.id, number=1, author_id=None, written_at=now, shown_to="school", text=kept)
    )
    told = _who_answers(session, engagement)
    session.add_all(CaseNoteMention(note_id=note.id, user_id=one) for one in told)
    session.flush()
    if engagement.standing in OPEN_STANDINGS:
        mention_letters.owe(session, engagement_id, note.id, told, now)
    return note


def _who_answers(session: Session, engagement: Engagement) -> list[int]:
    own = session.scalars(select(User.id).where(User.id == engagement.advisor_id, may_sign_in())).all()
    leads = select(User.id).where(role_in(engagement.offer_code) == "lead_advisor", may_sign_in()).order_by(User.id)
    return [*(own or session.scalars(leads))]


def _asked_since(session: Session, engagement_id: int, since: datetime) -> int:
    asked = CaseNoteVersion.author_id.is_(None) & (CaseNoteVersion.written_at > since)
    own = select(func.count()).select_from(CaseNote).join(CaseNoteVersion, CaseNoteVersion.note_id == CaseNote.id)
    return session.scalar(own.where(CaseNote.engagement_id == engagement_id, asked)) or 0


def _checked(text: str) -> str:
    try:
        return block(text, "Your question", TEXT_LIMIT)
    except ValueError as error:
        raise BadInput("Your question is not sent yet.", (Problem("text", str(error)),)) from None
