"""Devices on which somebody has signed in with both factors.

A known device is a cookie of its own beside the session. Guesses that strangers make do not shut it out, and where its
owner wished so it is not asked for the second factor for a while.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from workflow.errors import NotFound
from workflow.store.tables.access.session import KnownDevice
from workflow.usecases.accounts.credentials.secrets import digest_of, new_secret
from workflow.usecases.accounts.policy import AccessPolicy


def known(session: Session, user_id: int, secret: str | None, now: datetime) -> KnownDevice | None:
    """The device with this secret, if this user is known on it."""
    if not secret:
        return None
    own = (
        (KnownDevice.secret_digest == digest_of(secret)) & (KnownDevice.user_id == user_id) & (KnownDevice.until > now)
    )
    return session.scalar(select(KnownDevice).where(own))


def get_to_know(session: Session, user_id: int, device: str, policy: AccessPolicy, now: datetime) -> str:
    """The secret of a device that was not known so far. Those that nobody has used for long go."""
    session.execute(delete(KnownDevice).where(KnownDevice.until <= now))
    secret = new_secret()
    session.add(
        KnownDevice(
            secret_digest=digest_of(secret),
            user_id=user_id,
            created_at=now,
            used_at=now,
            until=now + policy.known,
            remembered_until=None,
            device=device,
        )
    )
    session.flush()
    return secret


def used(one: KnownDevice, policy: AccessPolicy, now: datetime) -> None:
    one.used_at, one.until = now, now + policy.known


def remember(one: KnownDevice, policy: AccessPolicy, now: datetime) -> None:
    """From now on it is not asked for the second factor, for a while."""
    one.remembered_until = now + policy.remembered


def is_remembered(one: KnownDevice | None, now: datetime) -> bool:
    return one is not None and one.remembered_until is not None and one.remembered_until > now


def of_user(session: Session, user_id: int, now: datetime) -> Sequence[KnownDevice]:
    """The last used first."""
    own = (KnownDevice.user_id == user_id) & (KnownDevice.until > now)
    return session.scalars(select(KnownDevice).where(own).order_by(KnownDevice.used_at.desc(), KnownDevice.id)).all()


def forget_one(session: Session, user_id: int, number: int) -> None:
    """Raises NotFound for a device of somebody else."""
    found = session.scalar(select(KnownDevice).where(KnownDevice.id == number, KnownDevice.user_id == user_id))
    if found is None:
        raise NotFound("No such device is remembered for you. It may have been forgotten already.")
    session.delete(found)


def forget_all(session: Session, user_id: int) -> None:
    session.execute(delete(KnownDevice).where(KnownDevice.user_id == user_id))
