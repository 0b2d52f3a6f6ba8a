"""What became of an account: written with every act on it, read by its owner and by those who look after accounts."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.domain.actor import Actor
from workflow.store.tables.access.account_event import AccountEvent

#: What an account's history says of each thing that may become of one.
TITLES = {
    "made": "Account made",
    "invited": "Invited",
    "invitation_taken": "Invitation taken up",
    "signed_in": "Signed in",
    "issuer_linked": "Signed in with the council’s own sign-in for the first time",
    "signed_out": "Signed out",
    "role_changed": "Role changed",
    "offer_role_changed": "Role in one offer changed",
    "name_changed": "Name changed",
    "address_changed": "Email address changed",
    "disabled": "Closed",
    "enabled": "Opened again",
    "password_changed": "Password changed",
    "reset_asked": "New password asked for",
    "factors_removed": "Second factors removed",
    "app_added": "Authenticator app set up",
    "app_removed": "Authenticator app removed",
    "passkey_added": "Passkey added",
    "passkey_removed": "Passkey removed",
    "codes_made": "Recovery codes made",
    "code_used": "Recovery code used",
    "session_ended": "A session ended",
    "sessions_ended": "All sessions ended",
    "device_forgotten": "A device forgotten",
    "erased": "Name and address erased",
    "guessed_at": "Wrong guesses slowed down",
}
PAGE = 50


def note(session: Session, user_id: int, name: str, by: Actor, now: datetime, **data: str | int) -> None:
    """`name` is one of `TITLES`."""
    if name not in TITLES:
        raise KeyError(name)
    session.add(AccountEvent(user_id=user_id, at=now, by=by.token, name=name, data=data))


def accounts_in(events: Iterable[AccountEvent]) -> set[int]:
    """The accounts of those by whom it was done."""
    return {number for one in events if (number := Actor.of(one.by).user_id) is not None}


def latest(session: Session, user_id: int, before: int | None = None) -> Sequence[AccountEvent]:
    """A page of it, the newest first; `before` is the number of the last that was read."""
    wanted = [AccountEvent.user_id == user_id]
    if before is not None:
        wanted.append(AccountEvent.id < before)
    return session.scalars(select(AccountEvent).where(*wanted).order_by(AccountEvent.id.desc()).limit(PAGE)).all()
