"""Advisors: who looks after a school, and how a school passes from one to another."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow import engine
from workflow.domain.actor import ADVISING_ROLES, COUNCIL_ROLES, Actor
from workflow.domain.effects import Effect
from workflow.domain.email_address import as_kept
from workflow.domain.happening import Owes
from workflow.engine.catalogue import offers_of
from workflow.engine.trigger_inputs import NOTE_LIMIT
from workflow.errors import BadInput, Conflict, NotAllowed, NotFound
from workflow.sanitise import block
from workflow.store.tables.access.offer_role import role_in
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.user import User

_ANY_CASE = ("lead_advisor", "admin", "system")


def hand_over(session: Session, engagement_id: int, to_email: str, *, note: str, actor: Actor, now: datetime) -> User:
    """Somebody else looks after the school from now on. The note tells them what they should know.

    Raises NotAllowed, BadInput, NotFound, or Conflict when the school is theirs already.
    """
    case = engine.open_case(session, engagement_id)
    engagement = session.get_one(Engagement, engagement_id)
    if actor.role not in _ANY_CASE and engagement.advisor_id != actor.user_id:
        raise NotAllowed("A school is handed over by its own advisor or by a lead advisor.")
    to, text = _advisor(session, to_email, case.offer), _note(note)
    if engagement.advisor_id == to.id:
        raise Conflict(f"{case.reference} is with {to.name} already.")
    before, engagement.advisor_id = engagement.advisor_id, to.id
    emails = offers_of(session).machine(*case.offer).offer.policy.handover
    owes = [Owes(Effect("email", name)) for name in emails]
    data = {"from": before, "to": to.id}
    engine.record(session, case, "handed_over", actor=actor, now=now, data=data, note=text, owes=owes)
    return to


def _advisor(session: Session, email: str, offer: tuple[str, str]) -> User:
    query = select(User, role_in(offer[0])).where(User.email == as_kept(email), User.disabled_at.is_(None))
    found = session.execute(query).one_or_none()
    if found is None:
        raise BadInput(f"{email} is no advisor. “recognition user list” shows who is.")
    user, role = found
    if role not in ADVISING_ROLES:
        there = f" in the offer “{offer[0]}”" if user.role in ADVISING_ROLES else ""
        raise BadInput(f"{email} is no advisor{there}. “recognition user list” shows who is.")
    return user


def _note(text: str) -> str:
    try:
        return block(text, "The note", NOTE_LIMIT)
    except ValueError as error:
        raise BadInput(f"{error} Say what whoever takes over should know.") from None


def write_to_school(session: Session, engagement_id: int, text: str, *, actor: Actor, now: datetime) -> None:
    """Owes the school lead an email with this text. Raises NotAllowed, BadInput, NotFound or Conflict."""
    case = engine.open_case(session, engagement_id)
    if actor.role not in COUNCIL_ROLES:
        raise NotAllowed(f"Messages to schools are written at the council; you act as {actor.title}.")
    name = offers_of(session).machine(*case.offer).offer.policy.message
    if name is None:
        raise NotFound("This offer has no email for messages. Its page can name one: message, under [policy].")
    try:
        note = block(text, "The message", NOTE_LIMIT)
    except ValueError as error:
        raise BadInput(str(error)) from None
    owes = [Owes(Effect("email", name))]
    engine.record(session, case, "message_written", actor=actor, now=now, note=note, owes=owes)
