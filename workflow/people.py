"""Who works here: the people who may sign in, looked up and listed. Accounts and passwords are in `users`."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.actor import ADVISING_ROLES, Actor
from workflow.errors import NotFound
from workflow.store.user import User


def everyone(session: Session) -> Sequence[User]:
    return session.scalars(select(User).order_by(User.role, User.email)).all()


def advisors(session: Session) -> Sequence[User]:
    """Those who may look after a school, by name."""
    return session.scalars(select(User).where(User.role.in_(ADVISING_ROLES)).order_by(User.name)).all()


def actor(session: Session, email: str) -> Actor:
    """Raises NotFound for an address without an account."""
    user = session.scalar(select(User).where(User.email == email.strip().lower()))
    if user is None:
        raise NotFound(f"Nobody with the address {email} has an account. “recognition user list” shows who has.")
    return Actor(user.role, user.id)
