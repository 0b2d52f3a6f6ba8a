"""Advisors: who looks after a school, and how a school passes from one to another."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow import engine
from workflow.actor import ADVISING_ROLES, Actor
from workflow.change import Change
from workflow.effects import Effect
from workflow.errors import BadInput, Conflict, NotAllowed
from workflow.inputs import NOTE_LIMIT
from workflow.offers import offers_of
from workflow.store.engagement import Engagement
from workflow.store.user import User
from workflow.text import block

_ANY_CASE = ("lead_advisor", "system")


def hand_over(session: Session, engagement_id: int, to_email: str, *, note: str, actor: Actor, now: datetime) -> User:
    """Somebody else looks after the school from now on. The note tells them what they should know.

    Raises NotAllowed, BadInput, NotFound, or Conflict when the school is theirs already.
    """
    case = engine.open_case(session, engagement_id)
    engagement = session.get_one(Engagement, engagement_id)
    if actor.role not in _ANY_CASE and engagement.advisor_id != actor.user_id:
        raise NotAllowed("A school is handed over by its own advisor or by a lead advisor.")
    to, text = _advisor(session, to_email), _note(note)
    if engagement.advisor_id == to.id:
        raise Conflict(f"{case.reference} is with {to.name} already.")
    before, engagement.advisor_id = engagement.advisor_id, to.id
    emails = offers_of(session).machine(*case.offer).offer.policy.handover

    def owe(change: Change, seq: int) -> None:
        change.owe((Effect("email", name) for name in emails), seq)

    data = {"from": before, "to": to.id}
    engine.record(session, case, "handed_over", actor=actor, now=now, data=data, note=text, owe=owe)
    return to


def _advisor(session: Session, email: str) -> User:
    found = session.scalar(select(User).where(User.email == email.strip().lower(), User.role.in_(ADVISING_ROLES)))
    if found is None:
        raise BadInput(f"{email} is no advisor. “recognition user list” shows who is.")
    return found


def _note(text: str) -> str:
    try:
        return block(text, "The note", NOTE_LIMIT)
    except ValueError as error:
        raise BadInput(f"{error} Say what whoever takes over should know.") from None
