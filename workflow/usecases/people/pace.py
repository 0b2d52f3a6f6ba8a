"""How much a school changes about its people by itself within a day: each change may write to a new address."""

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflow.domain.actor import Actor
from workflow.errors import Conflict
from workflow.store.tables.event import Event

A_DAY = 20
_DAY = timedelta(days=1)
_CHANGES = ("participant_corrected", "participant_withdrawn")


def agree_few(session: Session, engagement_id: int, actor: Actor, now: datetime) -> None:
    """Raises Conflict for a school that has changed more than any school needs to."""
    if actor.role != "school_lead":
        return
    mine = (Event.engagement_id == engagement_id) & (Event.actor == actor.token) & (Event.at > now - _DAY)
    done = session.scalar(select(func.count()).select_from(Event).where(mine, Event.name.in_(_CHANGES))) or 0
    if done >= A_DAY:
        raise Conflict("Enough has been changed for one day. Ask your advisor to do the rest.")
