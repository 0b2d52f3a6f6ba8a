"""Somebody leaves: their schools go to a colleague first, and then their account is closed, in one transaction."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.domain.actor import Actor
from workflow.domain.standing import OPEN_STANDINGS
from workflow.errors import BadInput, Conflict, Problem
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.user import User
from workflow.usecases import advisors
from workflow.usecases.accounts import members

#: So many are handed over while somebody waits for the page; more go by “Several schools”.
AT_ONCE = 200


def close(session: Session, user_id: int, *, to_email: str, actor: Actor, now: datetime) -> User:
    """`to_email` is the colleague who takes their schools over, where they have any. Raises NotFound, BadInput,
    Conflict or NotAllowed, and then nothing is done."""
    members.may_look_after(actor)
    leaving = members.of(session, user_id, lock=True)
    mine = (Engagement.advisor_id == user_id) & Engagement.standing.in_(OPEN_STANDINGS)
    numbers = session.scalars(select(Engagement.id).where(mine).order_by(Engagement.id).limit(AT_ONCE + 1)).all()
    if len(numbers) > AT_ONCE:
        raise Conflict(
            f"{leaving.name} looks after more than {AT_ONCE} schools. "
            "Let a lead advisor hand them over under “Several schools” first."
        )
    if numbers and not to_email:
        raise BadInput("The account is not closed.", (Problem("to", "Choose who takes their schools over."),))
    note = f"{leaving.name} is leaving the team, and you look after the school from now on."
    for number in numbers:
        advisors.hand_over(session, number, to_email, note=note, actor=actor, now=now)
    return members.disable(session, user_id, by=actor, now=now)
