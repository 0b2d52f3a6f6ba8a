"""A password that was forgotten, or never chosen: a link is asked for, and a password chosen by way of it."""

from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.domain.actor import Actor
from workflow.domain.email_address import as_kept
from workflow.errors import BadInput
from workflow.store.session import Store
from workflow.store.tables.access.subject import Subject
from workflow.store.tables.user import User
from workflow.usecases.accounts import access_letters, account_history, own
from workflow.usecases.accounts.credentials import guesses, passwords
from workflow.usecases.accounts.credentials.secrets import LinkMaker
from workflow.usecases.accounts.doors import sign_in
from workflow.usecases.accounts.doors.same_time import for_nothing
from workflow.usecases.accounts.doors.sign_in import ComeIn, HalfWay, Visit
from workflow.usecases.accounts.policy import AccessPolicy

_OPEN = select(User).where(User.disabled_at.is_(None))


def ask(store: Store, address: str, links: LinkMaker, visit: Visit) -> None:
    """Whoever asks learns nothing by it: not whether there is such an account, and not whether they asked too often."""
    counts = guesses.askings_of(visit.place.network)
    with store.writing() as session:
        if guesses.slowed_until(session, counts, visit.now):
            return
        guesses.failed(session, counts, visit.now)
        user = session.scalar(_OPEN.where(User.email == as_kept(address)))
        if user is not None:
            _owe(session, user, links, visit)
        elif (somebody := session.scalar(_OPEN.order_by(User.id).limit(1))) is not None:
            with for_nothing(session):
                _owe(session, somebody, links, visit)


def _owe(session: Session, user: User, links: LinkMaker, visit: Visit) -> None:
    if access_letters.is_on_its_way(session, Subject(user_id=user.id), "new_password", visit.now):
        return
    access_letters.owe(session, user, "new_password", links, visit.now)
    account_history.note(session, user.id, "reset_asked", Actor("system"), visit.now, network=visit.place.network)


class Chosen(NamedTuple):
    """A password, and the secret of the link by way of which it was chosen."""

    secret: str
    password: str


def choose(store: Store, chosen: Chosen, links: LinkMaker, visit: Visit, policy: AccessPolicy) -> HalfWay | ComeIn:
    """The password by way of the link, which is used up: every session ends, and a second factor is still asked for.
    Raises NotFound, or BadInput while the link stays as it is."""
    with store.reading() as session:
        hasher = passwords.hasher_of(session)
        _, user = access_letters.holder(session, chosen.secret, visit.now)
    if problems := passwords.problems_with(chosen.password, (user.email, user.name)):
        raise BadInput("The password is not taken.", tuple(problems))
    hashed = passwords.hashed(hasher, chosen.password)
    with store.writing() as session:
        letter, user = access_letters.use(session, chosen.secret, visit.now)
        by = Actor(user.role, user.id)
        user.password_hash = hashed
        name = "invitation_taken" if letter.purpose == "invitation" else "password_changed"
        account_history.note(session, user.id, name, by, visit.now)
        own.sign_out_everywhere(session, user, by, visit.now)
        if letter.purpose != "invitation":
            access_letters.owe(session, user, "password_changed", links, visit.now)
        return sign_in.after_password(session, user, visit, policy)
