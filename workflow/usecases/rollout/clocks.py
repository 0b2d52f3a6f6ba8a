"""Clocks of an engagement that goes on under another version, written: the engine says what becomes of them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from workflow.domain.change import NewPromise
from workflow.domain.facts import PromiseFact
from workflow.engine.versions.carried import Carried, Known, Move, goes_on
from workflow.offer.definition import Offer
from workflow.offer.versions.names import Renamed
from workflow.store.cases import Case
from workflow.store.record import table_of
from workflow.store.tables.promise import GOING, PromiseRow
from workflow.store.tables.timer import ArmedTimer

_timer, _promise = table_of(ArmedTimer), table_of(PromiseRow)


def timers_of(session: Session, engagement_id: int) -> list[Known]:
    """All that it ever had, oldest first."""
    columns = [_timer.c[name] for name in Known._fields]
    own = select(*columns).where(_timer.c.engagement_id == engagement_id).order_by(_timer.c.id)
    return [Known(*row) for row in session.execute(own)]


def write_timers(session: Session, move: Move, carried: Carried) -> None:
    """Ends some and sets others, as of the event that says so."""
    if carried.ended:
        over = {"status": "dropped", "settled_at": move.now, "settled_seq": move.case.version}
        those = _timer.c.id.in_([one.id for one in carried.ended])
        session.execute(update(_timer).where(those).values(over))
    if carried.begun:
        rows = [{**one.timer._asdict(), "suspended_at": one.suspended_at} for one in carried.begun]
        session.execute(insert(_timer), rows)


def write_promises(
    session: Session, case: Case, offer: Offer, renamed: Renamed, now: datetime
) -> tuple[PromiseFact, ...]:
    """Those of the stage that may go on are under their new names, if the version has them too; what was kept stays as
    it was written, and is counted once. Returns them as they are then."""
    seq = case.version + 1
    stage = renamed.stage(case.stage)
    promises = list[PromiseFact]()
    for was in case.promises:
        one = replace(was, stage=stage, name=renamed.promise(was.name)) if was.stage == case.stage else was
        known = goes_on(offer, one)
        if was.status == "open" and (not known or one != was):
            _close(session, was, seq, now)
        if known:
            goes = one != was and was.status in GOING
            promises.append(replace(one, id=_copy(session, one, case.id, seq)) if goes else one)
    return tuple(promises)


def _close(session: Session, promise: PromiseFact, seq: int, now: datetime) -> None:
    over = {"status": "dropped", "closed_at": now, "closed_seq": seq}
    session.execute(update(_promise).where(_promise.c.id == promise.id).values(over))


def _copy(session: Session, promise: PromiseFact, engagement_id: int, seq: int) -> int:
    """As it is, opened by the event that moved it, so that it ends if that is taken back."""
    row = {**NewPromise.of(promise, engagement_id, seq)._asdict(), "closed_at": promise.closed_at}
    number: int = session.execute(insert(_promise).values(row).returning(_promise.c.id)).scalar_one()
    return number


def open_one(promises: Sequence[PromiseFact]) -> PromiseFact | None:
    return next((one for one in promises if one.status == "open"), None)
