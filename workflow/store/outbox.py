"""The outbox: effects owed, claimed, done. The database is the record; the queue is only a doorbell.

A claim is one short transaction that counts the attempt, takes a lease and raises the fence. Nothing is locked while
the outside world is spoken to. An outcome is written only while the fence still holds, so a worker that was thought
dead and comes back cannot write over the one that took its place.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import BindParameter, ColumnElement, CursorResult, and_, bindparam, exists, func, or_, select, update
from sqlalchemy.orm import Session, aliased

from workflow.errors import Conflict, NotFound
from workflow.store.record import holds, holds_some
from workflow.store.tables.owed_effect import OwedEffect


@dataclass(frozen=True, slots=True)
class Claimed:
    """One effect in hand. `fence` is the proof that it is still ours."""

    id: int
    key: str
    engagement_id: int
    kind: str
    name: str
    recipient: str
    attempts: int
    fence: int
    seq: int
    owed_at: datetime
    lease_until: datetime


_CLAIMED = (
    OwedEffect.id,
    OwedEffect.key,
    OwedEffect.engagement_id,
    OwedEffect.kind,
    OwedEffect.name,
    OwedEffect.recipient,
    OwedEffect.attempts,
    OwedEffect.fence,
    OwedEffect.seq,
    OwedEffect.owed_at,
    OwedEffect.lease_until,
)


#: Nobody gets two reminders within this time, but for one that would then be of no more use.
REMINDERS_APART = timedelta(days=3)
#: A reminder of a meeting does not wait for others into its last day.
NOTICE = timedelta(days=1)
_same = aliased(OwedEffect)


def _at(name: str) -> BindParameter[datetime]:
    return bindparam(name, type_=OwedEffect.due_at.type)


def _claimable() -> ColumnElement[bool]:
    """What was claimed had been due before."""
    due = and_(holds(OwedEffect.status, "owed", "claimed"), OwedEffect.due_at <= _at("now"))
    return and_(
        due,
        or_(holds(OwedEffect.status, "owed"), OwedEffect.lease_until <= _at("now")),
        or_(~holds_some(OwedEffect.reader), _may_remind()),
    )


def _may_remind() -> ColumnElement[bool]:
    """The first of a reader's reminders that are due, if none is being sent and none went out lately."""
    other = and_(_same.reader == OwedEffect.reader, holds_some(_same.reader), _same.id != OwedEffect.id)
    sending = and_(holds(_same.status, "claimed"), _same.lease_until > _at("now"))
    before = and_(holds(_same.status, "owed"), _same.due_at <= _at("now"), _same.id < OwedEffect.id)
    lately = and_(holds(_same.status, "done"), _same.settled_at > _at("lately"))
    pressing = and_(OwedEffect.too_late_at.is_not(None), OwedEffect.too_late_at <= _at("soon"))
    return and_(~exists().where(other, or_(sending, before)), or_(pressing, ~exists().where(other, lately)))


def _moments(now: datetime) -> dict[str, datetime]:
    """What decides about reminders at this moment."""
    return {"now": now, "lately": now - REMINDERS_APART, "soon": now + REMINDERS_APART + NOTICE}


#: Made once: a tick a second would make them anew each time.
_DUE = (
    select(OwedEffect.id)
    .where(_claimable())
    .order_by(OwedEffect.due_at, OwedEffect.id)
    .limit(bindparam("limit"))
    .with_for_update(skip_locked=True)
    .cte("due")
)
_CLAIM = (
    update(OwedEffect)
    .where(OwedEffect.id.in_(select(_DUE.c.id)))
    .values(status="claimed", attempts=OwedEffect.attempts + 1, fence=OwedEffect.fence + 1, lease_until=_at("until"))
    .returning(*_CLAIMED)
    .execution_options(synchronize_session=False)
)
_COUNT = select(func.count()).select_from(OwedEffect).where(_claimable())


def gathered(session: Session, owed: OwedEffect, now: datetime) -> list[OwedEffect]:
    """The reader's other reminders that are due: they go out with this one, which keeps everybody else from them."""
    if not owed.reader:
        return []
    others = waits_for(OwedEffect.reader == owed.reader, now) & (OwedEffect.id != owed.id)
    return list(session.scalars(select(OwedEffect).where(others).order_by(OwedEffect.id)))


def waits_for(whose: ColumnElement[bool], now: datetime | BindParameter[datetime]) -> ColumnElement[bool]:
    """The reminders of these readers that are due and go out with the one that is being sent to them."""
    due = holds(OwedEffect.status, "owed", "claimed") & (OwedEffect.due_at <= now)
    return whose & due & holds(OwedEffect.status, "owed")


def mark_gathered(session: Session, ids: Sequence[int], now: datetime) -> set[int]:
    """What went out with another reminder is done. Returns which: one taken since by somebody goes its own way."""
    still = OwedEffect.id.in_(ids) & holds(OwedEffect.status, "owed")
    told = update(OwedEffect).where(still).values(status="done", settled_at=now).returning(OwedEffect.id)
    return set(session.scalars(told.execution_options(synchronize_session=False))) if ids else set()


def claim(session: Session, now: datetime, lease: timedelta, limit: int) -> list[Claimed]:
    """Takes up to `limit` effects that are due, or whose claim ran out, oldest first."""
    taken = session.execute(_CLAIM, {**_moments(now), "until": now + lease, "limit": limit})
    return sorted((Claimed(**row) for row in taken.mappings()), key=lambda one: one.id)


def renew(session: Session, claimed: Claimed, lease_until: datetime) -> bool:
    """Makes the claim last longer. False when the fence no longer holds: leave the effect to whoever has it now."""
    return _settle(session, claimed, lease_until=lease_until)


def count_due(session: Session, now: datetime) -> int:
    return session.scalar(_COUNT, _moments(now)) or 0


def _settle(session: Session, claimed: Claimed, **values: object) -> bool:
    """False when the fence no longer holds: another worker has taken the effect since, and its outcome counts."""
    result = session.execute(
        update(OwedEffect)
        .where(OwedEffect.id == claimed.id, OwedEffect.fence == claimed.fence, holds(OwedEffect.status, "claimed"))
        .values({"lease_until": None, **values})
        .execution_options(synchronize_session=False)
    )
    return cast("CursorResult[Any]", result).rowcount == 1


def mark_done(session: Session, claimed: Claimed, now: datetime) -> bool:
    return _settle(session, claimed, status="done", settled_at=now, trouble="")


def put_back(session: Session, claimed: Claimed, due_at: datetime, trouble: str) -> bool:
    """To be tried again at `due_at`."""
    return _settle(session, claimed, status="owed", due_at=due_at, trouble=trouble)


def give_up(session: Session, claimed: Claimed, now: datetime, trouble: str) -> bool:
    """Dead: shown on the advisor's page until somebody retries or drops it."""
    return _settle(session, claimed, status="dead", settled_at=now, trouble=trouble)


def release(session: Session, claimed: list[Claimed]) -> None:
    """Hands back what was claimed and not tried: the attempt did not happen, so it is not counted."""
    for one in claimed:
        _settle(session, one, status="owed", attempts=one.attempts - 1)


def dead(session: Session, outbox_id: int, engagement_id: int | None = None) -> OwedEffect:
    """A dead effect: only those are decided by hand, the others are the workers' business.

    Raises NotFound (also when it is another engagement's) or Conflict.
    """
    found = session.get(OwedEffect, outbox_id)
    if found is None or engagement_id not in (None, found.engagement_id):
        raise NotFound(f"There is no effect number {outbox_id} here.")
    if found.status != "dead":
        raise Conflict(f"Effect {outbox_id} is {found.status}, and only a dead one can be retried or dropped.")
    return found


def revive(session: Session, outbox_id: int, now: datetime) -> None:
    """Gives a dead effect a new life."""
    _decide(session, outbox_id, status="owed", attempts=0, due_at=now, settled_at=None)


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
