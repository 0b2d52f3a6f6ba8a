"""Secret addresses at which people's own calendars read meetings: made, found by whoever holds one, and withdrawn.

The secret is told once, to whoever makes it. It is as good as a password for what it shows, so only its digest is
kept; it has as many random bits as the digest, so that nobody guesses it and no salt is needed.
"""

import secrets
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.errors import BadInput, Conflict, NotFound
from workflow.store.tables.user import FEED_SCOPES, CalendarFeed, User

#: More calendars than this are nobody's own.
FEEDS_LIMIT = 10
_BYTES = 32


def make(session: Session, user_id: int, whose: str, now: datetime) -> str:
    """The secret of a new address. Raises BadInput, or Conflict for somebody who has too many."""
    if whose not in FEED_SCOPES:
        raise BadInput("Choose whose meetings your calendar should show.")
    if len(in_force(session, user_id)) >= FEEDS_LIMIT:
        raise Conflict(f"You have {FEEDS_LIMIT} subscription addresses. Withdraw one before you make another.")
    secret = secrets.token_urlsafe(_BYTES)
    session.add(CalendarFeed(user_id=user_id, whose=whose, secret_digest=_digest(secret), created_at=now))
    session.flush()
    return secret


def in_force(session: Session, user_id: int) -> Sequence[CalendarFeed]:
    """Somebody's addresses that have not been withdrawn, oldest first."""
    own = (CalendarFeed.user_id == user_id) & CalendarFeed.revoked_at.is_(None)
    return session.scalars(select(CalendarFeed).where(own).order_by(CalendarFeed.id)).all()


def withdraw(session: Session, user_id: int, number: int, now: datetime) -> None:
    """From now on nobody reads anything there; once is enough. Raises NotFound for an address of somebody else."""
    own = (CalendarFeed.id == number) & (CalendarFeed.user_id == user_id)
    feed = session.scalar(select(CalendarFeed).where(own).with_for_update())
    if feed is None:
        raise NotFound("You have no such subscription address. Go back to the calendar.")
    feed.revoked_at = feed.revoked_at or now


def by_secret(session: Session, secret: str) -> CalendarFeed | None:
    """The address in force that has this secret. Withdrawn ones, those of closed accounts and those that never were are
    the same: none."""
    held = (CalendarFeed.secret_digest == _digest(secret)) & CalendarFeed.revoked_at.is_(None)
    of_somebody = (User.id == CalendarFeed.user_id) & User.disabled_at.is_(None)
    return session.scalar(select(CalendarFeed).join(User, of_somebody).where(held))


def _digest(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
