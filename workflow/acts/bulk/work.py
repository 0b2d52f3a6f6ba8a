"""The work on bulk jobs: what is asked is foreseen, and what is wanted is done, row by row.

A job is in one worker's hand for as long as its lease. A row is settled in the transaction that does it, so a job that
was stopped in the middle goes on where it stopped, and no row is done twice. One that nobody can do costs itself.
"""

import time
from collections.abc import Callable, Generator, Iterator
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, func, or_, select, true, update
from sqlalchemy.orm import Session

from workflow.acts.bulk import request
from workflow.acts.bulk.jobs import locked, wish_of
from workflow.acts.bulk.request import BulkRequest, BulkResult
from workflow.containment import contained
from workflow.errors import WorkflowError
from workflow.store.record import holds
from workflow.store.session import Store
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.requests.bulk import BulkJob, BulkRow

Clock = Callable[[], datetime]
#: How long a job is in one worker's hand without a row being settled, if nothing else is said.
USUAL_LEASE = timedelta(seconds=60)
#: How long a worker stays with a job, in seconds; letters that fall due need not wait for it longer.
_TURN = 2.0
#: So many rows are looked up, and foreseen, at once.
_TOGETHER = 20
_ENDS = {"asked": "foreseen", "wanted": "done"}


class _Stopped(Exception):
    """Somebody stopped the job while a row was in hand; it undoes that row, and never leaves this module."""


class _Turn(NamedTuple):
    """Where and when rows are worked on, and how long the job is in hand for each."""

    store: Store
    clock: Clock
    lease: timedelta


class _Row(NamedTuple):
    job_id: int
    number: int
    engagement_id: int
    reference: str


def count_waiting(session: Session, now: datetime) -> int:
    """How many jobs wait for a worker."""
    return session.scalar(select(func.count()).select_from(BulkJob).where(_waits(now))) or 0


def work(store: Store, clock: Clock, lease: timedelta = USUAL_LEASE) -> int:
    """Takes the oldest job that waits and works on it for a turn. Returns how many rows were worked on; nought when
    nothing waits. Safe in any number of processes: what one of them had in hand when it was killed, another takes once
    the `lease` is over."""
    turn = _Turn(store, clock, lease)
    with store.writing() as session:
        oldest = select(BulkJob).where(_waits(clock())).order_by(BulkJob.id).limit(1)
        job = session.scalars(oldest.with_for_update(skip_locked=True)).one_or_none()
        if job is None:
            return 0
        job.lease_until = clock() + lease
        number, status = job.id, job.status
    ends, worked = time.monotonic() + _TURN, 0
    for some in _foresee(turn, number) if status == "asked" else _do(turn, number):
        worked += some if isinstance(some, int) else 1
        if time.monotonic() >= ends:
            break
    _hand_back(store, number, status)
    return worked


def run(store: Store, job_id: int, clock: Clock) -> Generator[BulkResult, None, None]:
    """Does every row that is still planned, here and now, whoever has the job in hand. Raises NotFound."""
    with store.writing() as session:
        job = locked(session, job_id)
        job.status, job.lease_until = "wanted", clock() + USUAL_LEASE
    yield from _do(_Turn(store, clock, USUAL_LEASE), job_id)
    _hand_back(store, job_id, "wanted")


def _waits(now: datetime) -> ColumnElement[bool]:
    free = or_(BulkJob.lease_until.is_(None), BulkJob.lease_until < now)
    return holds(BulkJob.status, "asked", "wanted") & free


def _hand_back(store: Store, job_id: int, status: str) -> None:
    """To the next turn; or it has come to an end, when no row is left."""
    with store.writing() as session:
        job = locked(session, job_id)
        own = _left(job_id, BulkRow.foreseen == "" if status == "asked" else true())
        if job.status == status and session.scalar(select(BulkRow.number).where(own).limit(1)) is None:
            job.status = _ENDS[status]
        job.lease_until = None


def _foresee(turn: _Turn, job_id: int) -> Iterator[int]:
    """Works out what would happen to each row. Gives how many rows at a time are known."""
    store, clock, lease = turn
    with store.reading() as session:
        wish = wish_of(session, job_id)
    for rows in _in_turn(store, job_id, "asked", BulkRow.foreseen == ""):
        told = request.preview(store, wish, [row.reference for row in rows], clock())
        with store.writing() as session:
            for row, line in zip(rows, told, strict=True):
                _settle(session, row, "planned", line.result, foreseen=line.outlook, messages=line.messages)
            if not _keep(session, job_id, clock() + lease, "asked"):
                return
        yield len(rows)


def _do(turn: _Turn, job_id: int) -> Iterator[BulkResult]:
    with turn.store.reading() as session:
        wish = wish_of(session, job_id)
    for rows in _in_turn(turn.store, job_id, "wanted", true()):
        yield from (line for row in rows if (line := _done(turn, wish, row)) is not None)


def _in_turn(store: Store, job_id: int, status: str, which: ColumnElement[bool]) -> Iterator[list[_Row]]:
    """The rows that are still planned, some at a time, for as long as the job has that status."""
    named = select(BulkRow.job_id, BulkRow.number, BulkRow.engagement_id, Engagement.reference)
    left = named.join(Engagement, Engagement.id == BulkRow.engagement_id).join(BulkJob, BulkJob.id == BulkRow.job_id)
    left = left.where(_left(job_id, which), BulkJob.status == status)
    after = 0
    while True:
        with store.reading() as session:
            some = left.where(BulkRow.number > after).order_by(BulkRow.number).limit(_TOGETHER)
            rows = [_Row(*row) for row in session.execute(some)]
        if not rows:
            return
        yield rows
        after = rows[-1].number


def _left(job_id: int, which: ColumnElement[bool]) -> ColumnElement[bool]:
    return (BulkRow.job_id == job_id) & (BulkRow.status == "planned") & which


def _done(turn: _Turn, wish: BulkRequest, row: _Row) -> BulkResult | None:
    """None when another run was first, or the job was stopped. A refusal undoes the row's own work, so it is written by
    itself."""
    refused: list[str] = []
    store, now = turn.store, turn.clock()
    with contained(f"{row.reference} in bulk job {row.job_id}", refused.append):
        try:
            with store.writing() as session:
                if not _settle(session, row, "done", "", settled_at=now):
                    return None
                if not _keep(session, row.job_id, now + turn.lease, "wanted"):
                    raise _Stopped
                version = select(Engagement.version).where(Engagement.id == row.engagement_id)
                before = session.scalar(version) or 0
                result = request.carry_out(session, row.engagement_id, wish, now)
                told = request.told_of(session, row.engagement_id, result, "possible")
                _settle(session, row, "done", result, was="done", seq=before + 1, messages=told.messages)
                return told
        except _Stopped:
            return None
        except WorkflowError as error:
            refused.append(str(error))
    with store.writing() as session:
        if not _settle(session, row, "refused", refused[0], settled_at=now):
            return None
        return request.told_of(session, row.engagement_id, refused[0], "refused")


def _keep(session: Session, job_id: int, until: datetime, status: str) -> bool:
    """In hand for longer; False where somebody has stopped it."""
    same = (BulkJob.id == job_id) & (BulkJob.status == status)
    mine = update(BulkJob).where(same).values(lease_until=until).returning(BulkJob.id)
    return session.scalar(mine.execution_options(synchronize_session=False)) is not None


def _settle(session: Session, row: _Row, status: str, result: str, *, was: str = "planned", **more: Any) -> bool:
    """False when somebody else was first."""
    own = (BulkRow.job_id == row.job_id) & (BulkRow.number == row.number) & (BulkRow.status == was)
    settled = update(BulkRow).where(own).values(status=status, result_text=result, **more).returning(BulkRow.number)
    return session.scalar(settled.execution_options(synchronize_session=False)) is not None
