"""Who works here: their accounts and passwords, looked up and listed, and whether somebody may sign in."""

import unicodedata
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache

from argon2 import PasswordHasher, profiles
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.domain.actor import ADVISING_ROLES, COUNCIL_ROLES, Actor
from workflow.domain.email_address import as_kept, email_address
from workflow.english import listed
from workflow.errors import BadInput, NotFound, Problem
from workflow.sanitise import line
from workflow.store.session import Store
from workflow.store.tables.user import User


def everyone(session: Session) -> Sequence[User]:
    return session.scalars(select(User).order_by(User.role, User.email)).all()


def advisors(session: Session) -> Sequence[User]:
    """Those who may look after a school, by name."""
    return session.scalars(select(User).where(User.role.in_(ADVISING_ROLES)).order_by(User.name)).all()


def actor(session: Session, email: str) -> Actor:
    """Raises NotFound for an address without an account."""
    user = session.scalar(select(User).where(User.email == as_kept(email)))
    if user is None:
        raise NotFound(f"Nobody with the address {email} has an account. “recognition user list” shows who has.")
    return Actor(user.role, user.id)


PASSWORD_MINIMUM = 12
PASSWORD_MAXIMUM = 256
NAME_LIMIT = 120
#: Wrong passwords in a row before an account is locked: for a minute, then twice as long each time, up to an hour.
FAILURES_ALLOWED = 5
FIRST_LOCK = timedelta(minutes=1)
LONGEST_LOCK = timedelta(hours=1)
#: The library's own parameters are the ones a record is opened with unless it says otherwise; tests open theirs with
#: the least, and whoever signs in to a record that was made so is hashed anew at the usual cost.
_HASHERS = {"usual": PasswordHasher(), "least": PasswordHasher.from_parameters(profiles.CHEAPEST)}


def add_user(session: Session, email: str, *, name: str, role: str, password: str, now: datetime) -> User:
    """A new account. Raises BadInput with everything that is wrong."""
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
    problems += _role_problems(role) + _password_problems(password)
    if address and _user(session, address):
        problems.append(Problem("email", f"{address} has an account already."))
    if problems:
        raise BadInput("This account cannot be made.", tuple(problems))
    user = User(
        email=address,
        name=tidy_name,
        role=role,
        password_hash=_hash(session, password),
        failures=0,
        locked_until=None,
        created_at=now,
    )
    session.add(user)
    session.flush()
    return user


def sign_in(store: Store, email: str, password: str, now: datetime) -> User | None:
    """The user, or None: wrong password, no such account and locked account are one answer.

    Tries while an account is locked are not counted, so nobody can keep a colleague out for longer by trying on. To
    check a password takes long on purpose, so nothing is locked and no connection is held meanwhile.
    """
    with store.reading() as session:
        hasher, user = _hasher(session), _known(session, email)
    known = user.password_hash if user else _nobody(hasher)
    right = _matches(hasher, known, password)
    if user is None:
        return None
    better = hasher.hash(_composed(password)) if right and hasher.check_needs_rehash(known) else known
    with store.writing() as session:
        return _judged(session, user.id, (known, better), now, right=right)


def _judged(session: Session, number: int, hashes: tuple[str, str], now: datetime, *, right: bool) -> User | None:
    """The row is locked, so that tries made at the same moment are all counted. A password that was changed since it
    was checked was not the right one."""
    user = session.get_one(User, number, with_for_update=True)
    if user.locked_until is not None and user.locked_until > now:
        return None
    known, better = hashes
    if not right or user.password_hash != known:
        _count_failure(user, now)
        return None
    user.failures, user.locked_until, user.password_hash = 0, None, better
    return user


def actor_of(user: User) -> Actor:
    return Actor(user.role, user.id)


def _hasher(session: Session) -> PasswordHasher:
    return _HASHERS[session.info.get("hash_cost", "usual")]


@cache
def _nobody(hasher: PasswordHasher) -> str:
    """The hash of a password nobody has: what an unknown address is checked against, to take as long as a known one."""
    return hasher.hash("no such person works here")


def _known(session: Session, email: str) -> User | None:
    return _user(session, as_kept(email))


def _user(session: Session, address: str) -> User | None:
    return session.scalar(select(User).where(User.email == address))


def _count_failure(user: User, now: datetime) -> None:
    user.failures += 1
    if user.failures >= FAILURES_ALLOWED:
        doubled = min(user.failures - FAILURES_ALLOWED, 10)
        user.locked_until = now + min(FIRST_LOCK * 2**doubled, LONGEST_LOCK)


def _role_problems(role: str) -> list[Problem]:
    if role in COUNCIL_ROLES:
        return []
    return [Problem("role", f"“{role}” is not a role; choose {listed(list(COUNCIL_ROLES), 'or')}.")]


def _password_problems(password: str) -> list[Problem]:
    if PASSWORD_MINIMUM <= len(password) <= PASSWORD_MAXIMUM:
        return []
    return [Problem("password", f"must have {PASSWORD_MINIMUM} to {PASSWORD_MAXIMUM} characters.")]


def _hash(session: Session, password: str) -> str:
    return _hasher(session).hash(_composed(password))


def _matches(hasher: PasswordHasher, known: str, password: str) -> bool:
    try:
        return hasher.verify(known, _composed(password[:PASSWORD_MAXIMUM]))
    except (VerificationError, InvalidHashError):
        return False


def _composed(password: str) -> str:
    """The same password from every keyboard: “é” typed as one character or as two."""
    return unicodedata.normalize("NFKC", password)
