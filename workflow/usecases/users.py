"""Who works here, looked up and listed. `accounts` has what becomes of their accounts."""

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from workflow.domain.actor import ADVISING_ROLES, Actor
from workflow.domain.email_address import as_kept
from workflow.errors import NotAllowed, NotFound
from workflow.store.tables.access.offer_role import role_in
from workflow.store.tables.user import User


def may_sign_in() -> ColumnElement[bool]:
    """Whose account is not closed."""
    return User.disabled_at.is_(None)


def everyone(session: Session) -> Sequence[User]:
    """Whose account is open, by role and address."""
    return session.scalars(select(User).where(may_sign_in()).order_by(User.role, User.email)).all()


def advisors(session: Session, code: str | None = None) -> Sequence[User]:
    """Those who may look after a school, by name: in the offer of this code, or by their account."""
    role = User.role if code is None else role_in(code)
    those = role.in_(ADVISING_ROLES) & may_sign_in()
    return session.scalars(select(User).where(those).order_by(User.name)).all()


def names(session: Session, numbers: Iterable[int]) -> dict[int, str]:
    """By account, closed ones among them."""
    rows = session.execute(select(User.id, User.name).where(User.id.in_([*numbers])))
    return {row.id: row.name for row in rows}


def actor(session: Session, email: str) -> Actor:
    """Raises NotFound for an address without an account, and NotAllowed for one whose account is closed."""
    user = session.scalar(select(User).where(User.email == as_kept(email)))
    if user is None:
        raise NotFound(f"Nobody with the address {email} has an account. “recognition user list” shows who has.")
    if user.disabled_at is not None:
        raise NotAllowed(
            f"The account of {user.name} is closed. “recognition user enable {user.email}” opens it again."
        )
    return Actor(user.role, user.id)


def actor_of(user: User) -> Actor:
    return Actor(user.role, user.id)
