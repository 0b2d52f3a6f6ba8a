"""The email that tells a colleague of a note which mentions them: one for each note, with its address and not its text.

A note is no event, so the letter is owed beside the history. It counts as one of the first event's, which nobody takes
back: a step that is undone says sorry for its own letters only.
"""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.domain.actor import EVIDENCE_READERS
from workflow.domain.effects import Recipient, mention_key
from workflow.engine.catalogue import offer_of
from workflow.errors import OutOfUse
from workflow.store.dialect import insert_if_absent
from workflow.store.record import table_of
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.owed_effect import OwedEffect
from workflow.store.tables.user import User
from workflow.usecases.users import may_sign_in

#: How many colleagues one note writes to. It stands on the page of whoever else it mentions.
AT_MOST = 10
_FIRST_EVENT = 1


def owe(session: Session, engagement_id: int, note_id: int, colleagues: Iterable[int], now: datetime) -> None:
    """To those who want it and may read it, by the numbers of their accounts. Where their offer has no such email, or
    is out of use, nobody is written to."""
    name = _email(session, engagement_id)
    if name is None:
        return
    readers = User.id.in_([*colleagues]) & User.role.in_(EVIDENCE_READERS) & may_sign_in()
    wanted = select(User.id).where(readers, User.mention_emails).order_by(User.id).limit(AT_MOST)
    for one in session.scalars(wanted).all():
        row = {
            "key": mention_key(note_id, one),
            "engagement_id": engagement_id,
            "seq": _FIRST_EVENT,
            "kind": "email",
            "name": name,
            "recipient": Recipient("advisor", one).token,
            "status": "owed",
            "attempts": 0,
            "fence": 0,
            "owed_at": now,
            "due_at": now,
            "reader": "",
            "hours": "",
            "trouble": "",
        }
        insert_if_absent(session, table_of(OwedEffect), row)


def _email(session: Session, engagement_id: int) -> str | None:
    try:
        return offer_of(session, session.get_one(Engagement, engagement_id)).policy.mentioned
    except OutOfUse:
        return None
