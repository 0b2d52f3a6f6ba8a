"""Second factors as signing in asks for them: which somebody has, and whether what they gave is right."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from workflow.domain.actor import Actor
from workflow.errors import BadInput, Problem
from workflow.store.tables.access.second_factor import Passkey, RecoveryCode
from workflow.store.tables.access.session import WebSession
from workflow.store.tables.user import User
from workflow.usecases.accounts import account_history, recovery_codes
from workflow.usecases.accounts.credentials import totp
from workflow.usecases.accounts.credentials.secrets import Sealer
from workflow.usecases.accounts.sessions import SignedIn

_WRONG = "is not right. Type the six digits that the app shows now. If they never fit, check the telephone's clock."
#: Whether what was given is right. What can be used once is used up by it.
Given = Callable[[Session, User, datetime], bool]


class Factors(NamedTuple):
    """What somebody can prove themselves with beside the password."""

    app: bool
    passkeys: bool
    codes: bool

    @property
    def any(self) -> bool:
        """Codes on paper alone are none to sign in with every day."""
        return self.app or self.passkeys


def of_user(session: Session, user: User) -> Factors:
    passkeys, codes = session.execute(
        select(
            exists().where(Passkey.user_id == user.id),
            exists().where(RecoveryCode.user_id == user.id),
        )
    ).one()
    return Factors(bool(user.totp_sealed), passkeys, codes)


def code(typed: str, sealer: Sealer) -> Given:
    """A code of the app, or one of the recovery codes."""

    def is_right(session: Session, user: User, now: datetime) -> bool:
        if _code_of_app(user, typed, sealer, now):
            return True
        if not recovery_codes.use(session, user.id, typed):
            return False
        account_history.note(session, user.id, "code_used", Actor(user.role, user.id), now)
        return True

    return is_right


def _code_of_app(user: User, typed: str, sealer: Sealer, now: datetime) -> bool:
    secret = sealer.open(user.totp_sealed) if user.totp_sealed else None
    step = totp.step_of(secret, typed, now, user.totp_step) if secret else None
    if step is None:
        return False
    user.totp_step = step
    return True


# --- an app is set up ---


def offered_app(session: Session, signed: SignedIn, sealer: Sealer) -> str:
    """The secret that a new app is to be given: the same until it is set up, so that a page may be loaded again."""
    row = session.get_one(WebSession, signed.session.id, with_for_update=True)
    kind, _, sealed = row.asked.partition(":")
    secret = sealer.open(sealed) if kind == "app" else None
    if secret is None:
        secret = totp.new_secret()
        row.asked = f"app:{sealer.seal(secret)}"
    return secret


def set_up_app(session: Session, signed: SignedIn, typed: str, sealer: Sealer, now: datetime) -> list[str]:
    """With the first code of the app. Returns new recovery codes where there are none. Raises BadInput."""
    row = session.get_one(WebSession, signed.session.id, with_for_update=True)
    user = session.get_one(User, signed.user.id, with_for_update=True)
    kind, _, sealed = row.asked.partition(":")
    secret = sealer.open(sealed) if kind == "app" else None
    step = totp.step_of(secret, typed, now, 0) if secret else None
    if secret is None or step is None:
        raise BadInput("The app is not set up.", (Problem("code", _WRONG),))
    user.totp_sealed, user.totp_step, row.asked = sealer.seal(secret), step, ""
    actor = Actor(user.role, user.id)
    account_history.note(session, user.id, "app_added", actor, now)
    return [] if recovery_codes.left(session, user.id) else recovery_codes.make(session, user.id, actor, now)
