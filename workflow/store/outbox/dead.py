"""Dead effects: those the workers gave up. Only people decide about them, and about nothing else in the outbox."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, select, update
from sqlalchemy.orm import Session

from workflow.domain.effects import AUDIENCES, Recipient
from workflow.errors import Conflict, NotFound
from workflow.store.record import holds
from workflow.store.tables.owed_effect import OwedEffect


def one_of(session: Session, outbox_id: int, engagement_id: int | None = None) -> OwedEffect:
    """The dead effect with this number. Raises NotFound (also when it is another engagement's) or Conflict."""
    found = session.get(OwedEffect, outbox_id)
    if found is None or engagement_id not in (None, found.engagement_id):
        raise NotFound(f"There is no effect number {outbox_id} here.")
    if found.status != "dead":
        raise Conflict(f"Effect {outbox_id} is {found.status}, and only a dead one can be retried or dropped.")
    return found


def of_person(session: Session, participant_id: int) -> bool:
    """Whether a certificate for this participant was given up."""
    theirs = OwedEffect.recipient == Recipient("completed", participant_id).token
    found = select(OwedEffect.id).where(OwedEffect.status == "dead", OwedEffect.kind == "certificate", theirs)
    return session.scalar(found.limit(1)) is not None


def letters_to(session: Session, engagement_id: int, reader: Recipient) -> Sequence[OwedEffect]:
    """Emails to one contact or participant of a school that were given up, by whichever audience; the oldest first."""
    ours = (Recipient(one, reader.id).token for one in AUDIENCES) if reader.is_participant else (reader.token,)
    theirs = (OwedEffect.engagement_id == engagement_id) & OwedEffect.recipient.in_([*ours])
    dead = holds(OwedEffect.status, "dead") & (OwedEffect.kind == "email")
    return session.scalars(select(OwedEffect).where(theirs, dead).order_by(OwedEffect.id)).all()


def revive(session: Session, outbox_id: int, now: datetime) -> None:
    """Gives a dead effect a new life."""
    _decide(session, outbox_id, status="owed", attempts=0, due_at=now, settled_at=None, trouble="")


def drop(session: Session, outbox_id: int, now: datetime) -> None:
    """Says that a dead effect is not owed any more."""
    _decide(session, outbox_id, status="dropped", settled_at=now)


def _decide(session: Session, outbox_id: int, **values: object) -> None:
    """Of two people who decide at once, the second hears of it. A new fence shuts out stragglers."""
    still = (OwedEffect.id == outbox_id) & holds(OwedEffect.status, "dead")
    decided = update(OwedEffect).where(still).values(fence=OwedEffect.fence + 1, **values)
    result = session.execute(decided.execution_options(synchronize_session=False))
    if cast("CursorResult[Any]", result).rowcount != 1:
        raise Conflict(f"Somebody else has just decided about effect {outbox_id}. Look again.")
