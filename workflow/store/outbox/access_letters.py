"""Letters about getting in, taken in hand by one worker at a time and settled, as `claims` and `outcomes` do it for
what engagements owe. They do not wait in that row, as somebody waits for them at a door."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, or_, select, update
from sqlalchemy.orm import Session

from workflow.store.dialect import one_at_a_time
from workflow.store.record import holds
from workflow.store.tables.access.access_letter import AccessLetter

_TOGETHER = 20


def _claimable(now: datetime) -> ColumnElement[bool]:
    waits = holds(AccessLetter.status, "owed", "claimed") & (AccessLetter.due_at <= now)
    return waits & or_(holds(AccessLetter.status, "owed"), AccessLetter.lease_until <= now)


def count_due(session: Session, now: datetime) -> int:
    return session.scalar(select(func.count()).select_from(AccessLetter).where(_claimable(now))) or 0


def count_dead(session: Session) -> int:
    """How many could not be sent, and no newer one has taken their place."""
    gone = (AccessLetter.status == "dead") & AccessLetter.revoked_at.is_(None) & AccessLetter.used_at.is_(None)
    return session.scalar(select(func.count()).select_from(AccessLetter).where(gone)) or 0


def claim(session: Session, now: datetime, lease: timedelta) -> Sequence[AccessLetter]:
    """A few of those that are due. One that was revoked meanwhile goes out no more."""
    one_at_a_time(session, "claim access letters")
    due = select(AccessLetter).where(_claimable(now)).order_by(AccessLetter.due_at, AccessLetter.id).limit(_TOGETHER)
    taken = session.scalars(due.with_for_update(skip_locked=True)).all()
    for one in taken:
        one.status, one.attempts, one.fence = "claimed", one.attempts + 1, one.fence + 1
        one.lease_until = now + lease
        if one.revoked_at is not None:
            one.status, one.trouble = "dead", "A newer letter has taken its place."
    session.flush()
    return [one for one in taken if one.status == "claimed"]


def holds_from(session: Session, letter: AccessLetter, now: datetime) -> bool:
    """Its link holds from now on, as the letter is about to go out. False when another worker has taken it over."""
    until = now + timedelta(seconds=letter.valid_seconds)
    return _change(session, letter, until=until)


def settle(session: Session, letter: AccessLetter, status: str, *, trouble: str = "", due_at: datetime) -> bool:
    """False when another worker has taken it over."""
    return _change(session, letter, status=status, trouble=trouble, due_at=due_at)


def _change(session: Session, letter: AccessLetter, **values: object) -> bool:
    ours = (AccessLetter.id == letter.id) & (AccessLetter.fence == letter.fence)
    done = session.execute(update(AccessLetter).where(ours, holds(AccessLetter.status, "claimed")).values(**values))
    return bool(done.rowcount)  # type: ignore[attr-defined] # SQLAlchemy types it on another class
