"""Signing in, one step after the other: the password, then a second factor where the policy or its owner asks for one.

A wrong password, an address without an account and an account that is closed are one answer, and take the same time.
Nothing is locked while a password is checked.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.domain.actor import Actor
from workflow.domain.email_address import as_kept
from workflow.store.session import Store
from workflow.store.tables.access.session import KnownDevice
from workflow.store.tables.access.subject import Subject
from workflow.store.tables.user import User
from workflow.usecases.accounts import account_history, devices, factors, sessions
from workflow.usecases.accounts.credentials import guesses, passwords
from workflow.usecases.accounts.credentials.guesses import Counted
from workflow.usecases.accounts.factors import Factors
from workflow.usecases.accounts.policy import AccessPolicy
from workflow.usecases.accounts.sessions import Place


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody at the door: from where, with which device's secret if any, and when."""

    place: Place
    device_secret: str | None
    now: datetime


@dataclass(frozen=True, slots=True)
class TurnedAway:
    """`until` is when the next guess is looked at, where guesses are slowed down."""

    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class HalfWay:
    """The password was right, and the second factor is still to come. `secret` is the half session's; `has` says which
    factors there are, where there are any."""

    secret: str
    has: Factors


@dataclass(frozen=True, slots=True)
class ComeIn:
    """`secret` is the session's, `device_secret` that of the device, which is known from now on."""

    user: User
    secret: str
    device_secret: str | None


def with_password(
    store: Store, address: str, password: str, visit: Visit, policy: AccessPolicy
) -> TurnedAway | HalfWay | ComeIn:
    """The first step, and the only one on a remembered device."""
    kept = as_kept(address)
    with store.reading() as session:
        hasher, user = passwords.hasher_of(session), _user(session, kept)
        counts = _counts(session, user, kept, visit)
        if until := guesses.slowed_until(session, counts, visit.now):
            return TurnedAway(until)
    known = user.password_hash if user and user.disabled_at is None else ""
    right = passwords.matches(hasher, known, password)
    better = passwords.hashed(hasher, password) if right and hasher.check_needs_rehash(known) else known
    with store.writing() as session:
        if until := guesses.slowed_until(session, counts, visit.now):
            return TurnedAway(until)
        held = session.get(User, user.id, with_for_update=True) if user and right else None
        if held is None or held.password_hash != known or held.disabled_at is not None:
            return _turned_away(session, user, counts, visit)
        held.password_hash = better
        guesses.succeeded(session, counts)
        return after_password(session, held, visit, policy)


def second_factor(
    session: Session, user: User, given: factors.Given, visit: Visit, policy: AccessPolicy, *, remember: bool
) -> TurnedAway | ComeIn:
    """The second step, in a transaction of the caller's that holds the user's row. `given` says whether it is right."""
    counts = _counts(session, user, f"second factor {user.id}", visit)
    if until := guesses.slowed_until(session, counts, visit.now):
        return TurnedAway(until)
    if not given(session, user, visit.now):
        return _turned_away(session, user, counts, visit)
    guesses.succeeded(session, counts)
    return come_in(session, user, visit, policy, remember=remember)


def come_in(session: Session, user: User, visit: Visit, policy: AccessPolicy, *, remember: bool = False) -> ComeIn:
    """A whole session, on a device that is known from now on."""
    device = devices.known(session, user.id, visit.device_secret, visit.now)
    secret = visit.device_secret
    if device is None:
        secret = devices.get_to_know(session, user.id, visit.place.device, policy, visit.now)
        device = devices.known(session, user.id, secret, visit.now)
    if device is not None:
        devices.used(device, policy, visit.now)
        if remember:
            devices.remember(device, policy, visit.now)
    user.signed_in_at = visit.now
    account_history.note(session, user.id, "signed_in", Actor(user.role, user.id), visit.now)
    whose = Subject(user_id=user.id)
    begun = sessions.begin(session, whose, visit.place, now=visit.now, until=visit.now + policy.absolute)
    return ComeIn(user, begun, secret)


def after_password(session: Session, user: User, visit: Visit, policy: AccessPolicy) -> HalfWay | ComeIn:
    """What is still asked of somebody whose password is right, in a transaction of the caller's."""
    has = factors.of_user(session, user)
    asked = user.role in policy.second_factor or has.any
    if not asked or devices.is_remembered(_device(session, user, visit), visit.now):
        return come_in(session, user, visit, policy)
    return HalfWay(sessions.begin_second_step(session, user.id, visit.place, visit.now), has)


def _turned_away(session: Session, user: User | None, counts: tuple[Counted, ...], visit: Visit) -> TurnedAway:
    """Where guesses begin to be slowed down, the account's owner finds it in its history."""
    if guesses.failed(session, counts, visit.now) and user is not None:
        account_history.note(session, user.id, "guessed_at", Actor("system"), visit.now, network=visit.place.network)
    return TurnedAway(guesses.slowed_until(session, counts, visit.now))


def _counts(session: Session, user: User | None, address: str, visit: Visit) -> tuple[Counted, ...]:
    device = _device(session, user, visit) if user else None
    return guesses.counts_of(address, visit.place.network, device.secret_digest if device else None)


def _device(session: Session, user: User, visit: Visit) -> KnownDevice | None:
    return devices.known(session, user.id, visit.device_secret, visit.now)


def _user(session: Session, address: str) -> User | None:
    return session.scalar(select(User).where(User.email == address))
