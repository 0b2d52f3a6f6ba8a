"""The work on rehearsals that were asked for, one after another.

A worker has one in hand for as long as its lease, which it renews week by week. It reads the record once, as it stands,
and holds no lock while it rehearses; each word of how far it has come is a transaction of its own.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select, update
from sqlalchemy.orm import Session

from workflow.calendar.local_time import local_day
from workflow.containment import contained
from workflow.errors import WorkflowError
from workflow.simulation.asked.futures import Ground, futures
from workflow.simulation.asked.jobs import count_waiting
from workflow.simulation.asked.question import Question
from workflow.simulation.report import report
from workflow.simulation.run import rehearse
from workflow.simulation.scenario import Scenario
from workflow.store.record import holds
from workflow.store.session import Store
from workflow.store.tables.requests.rehearsal import Rehearsal

Clock = Callable[[], datetime]
#: How long a worker may be silent before another takes the rehearsal up, and how long one may take in all.
_LEASE, _AT_MOST = timedelta(minutes=3), timedelta(minutes=15)
_TOLD_EVERY = 1.0
_TRIES = 2
_REFUSAL = 400


class TooLong(WorkflowError):
    """This took longer than a page may ask of a worker. Ask for less, or wait until fewer engagements are under way."""


def work(store: Store, ground: Ground, clock: Clock) -> bool:
    """Takes up the oldest that waits and does it. False when nothing waits. Safe in any number of processes."""
    with store.writing() as session:
        job = _next(session, clock())
        if job is None:
            return False
        number, asked = job.id, job.asked
    refused: list[str] = []
    with contained(f"rehearsal {number}", refused.append):
        try:
            result = _both(store, number, futures(Question.of(asked), ground, store, clock()), clock)
            _settle(store, number, status="done", result=result)
        except WorkflowError as error:
            refused.append(str(error))
    if refused:
        _settle(store, number, status="failed", refusal=refused[0][:_REFUSAL])
    return True


def _next(session: Session, now: datetime) -> Rehearsal | None:
    """The oldest that waits, now in hand. One that was left in the middle too often is given up."""
    if not count_waiting(session, now):
        return None
    oldest = select(Rehearsal).where(_waits(now)).order_by(Rehearsal.id).limit(1).with_for_update(skip_locked=True)
    job = session.scalars(oldest).one_or_none()
    if job is None:
        return None
    if job.tries >= _TRIES:
        job.status, job.refusal = "failed", f"It was stopped in the middle {job.tries} times. Ask again."
        return None
    job.status, job.tries, job.lease_until = "running", job.tries + 1, now + _LEASE
    return job


def _waits(now: datetime) -> ColumnElement[bool]:
    free = or_(Rehearsal.lease_until.is_(None), Rehearsal.lease_until < now)
    return and_(holds(Rehearsal.status, "asked", "running"), free)


def _both(store: Store, number: int, both: tuple[Scenario, Scenario], clock: Clock) -> dict[str, Any]:
    began = clock()
    what_if, as_it_is = (
        report(rehearse(scenario, _Words(store, number, (place, len(both)), began, clock))).as_json()
        for place, scenario in enumerate(both)
    )
    until = local_day(both[0].end).isoformat()
    return {"until": until, "what_if": what_if, "as_it_is": as_it_is}


@dataclass(slots=True)
class _Words:
    """How far a rehearsal has come, written down once a second at most; `place` says which of how many it is. Raises
    TooLong once they have had their time."""

    store: Store
    number: int
    place: tuple[int, int]
    began: datetime
    clock: Clock
    told_at: float = field(default=0.0)

    def __call__(self, done: int, steps: int) -> None:
        now, (before, of) = self.clock(), self.place
        if now - self.began > _AT_MOST:
            raise TooLong(TooLong.__doc__ or "")
        if time.monotonic() - self.told_at < _TOLD_EVERY:
            return
        self.told_at = time.monotonic()
        far = {"done": before * steps + done, "steps": of * steps}
        _settle(self.store, self.number, **far, lease_until=now + _LEASE)


def _settle(store: Store, number: int, **values: Any) -> None:
    with store.writing() as session:
        own = update(Rehearsal).where(Rehearsal.id == number).values(**values)
        session.execute(own.execution_options(synchronize_session=False))
