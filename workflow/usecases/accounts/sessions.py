"""Sessions: begun when somebody signs in, read with every request, ended by their owner or with their account.

The secret is told once, to the browser. A session that is ended is gone: a cookie that was copied opens nothing.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, bindparam, delete, select, update
from sqlalchemy.orm import Session

from workflow.domain.actor import Actor
from workflow.errors import NotFound
from workflow.store.record import UtcDateTime
from workflow.store.tables.access.offer_role import role_in
from workflow.store.tables.access.session import WebSession
from workflow.store.tables.access.subject import Subject
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.user import User
from workflow.usecases.accounts import account_history
from workflow.usecases.accounts.credentials.secrets import digest_of, new_secret
from workflow.usecases.accounts.policy import SEEN_EVERY, AccessPolicy

#: How long the second factor may take after the password.
_SECOND_STEP = timedelta(minutes=10)


def _role_about() -> ColumnElement[str]:
    """Of a user, in the offer of the engagement that is asked for."""
    code = select(Engagement.offer_code).where(Engagement.reference == bindparam("about")).scalar_subquery()
    return role_in(code)


#: Asked with every request, so it is put together once.
_READ = (
    select(User, WebSession.id, WebSession.used_at, WebSession.proved_at, _role_about())
    .join(WebSession, WebSession.user_id == User.id)
    .where(
        WebSession.secret_digest == bindparam("digest"),
        WebSession.step == bindparam("step"),
        WebSession.until > bindparam("now", type_=UtcDateTime()),
        WebSession.used_at > bindparam("rested", type_=UtcDateTime()),
        User.disabled_at.is_(None),
    )
)


class Place(NamedTuple):
    """From where somebody comes: words for their device, and the network's address as far as it is kept."""

    device: str
    network: str


class InUse(NamedTuple):
    """A session as far as a request needs to know it."""

    id: int
    used_at: datetime
    proved_at: datetime


class SignedIn(NamedTuple):
    """Whose session it is, and the session. `role` is theirs where what is asked for belongs to one engagement."""

    user: User
    session: InUse
    role: str


def begin(
    session: Session, whose: Subject, place: Place, *, now: datetime, until: datetime, step: str = "whole"
) -> str:
    """A new session under a new secret, which is returned. Those that have run out go."""
    session.execute(delete(WebSession).where(WebSession.until <= now))
    secret = new_secret()
    begun = WebSession(
        secret_digest=digest_of(secret),
        **whose._asdict(),
        step=step,
        created_at=now,
        used_at=now,
        until=until,
        proved_at=now,
        device=place.device,
        network=place.network,
    )
    session.add(begun)
    session.flush()
    return secret


def begin_second_step(session: Session, user_id: int, place: Place, now: datetime) -> str:
    """After the right password: whoever holds this secret may give the second factor, and nothing else."""
    whose = Subject(user_id=user_id)
    return begin(session, whose, place, now=now, until=now + _SECOND_STEP, step="password")


def read(
    session: Session, secret: str, now: datetime, idle: timedelta, step: str = "whole", *, about: str | None = None
) -> SignedIn | None:
    """None for a session that ended, rested for too long, or whose account was closed. `about` is the reference of the
    engagement that is asked for, if one is."""
    asked = {"digest": digest_of(secret), "step": step, "now": now, "rested": now - idle, "about": about}
    found = session.execute(_READ, asked).one_or_none()
    if found is None:
        return None
    user, number, used_at, proved_at, role = found
    return SignedIn(user, InUse(number, used_at, proved_at), role)


def is_due_to_be_seen(one: InUse | WebSession, now: datetime) -> bool:
    return now - one.used_at >= SEEN_EVERY


def seen(session: Session, number: int, now: datetime) -> None:
    """It is in use: from now on it may rest as long again."""
    session.execute(update(WebSession).where(WebSession.id == number, WebSession.used_at < now).values(used_at=now))


def is_fresh(one: InUse, policy: AccessPolicy, now: datetime) -> bool:
    """Whether its owner has given a factor lately enough for what is sensitive."""
    return now - one.proved_at < policy.fresh


def of_user(session: Session, user_id: int, now: datetime) -> Sequence[WebSession]:
    """Somebody's sessions, the last used first."""
    own = (WebSession.user_id == user_id) & (WebSession.step == "whole") & (WebSession.until > now)
    return session.scalars(select(WebSession).where(own).order_by(WebSession.used_at.desc(), WebSession.id)).all()


def was_proved(session: Session, secret: str, at: datetime) -> None:
    """When its owner gave a factor, where that was before the session began."""
    session.execute(update(WebSession).where(WebSession.secret_digest == digest_of(secret)).values(proved_at=at))


def renew(session: Session, number: int, now: datetime) -> str:
    """Its owner has just given a factor again: it goes on under a new secret, which is returned."""
    secret = new_secret()
    held = session.get_one(WebSession, number)
    held.proved_at, held.secret_digest = now, digest_of(secret)
    return secret


def end(session: Session, secret: str, now: datetime) -> None:
    """The one with this secret, if there still is one: its owner has signed out."""
    found = session.scalar(select(WebSession).where(WebSession.secret_digest == digest_of(secret)))
    if found is None:
        return
    if found.step == "whole" and found.user_id is not None:
        user = session.get_one(User, found.user_id)
        account_history.note(session, user.id, "signed_out", Actor(user.role, user.id), now)
    session.delete(found)


def end_one(session: Session, user_id: int, number: int) -> None:
    """Raises NotFound for a session of somebody else."""
    found = session.scalar(select(WebSession).where(WebSession.id == number, WebSession.user_id == user_id))
    if found is None:
        raise NotFound("You have no such session. It may have ended by itself.")
    session.delete(found)


def end_all(session: Session, user_id: int, but: int | None = None) -> int:
    """All of somebody's sessions, or all but one. Returns how many there were."""
    own = WebSession.user_id == user_id
    gone = session.execute(
        delete(WebSession).where(own, WebSession.id != but) if but else delete(WebSession).where(own)
    )
    return int(gone.rowcount)  # type: ignore[attr-defined] # SQLAlchemy types it on another class
