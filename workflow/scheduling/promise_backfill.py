"""Clocks for engagements that were under way before the record kept whose turn it is. Run after an upgrade."""

from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from workflow import engine
from workflow.domain.actor import SYSTEM
from workflow.engine.calendars import calendar_of
from workflow.engine.catalogue import offers_of
from workflow.engine.promises import turn
from workflow.store import setbacks
from workflow.store.cases import lock_case
from workflow.store.record import holds
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.promise import PromiseRow


def start_clocks(session: Session, now: datetime) -> int:
    """Opens the promise in force of every active engagement that has none, from now on. Returns how many.

    One of which it cannot be worked out is set aside, and left as it is.
    """
    opened = exists().where(PromiseRow.engagement_id == Engagement.id, holds(PromiseRow.status, "open"))
    waiting = (
        select(Engagement.id, Engagement.reference)
        .where(Engagement.standing == "active", ~opened)
        .order_by(Engagement.id)
    )
    return sum(
        _started(session, engagement_id, reference, now) for engagement_id, reference in session.execute(waiting).all()
    )


def _started(session: Session, engagement_id: int, reference: str, now: datetime) -> bool:
    with setbacks.aside(session, engagement_id, reference, now):
        return _start(session, engagement_id, now)
    return False


def _start(session: Session, engagement_id: int, now: datetime) -> bool:
    case = lock_case(session, engagement_id)
    offer = offers_of(session).machine(*case.offer).offer
    if turn(offer, calendar_of(session, offer, case), case.stage, case.facts, case.promises, now=now) is None:
        return False
    engine.record(session, case, "clocks_started", actor=SYSTEM, now=now)
    return True
