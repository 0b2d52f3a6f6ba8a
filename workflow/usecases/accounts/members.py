"""Who has an account: made, given another role, closed and opened again. Every act is written into its history."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from workflow.domain.actor import ACCOUNT_ROLES, ADVISING_ROLES, COUNCIL_ROLES, SYSTEM, Actor
from workflow.domain.email_address import as_kept, email_address
from workflow.domain.standing import OPEN_STANDINGS
from workflow.english import count_of, listed
from workflow.errors import BadInput, Conflict, NotAllowed, NotFound, Problem
from workflow.sanitise import line
from workflow.store.tables.access.offer_role import OfferRole
from workflow.store.tables.access.subject import Subject
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.user import User
from workflow.usecases.accounts import access_letters, account_history, devices, own, sessions
from workflow.usecases.accounts.credentials import passwords
from workflow.usecases.accounts.credentials.secrets import LinkMaker

NAME_LIMIT = 120
#: Who looks after accounts; and the console, which whoever runs the installation uses.
_LOOK_AFTER = ("admin", "system")
PAGE = 50


def add(
    session: Session,
    email: str,
    *,
    name: str,
    role: str,
    now: datetime,
    password: str | None = None,
    by: Actor = SYSTEM,
) -> User:
    """A new account; without a password, one that nobody can sign in with yet. Raises BadInput with all that is wrong,
    or NotAllowed."""
    may_look_after(by)
    address, tidy_name, problems = _person(session, email, name)
    problems += _role_problems(role)
    if password is not None:
        problems += passwords.problems_with(password, (email, name))
    if problems:
        raise BadInput("This account cannot be made.", tuple(problems))
    hasher = passwords.hasher_of(session)
    user = User(
        email=address,
        name=tidy_name,
        role=role,
        password_hash="" if password is None else passwords.hashed(hasher, password),
        created_at=now,
        disabled_at=None,
        signed_in_at=None,
    )
    session.add(user)
    session.flush()
    account_history.note(session, user.id, "made", by, now, role=role)
    return user


def invite(session: Session, email: str, *, name: str, role: str, by: Actor, now: datetime, links: LinkMaker) -> User:
    """A new account whose owner is sent a link, and chooses a password by way of it. Raises as `add` does."""
    user = add(session, email, name=name, role=role, now=now, by=by)
    invite_again(session, user.id, by=by, now=now, links=links)
    return user


def invite_again(session: Session, user_id: int, *, by: Actor, now: datetime, links: LinkMaker) -> User:
    """Another letter; the link in the one before no longer holds. Raises NotFound, Conflict or NotAllowed."""
    may_look_after(by)
    user = of(session, user_id, lock=True)
    if user.password_hash or user.disabled_at is not None:
        raise Conflict(f"{user.name} has taken up an invitation already, or their account is closed.")
    access_letters.agree_not_on_its_way(session, Subject(user_id=user.id), user.name, "invitation", now)
    access_letters.owe(session, user, "invitation", links, now)
    account_history.note(session, user.id, "invited", by, now)
    return user


def change(
    session: Session, user_id: int, *, by: Actor, now: datetime, role: str | None = None, name: str | None = None
) -> User:
    """Another role or name. A new role ends all sessions: what is open on a screen was shown to the old one. Raises
    NotFound, BadInput, Conflict or NotAllowed."""
    may_look_after(by)
    user = of(session, user_id, lock=True)
    if name is not None and name != user.name:
        user.name = _tidy(name)
        account_history.note(session, user.id, "name_changed", by, now)
    if role is None or role == user.role:
        return user
    if problems := _role_problems(role):
        raise BadInput("The role is not changed.", tuple(problems))
    _not_oneself(by, user, "You cannot change your own role; ask another administrator.")
    _somebody_is_left(session, user, role)
    if role not in ADVISING_ROLES:
        _has_no_schools(session, user, f"become {Actor(role).title}")
    account_history.note(session, user.id, "role_changed", by, now, before=user.role, after=role)
    user.role = role
    if role not in COUNCIL_ROLES:
        session.execute(delete(OfferRole).where(OfferRole.user_id == user.id))
    sessions.end_all(session, user.id)
    return user


def disable(session: Session, user_id: int, *, by: Actor, now: datetime) -> User:
    """Nobody signs in with it any more, and whatever was open is shut with the next request. Their schools have to be
    with somebody else first. Raises NotFound, Conflict or NotAllowed."""
    may_look_after(by)
    user = of(session, user_id, lock=True)
    _not_oneself(by, user, "You cannot close your own account; ask another administrator.")
    if user.disabled_at is not None:
        raise Conflict(f"The account of {user.name} is closed already.")
    _somebody_is_left(session, user, None)
    _has_no_schools(session, user, "leave")
    user.disabled_at = now
    sessions.end_all(session, user.id)
    devices.forget_all(session, user.id)
    access_letters.revoke(session, Subject(user_id=user.id), None, now)
    account_history.note(session, user.id, "disabled", by, now)
    return user


def enable(session: Session, user_id: int, *, by: Actor, now: datetime) -> User:
    """It is open again, with the password and factors that it had. Raises NotFound, Conflict or NotAllowed."""
    may_look_after(by)
    user = of(session, user_id, lock=True)
    if user.disabled_at is None:
        raise Conflict(f"The account of {user.name} is open already.")
    user.disabled_at = None
    account_history.note(session, user.id, "enabled", by, now)
    return user


def reset(
    session: Session, user_id: int, *, by: Actor, now: datetime, links: LinkMaker, password: str | None = None
) -> User:
    """No second factor until they set one up, and no password until they ask for a link and choose one, unless one is
    given. They are told by a letter. Raises NotFound, BadInput or NotAllowed."""
    may_look_after(by)
    user = of(session, user_id, lock=True)
    _not_oneself(by, user, "Change your own under “Signing in”, or ask another administrator.")
    if password is not None and (problems := passwords.problems_with(password, (user.email, user.name))):
        raise BadInput("The password is not changed.", tuple(problems))
    hasher = passwords.hasher_of(session)
    user.password_hash = "" if password is None else passwords.hashed(hasher, password)
    account_history.note(session, user.id, "password_changed", by, now)
    own.remove_factors(session, user, by, now)
    own.sign_out_everywhere(session, user, by, now)
    access_letters.owe(session, user, "factors_removed", links, now)
    return user


def of(session: Session, user_id: int, *, lock: bool = False) -> User:
    """Raises NotFound."""
    user = session.get(User, user_id, with_for_update=lock or None)
    if user is None:
        raise NotFound("There is no such account. “People” lists them all.")
    return user


def by_address(session: Session, email: str) -> User:
    """Raises NotFound."""
    user = session.scalar(select(User).where(User.email == as_kept(email)))
    if user is None:
        raise NotFound(f"Nobody with the address {email} has an account. “recognition user list” shows who has.")
    return user


def everyone(session: Session) -> Sequence[User]:
    """By name, closed accounts among them."""
    return session.scalars(select(User).order_by(User.name, User.id)).all()


def page(session: Session, after: tuple[str, int] | None = None) -> Sequence[User]:
    """A page of accounts by name; `after` are the name and number of the last that was read."""
    wanted = [] if after is None else [(User.name > after[0]) | ((User.name == after[0]) & (User.id > after[1]))]
    return session.scalars(select(User).where(*wanted).order_by(User.name, User.id).limit(PAGE + 1)).all()


def schools_of(session: Session, user_id: int) -> int:
    """How many engagements somebody looks after that are not at an end."""
    own = (Engagement.advisor_id == user_id) & Engagement.standing.in_(OPEN_STANDINGS)
    return session.scalar(select(func.count()).select_from(Engagement).where(own)) or 0


def may_look_after(by: Actor) -> None:
    """Raises NotAllowed."""
    if by.role not in _LOOK_AFTER:
        raise NotAllowed(f"Accounts are looked after by an administrator; you act as {by.title}.")


def _not_oneself(by: Actor, user: User, sentence: str) -> None:
    if by.user_id == user.id:
        raise Conflict(sentence)


def _somebody_is_left(session: Session, user: User, role: str | None) -> None:
    """Whoever looks after accounts is never the last to go, as nobody could let them in again."""
    if user.role != "admin" or role == "admin":
        return
    others = (User.role == "admin") & (User.id != user.id) & User.disabled_at.is_(None)
    if session.scalar(select(User.id).where(others).with_for_update().limit(1)) is None:
        raise Conflict(f"{user.name} is the only administrator. Make somebody else one first.")


def _has_no_schools(session: Session, user: User, what: str) -> None:
    if schools := schools_of(session, user.id):
        raise Conflict(
            f"{user.name} looks after {count_of(schools, 'school')}. Hand them over first; then they can {what}."
        )


def _person(session: Session, email: str, name: str) -> tuple[str, str, list[Problem]]:
    problems: list[Problem] = []
    address = tidy_name = ""
    try:
        address = email_address(email)
    except ValueError as error:
        problems.append(Problem("email", str(error)))
    try:
        tidy_name = line(name, "The name", NAME_LIMIT)
    except ValueError as error:
        problems.append(Problem("name", str(error)))
    if address and session.scalar(select(User.id).where(User.email == address)):
        problems.append(Problem("email", f"{address} has an account already."))
    return address, tidy_name, problems


def _tidy(name: str) -> str:
    try:
        return line(name, "The name", NAME_LIMIT)
    except ValueError as error:
        raise BadInput("The name is not changed.", (Problem("name", str(error)),)) from None


def _role_problems(role: str) -> list[Problem]:
    if role in ACCOUNT_ROLES:
        return []
    return [Problem("role", f"“{role}” is not a role; choose {listed(list(ACCOUNT_ROLES), 'or')}.")]
