"""Timers that have come due. Zero, one or five sweeps at once are all correct: each timer is settled once."""

from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, select, update
from sqlalchemy.orm import Session

from workflow import engine
from workflow.actor import SYSTEM
from workflow.definition import Timer
from workflow.errors import Refused
from workflow.guards import judge
from workflow.offers import offers_of
from workflow.store.facts import Case, lock_case
from workflow.store.session import Store
from workflow.store.timer import ArmedTimer

_SWEEP = 500


def sweep(store: Store, now: datetime) -> int:
    """Settles every timer that is due, each in its own transaction. Returns how many this sweep settled."""
    settled = 0
    while due := _due(store, now):
        settled += sum(_settle(store, timer, now) for timer in due)
    return settled


def _due(store: Store, now: datetime) -> list[ArmedTimer]:
    with store.reading() as session:
        query = select(ArmedTimer).where(ArmedTimer.status == "armed", ArmedTimer.due_at <= now)
        return list(session.scalars(query.order_by(ArmedTimer.due_at, ArmedTimer.id).limit(_SWEEP)))


def _settle(store: Store, timer: ArmedTimer, now: datetime) -> bool:
    """The engagement is locked first, as everywhere, so a sweep and a click cannot wait for each other."""
    with store.writing() as session:
        case = lock_case(session, timer.engagement_id)
        declared = offers_of(session).machine(*case.offer).offer.timer.get(timer.name)
        status = "fired" if declared and _still_meant(case, timer, declared) else "passed"
        taken = session.execute(
            update(ArmedTimer)
            .where(ArmedTimer.id == timer.id, ArmedTimer.status == "armed", ArmedTimer.due_at <= now)
            .values(status=status, settled_at=now)
            .execution_options(synchronize_session=False)
        )
        won = cast("CursorResult[Any]", taken).rowcount == 1
        if won and declared and status == "fired":
            _act(session, case.id, declared, now)
        return won


def _still_meant(case: Case, timer: ArmedTimer, declared: Timer) -> bool:
    here = case.stage == timer.stage and case.standing == "active"
    return here and not (declared.unless and judge(case.facts, declared.unless) is None)


def _act(session: Session, engagement_id: int, timer: Timer, now: datetime) -> None:
    if timer.effects:
        engine.time_came(session, engagement_id, timer.name, timer.effects, now=now)
    if timer.trigger:
        try:
            engine.advance(session, engagement_id, timer.trigger, actor=SYSTEM, now=now)
        except Refused:
            # The guards say that the reason has gone. `advance` wrote nothing, and the timer counts as settled.
            return
