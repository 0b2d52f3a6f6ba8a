"""Somebody's address changes, and with it what they sign in with and where their letters go."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.domain.actor import Actor
from workflow.domain.email_address import email_address
from workflow.errors import BadInput, Problem
from workflow.store.tables.access.subject import Subject
from workflow.store.tables.user import User
from workflow.usecases.accounts import access_letters, account_history, members, sessions
from workflow.usecases.accounts.access_letters import Reader
from workflow.usecases.accounts.credentials.secrets import LinkMaker


def change_address(session: Session, user_id: int, email: str, *, by: Actor, now: datetime, links: LinkMaker) -> User:
    """Both addresses have a letter. Links that went to the old one no longer hold, and every session ends: whoever
    reads the old address has no way in. Raises NotFound, BadInput or NotAllowed."""
    members.may_look_after(by)
    user = members.of(session, user_id, lock=True)
    address = _free(session, user, email)
    if address == user.email:
        return user
    whose, before = Subject(user_id=user.id), user.email
    access_letters.revoke(session, whose, None, now)
    user.email = address
    sessions.end_all(session, user.id)
    for each in (before, address):
        access_letters.owe_to(session, Reader(whose, user.name, each), "address_changed", links, now)
    account_history.note(session, user.id, "address_changed", by, now)
    return user


def _free(session: Session, user: User, email: str) -> str:
    try:
        address = email_address(email)
    except ValueError as error:
        raise BadInput("The address is not changed.", (Problem("email", str(error)),)) from None
    if session.scalar(select(User.id).where(User.email == address, User.id != user.id)) is not None:
        told = f"{address} has an account already."
        raise BadInput("The address is not changed.", (Problem("email", told),))
    return address
