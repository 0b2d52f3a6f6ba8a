"""What people do about their own way in: a new password, factors removed, signed out everywhere."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from workflow.domain.actor import Actor
from workflow.errors import BadInput, Conflict, Problem
from workflow.store.session import Store
from workflow.store.tables.access.second_factor import Passkey, RecoveryCode
from workflow.store.tables.user import User
from workflow.usecases.accounts import access_letters, account_history, devices, factors, passkeys, sessions
from workflow.usecases.accounts.credentials import passwords
from workflow.usecases.accounts.credentials.secrets import LinkMaker
from workflow.usecases.accounts.policy import AccessPolicy
from workflow.usecases.accounts.sessions import SignedIn

_LAST = "This is your only second factor, and your role needs one. Set up another first."


class Typed(NamedTuple):
    """What somebody typed who wants another password."""

    current: str
    new: str


def change_password(store: Store, signed: SignedIn, typed: Typed, links: LinkMaker, now: datetime) -> None:
    """All other sessions end, and no device is remembered. Raises BadInput with what is wrong."""
    with store.reading() as session:
        hasher = passwords.hasher_of(session)
    problems = passwords.problems_with(typed.new, (signed.user.email, signed.user.name))
    if not passwords.matches(hasher, signed.user.password_hash, typed.current):
        problems.insert(0, Problem("current", "is not your current password."))
    if problems:
        raise BadInput("Your password is not changed.", tuple(problems))
    hashed = passwords.hashed(hasher, typed.new)
    with store.writing() as session:
        user = session.get_one(User, signed.user.id, with_for_update=True)
        if user.password_hash != signed.user.password_hash:
            raise Conflict("Your password has been changed meanwhile. Sign in again.")
        user.password_hash = hashed
        account_history.note(session, user.id, "password_changed", Actor(user.role, user.id), now)
        sessions.end_all(session, user.id, but=signed.session.id)
        devices.forget_all(session, user.id)
        access_letters.owe(session, user, "password_changed", links, now)


def remove_app(session: Session, user_id: int, policy: AccessPolicy, now: datetime) -> None:
    """Raises Conflict where it is the last factor of somebody who needs one."""
    user = session.get_one(User, user_id, with_for_update=True)
    if not user.totp_sealed:
        raise Conflict("No authenticator app is set up.")
    if user.role in policy.second_factor and not factors.of_user(session, user).passkeys:
        raise Conflict(_LAST)
    user.totp_sealed, user.totp_step = "", 0
    account_history.note(session, user.id, "app_removed", Actor(user.role, user.id), now)


def remove_passkey(session: Session, user_id: int, number: int, policy: AccessPolicy, now: datetime) -> None:
    """Raises NotFound, or Conflict where it is the last factor of somebody who needs one."""
    user = session.get_one(User, user_id, with_for_update=True)
    others = (Passkey.user_id == user_id) & (Passkey.id != number)
    needed = user.role in policy.second_factor and not user.totp_sealed
    if needed and session.scalar(select(Passkey.id).where(others).limit(1)) is None:
        raise Conflict(_LAST)
    passkeys.remove(session, user, number, now)


def remove_factors(session: Session, user: User, by: Actor, now: datetime) -> None:
    """All of somebody's, with the codes on paper."""
    user.totp_sealed, user.totp_step = "", 0
    session.execute(delete(Passkey).where(Passkey.user_id == user.id))
    session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))
    account_history.note(session, user.id, "factors_removed", by, now)


def sign_out_everywhere(session: Session, user: User, by: Actor, now: datetime) -> None:
    """Every session ends, and no device is known any more."""
    sessions.end_all(session, user.id)
    devices.forget_all(session, user.id)
    account_history.note(session, user.id, "sessions_ended", by, now)
