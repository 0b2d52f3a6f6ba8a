"""What promises lack that were made before the record kept it: whose turn it is, and what they are called.

Run after an upgrade.
"""

from datetime import datetime

from sqlalchemy import exists, select, update
from sqlalchemy.orm import Session

from workflow import engine
from workflow.domain.actor import SYSTEM
from workflow.engine.calendars import calendar_of
from workflow.engine.catalogue import offers_of
from workflow.engine.promises import turn
from workflow.store.cases import lock_case
from workflow.store.health import setbacks
from workflow.store.record import holds
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.promise import PromiseRow


def start_clocks(session: Session, now: datetime) -> int:
    """Opens the promise in force of every active engagement that has none, from now on. Returns how many.

    One of which it cannot be worked out is set aside, and left as it is.
    """
    _name(session)
    opened = exists().where(PromiseRow.engagement_id == Engagement.id, holds(PromiseRow.status, "open"))
    waiting = (
        select(Engagement.id, Engagement.reference)
        .where(Engagement.standing == "active", ~opened)
        .order_by(Engagement.id)
    )
    return sum(
        _started(session, engagement_id, reference, now) for engagement_id, reference in session.execute(waiting).all()
    )


def _name(session: Session) -> None:
    """Promises used to be known by their words. Where these were corrected since, one of the same owner is meant."""
    for offer in offers_of(session):
        own = (Engagement.offer_code == offer.offer.code) & (Engagement.offer_version == offer.offer.version)
        nameless = (PromiseRow.name == "") & PromiseRow.engagement_id.in_(select(Engagement.id).where(own))
        called = [
            (stage.name, name, one) for stage in offer.stages for name, one in offer.promises_at[stage.name].items()
        ]
        said = [(stage, name, PromiseRow.what == one.to) for stage, name, one in called]
        meant = [(stage, name, PromiseRow.owner == one.owner) for stage, name, one in called]
        for stage, name, same in (*said, *meant):
            named = update(PromiseRow).where(nameless, PromiseRow.stage == stage, same).values(name=name)
            session.execute(named.execution_options(synchronize_session=False))


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
