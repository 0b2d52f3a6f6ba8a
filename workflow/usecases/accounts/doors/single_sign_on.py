"""In by the council's own issuer: whoever it says somebody is has an account here, with the role of their groups.

The issuer has asked for its own factors, so no other is asked for here. It may have done so hours ago: what is
sensitive goes by the time that it says.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.domain.actor import SYSTEM
from workflow.domain.email_address import as_kept
from workflow.errors import NotAllowed
from workflow.store.tables.user import User
from workflow.usecases.accounts import account_history, members, sessions
from workflow.usecases.accounts.doors.sign_in import ComeIn, Visit, come_in
from workflow.usecases.accounts.policy import AccessPolicy

_NO_ROLE = (
    "The council's sign-in knows you, and none of your groups has a role here. "
    "Ask the people who look after accounts to add you to one."
)
_NO_ACCOUNT = "The council's sign-in knows you, and you have no account here. Ask the people who look after accounts."
_CLOSED = "Your account here is closed. Ask the people who look after accounts."


@dataclass(frozen=True, slots=True)
class Somebody:
    """Whom the issuer knows: `subject` is its address and their number there, which never changes. `proved_at` is when
    they gave it a factor, as far as it says so."""

    subject: str
    email: str
    name: str
    groups: Sequence[str]
    proved_at: datetime | None = None


def enter(session: Session, who: Somebody, roles: Mapping[str, str], visit: Visit, policy: AccessPolicy) -> ComeIn:
    """`roles` are by group; the first that somebody has counts. Without any, accounts and roles are made here.

    Raises NotAllowed with what to do.
    """
    user, role = _known(session, who), _role_of(who, roles)
    if user is not None and user.disabled_at is not None:
        raise NotAllowed(_CLOSED)
    if roles and role is None:
        raise NotAllowed(_NO_ROLE)
    if user is None:
        user = _newcomer(session, who, role, visit)
    if user.subject is None:
        user.subject = who.subject
        account_history.note(session, user.id, "issuer_linked", SYSTEM, visit.now)
    if role is not None and role != user.role:
        members.change(session, user.id, by=SYSTEM, now=visit.now, role=role)
    came = come_in(session, user, visit, policy)
    sessions.was_proved(session, came.secret, min(who.proved_at or visit.now - policy.fresh, visit.now))
    return came


def _known(session: Session, who: Somebody) -> User | None:
    """By their number there; or by the address, for somebody who has never come this way."""
    found = session.scalar(select(User).where(User.subject == who.subject).with_for_update())
    if found is not None:
        return found
    same = (User.email == as_kept(who.email)) & User.subject.is_(None)
    return session.scalar(select(User).where(same).with_for_update())


def _newcomer(session: Session, who: Somebody, role: str | None, visit: Visit) -> User:
    if role is None:
        raise NotAllowed(_NO_ACCOUNT)
    return members.add(session, who.email, name=who.name or who.email, role=role, now=visit.now)


def _role_of(who: Somebody, roles: Mapping[str, str]) -> str | None:
    return next((role for group, role in roles.items() if group in who.groups), None)
