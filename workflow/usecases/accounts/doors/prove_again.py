"""A factor given again by somebody who is signed in: before what is sensitive, and before a password is changed."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from workflow.domain.actor import Actor
from workflow.store.session import Store
from workflow.store.tables.user import User
from workflow.usecases.accounts import account_history, devices, factors, sessions
from workflow.usecases.accounts.credentials import guesses, passwords
from workflow.usecases.accounts.credentials.guesses import Counted
from workflow.usecases.accounts.doors.sign_in import TurnedAway, Visit
from workflow.usecases.accounts.factors import Given
from workflow.usecases.accounts.sessions import SignedIn


@dataclass(frozen=True, slots=True)
class Proof:
    """What was given: a passkey's answer if there is one; else a code, where somebody has a second factor; else the
    password."""

    password: str
    code: Given
    passkey: Given | None = None


def give_again(store: Store, signed: SignedIn, given: Proof, visit: Visit) -> TurnedAway | str:
    """The session's new secret when it is right: from now on it is fresh."""
    with store.reading() as session:
        has, counts = factors.of_user(session, signed.user), _counts(session, signed.user, visit)
        if until := guesses.slowed_until(session, counts, visit.now):
            return TurnedAway(until)
        hasher = passwords.hasher_of(session)
    typed_right = not has.any and passwords.matches(hasher, signed.user.password_hash, given.password)
    with store.writing() as session:
        user = session.get_one(User, signed.user.id, with_for_update=True)
        right = (given.passkey or given.code)(session, user, visit.now) if has.any else typed_right
        if not right:
            return _turned_away(session, user, counts, visit)
        guesses.succeeded(session, counts)
        return sessions.renew(session, signed.session.id, visit.now)


def _turned_away(session: Session, user: User, counts: tuple[Counted, ...], visit: Visit) -> TurnedAway:
    if guesses.failed(session, counts, visit.now):
        account_history.note(session, user.id, "guessed_at", Actor("system"), visit.now, network=visit.place.network)
    return TurnedAway(guesses.slowed_until(session, counts, visit.now))


def _counts(session: Session, user: User, visit: Visit) -> tuple[Counted, ...]:
    device = devices.known(session, user.id, visit.device_secret, visit.now)
    return guesses.counts_of(f"again {user.id}", visit.place.network, device.secret_digest if device else None)
