"""Letters that cross a change of address: one may be written, and on its way, while its reader becomes another.

Such a letter went to whoever was to have it when it was written, and is not sent twice. But an invitation that went to
the address from before has to leave that calendar and come into the other one. So what is not settled at the moment of
a change is noted, and looked at once it is.
"""

from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from workflow import engine
from workflow.containment import contained
from workflow.domain.actor import SYSTEM
from workflow.store.cases import lock_case
from workflow.store.record import holds
from workflow.store.session import Store
from workflow.store.tables.contacts.crossing import Crossing
from workflow.store.tables.owed_effect import OwedEffect
from workflow.store.tables.sent_email import SentEmail

_UNSETTLED = holds(OwedEffect.status, "owed", "claimed")


def note(session: Session, engagement_id: int, before: str, after: str, now: datetime) -> None:
    """The engagement is locked: whatever is owed from now on goes to the new address."""
    if not before or before.lower() == after.lower():
        return
    mine = (OwedEffect.engagement_id == engagement_id) & (OwedEffect.kind == "email") & _UNSETTLED
    letters = [*session.scalars(select(OwedEffect.id).where(mine).order_by(OwedEffect.id))]
    if letters:
        session.add(Crossing(engagement_id=engagement_id, email=before.lower(), letters=letters, at=now))


def drop(session: Session, engagement_id: int, audience: str, now: datetime) -> None:
    """What is owed to a contact whom nobody follows is owed no more, but for what is being sent."""
    theirs = (OwedEffect.engagement_id == engagement_id) & (OwedEffect.recipient == audience)
    waiting = theirs & holds(OwedEffect.status, "owed")
    session.execute(update(OwedEffect).where(waiting).values(status="dropped", settled_at=now))


def sweep(store: Store, now: datetime) -> int:
    """Looks at every change that has letters from before it, each by itself. Returns how many are over."""
    with store.reading() as session:
        rows = session.execute(select(Crossing.id, Crossing.engagement_id).order_by(Crossing.id)).all()
    over = 0
    for row in rows:
        what = f"letters that crossed a change, number {row.id}"
        with contained(what, lambda _sentence: None), store.writing() as session:
            over += _look(session, row.id, row.engagement_id, now)
    return over


def _look(session: Session, number: int, engagement_id: int, now: datetime) -> bool:
    case = lock_case(session, engagement_id)
    crossing = session.get(Crossing, number)
    if crossing is None:
        return False
    these = OwedEffect.id.in_(crossing.letters)
    if session.scalar(select(OwedEffect.id).where(these, _UNSETTLED).limit(1)):
        return False
    there = select(SentEmail.outbox_id).where(SentEmail.outbox_id.in_(crossing.letters))
    crossed = [*session.scalars(there.where(func.lower(SentEmail.to_email) == crossing.email))]
    session.delete(crossing)
    if crossed:
        nobody = case._replace(addresses={})
        engine.record(session, nobody, "letter_crossed", actor=SYSTEM, now=now, data={"letters": crossed})
    return True
