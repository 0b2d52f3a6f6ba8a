"""Bulk jobs as whoever asks for one sees them: written down, looked at, wanted. Nothing is worked on here.

A page only asks. A worker foresees what would happen to each row, and does it once whoever asked has seen that and
wants it.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflow.acts.bulk.request import BulkRequest, agree_verb
from workflow.domain.actor import Actor
from workflow.errors import BadInput, Conflict, NotFound
from workflow.store import lookups
from workflow.store.session import Store
from workflow.store.tables.bulk import BulkJob, BulkRow
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.school import School


class Progress(NamedTuple):
    """How far a job has come: how many rows there are, are foreseen or settled, can be done, were done or refused."""

    status: str
    rows: int
    foreseen: int
    possible: int
    done: int
    refused: int


class JobLine(NamedTuple):
    """One row of a job: `status` is what became of it, `foreseen` what would become of it while it is planned."""

    number: int
    reference: str
    school: str
    status: str
    foreseen: str
    result: str


def ask(store: Store, wish: BulkRequest, references: Iterable[str], now: datetime) -> int:
    """Writes down what is asked for; a worker foresees it. Returns the job's number. Raises BadInput or NotFound."""
    return _write_down(store, wish, references, now, "asked")


def start(store: Store, wish: BulkRequest, references: Iterable[str], now: datetime) -> int:
    """Writes down what is wanted, for somebody who has seen what it would do; they run it, or else a worker does."""
    return _write_down(store, wish, references, now, "wanted")


def _write_down(store: Store, wish: BulkRequest, references: Iterable[str], now: datetime, status: str) -> int:
    agree_verb(wish.verb)
    asked = {"verb": wish.verb, "values": dict(wish.values), "note_text": wish.note, "actor": wish.actor.token}
    with store.writing() as session:
        ids = lookups.engagement_ids(session, references)
        if not ids:
            raise BadInput("Name at least one engagement.")
        job = BulkJob(**asked, created_at=now, status=status, lease_until=None)
        session.add(job)
        session.flush()
        planned = {"job_id": job.id, "status": "planned", "foreseen": "", "result_text": ""}
        session.add_all(BulkRow(number=number, engagement_id=one, **planned) for number, one in enumerate(ids, 1))
        return job.id


def want(store: Store, job_id: int) -> None:
    """Whoever asked has seen what would happen. Raises NotFound, or Conflict while that is not known yet."""
    with store.writing() as session:
        job = locked(session, job_id)
        if job.status == "asked":
            raise Conflict("What would happen to each engagement is still being worked out. Look again in a moment.")
        if job.status == "foreseen":
            job.status = "wanted"


def wish_of(session: Session, job_id: int) -> BulkRequest:
    """What was asked for, and by whom. Raises NotFound."""
    job = _there(session.get(BulkJob, job_id), job_id)
    return BulkRequest(job.verb, job.values, job.note_text, Actor.of(job.actor))


def progress(session: Session, job_id: int) -> Progress:
    """Raises NotFound."""
    job = _there(session.get(BulkJob, job_id), job_id)
    kinds = (BulkRow.status, BulkRow.foreseen)
    own = select(*kinds, func.count()).where(BulkRow.job_id == job_id).group_by(*kinds)
    counted = {(status, foreseen): number for status, foreseen, number in session.execute(own)}
    done, refused = (sum(many for (one, _), many in counted.items() if one == was) for was in ("done", "refused"))
    rows, possible = sum(counted.values()), counted.get(("planned", "possible"), 0)
    return Progress(job.status, rows, rows - counted.get(("planned", ""), 0), possible, done, refused)


def lines(session: Session, job_id: int, *, after: int = 0, limit: int | None = None) -> list[JobLine]:
    """The rows of a job as they stand, in order, from behind the number `after`. Raises NotFound."""
    _there(session.get(BulkJob, job_id), job_id)
    named = (BulkRow.number, Engagement.reference, School.name, BulkRow.status, BulkRow.foreseen, BulkRow.result_text)
    rows = (
        select(*named)
        .join(Engagement, Engagement.id == BulkRow.engagement_id)
        .join(School, School.urn == Engagement.school_urn)
        .where(BulkRow.job_id == job_id, BulkRow.number > after)
    )
    return [JobLine(*row) for row in session.execute(rows.order_by(BulkRow.number).limit(limit))]


def locked(session: Session, job_id: int) -> BulkJob:
    """The job, its row locked until the transaction ends. Raises NotFound."""
    return _there(session.get(BulkJob, job_id, with_for_update=True), job_id)


def _there(job: BulkJob | None, job_id: int) -> BulkJob:
    if job is None:
        raise NotFound(f"There is no bulk job number {job_id}.")
    return job
