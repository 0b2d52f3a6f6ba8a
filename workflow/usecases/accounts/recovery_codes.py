"""Recovery codes: eight codes on paper, each of which stands in for a second factor once."""

import secrets
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from workflow.domain.actor import Actor
from workflow.store.tables.access.second_factor import RecoveryCode
from workflow.usecases.accounts import account_history
from workflow.usecases.accounts.credentials.secrets import digest_of

HOW_MANY = 8
#: Without those that look like another. So many are 120 bits, which no slow hash has to guard (ASVS 5.0, 6.5.2).
_SIGNS = "abcdefghjkmnpqrstuvwxyz023456789"
_GROUPS, _IN_A_GROUP = 4, 6


def make(session: Session, user_id: int, by: Actor, now: datetime) -> list[str]:
    """New ones, told this once; older ones stop working."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user_id))
    codes = [_code() for _ in range(HOW_MANY)]
    session.add_all(RecoveryCode(user_id=user_id, digest=_digest(user_id, code)) for code in codes)
    account_history.note(session, user_id, "codes_made", by, now)
    session.flush()
    return codes


def use(session: Session, user_id: int, typed: str) -> bool:
    """Whether it is one of theirs; it is no longer, then. Of two who use one at once, one gets in."""
    found = RecoveryCode.digest == _digest(user_id, typed)
    gone = session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user_id, found))
    return bool(gone.rowcount)  # type: ignore[attr-defined] # SQLAlchemy types it on another class


def left(session: Session, user_id: int) -> int:
    return session.scalar(select(func.count()).where(RecoveryCode.user_id == user_id)) or 0


def _code() -> str:
    return "-".join("".join(secrets.choice(_SIGNS) for _ in range(_IN_A_GROUP)) for _ in range(_GROUPS))


def _digest(user_id: int, typed: str) -> str:
    """However it is typed: with or without hyphens and spaces, in large or small letters."""
    return digest_of(f"{user_id} {''.join(one for one in typed.casefold() if one.isalnum())}")
