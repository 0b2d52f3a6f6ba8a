"""Bulk jobs as whoever asks for one sees them: written down, looked at, wanted. Nothing is worked on here.

A page only asks. A worker foresees what would happen to each row, and does it once whoever asked has seen that and
wants it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Literal, NamedTuple

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session

from workflow.acts.bulk.request import BulkRequest, agree_open, meant
from workflow.domain.actor import Actor
from workflow.errors import BadInput, Conflict, NotFound
from workflow.store import lookups
from workflow.store.session import Store
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.requests.bulk import BulkJob, BulkRow
from workflow.store.tables.school import School

#: The rows of a job by how they stand, the first ones first: done; to be done; those that ask for a yes; left out; not
#: known yet.
Part = Literal["done", "possible", "asks", "refused", "unknown"]
_PLANNED = BulkRow.status == "planned"
PARTS: Mapping[Part, ColumnElement[bool]] = MappingProxyType(
    {
        "done": BulkRow.status == "done",
        "possible": _PLANNED & (BulkRow.foreseen == "possible"),
        "asks": _PLANNED & (BulkRow.foreseen == "asks"),
        "refused": (BulkRow.status == "refused") | (_PLANNED & (BulkRow.foreseen == "refused")),
        "unknown": _PLANNED & (BulkRow.foreseen == ""),
    }
)


class Progress(NamedTuple):
    """How far a job has come: how many rows there are, are foreseen, were gone through, and are in each part.
    `messages` are as many as are sent, or would be."""

    status: str
    rows: int
    foreseen: int
    settled: int
    parts: Mapping[Part, int]
    messages: int


class JobLine(NamedTuple):
    """One row of a job: `status` is what became of it, `result` says it, or what would while it is planned, and
    `messages` are as many as that sends."""

    number: int
    reference: str
    school: str
    status: str
    result: str
    messages: int


_COLUMNS = (
    BulkRow.number,
    Engagement.reference,
    School.name,
    BulkRow.status,
    BulkRow.result_text,
    BulkRow.messages,
)


def ask(store: Store, wish: BulkRequest, references: Iterable[str], now: datetime) -> int:
    """Writes down what is asked for; a worker foresees it. Returns the job's number. Raises BadInput or NotFound."""
    with store.writing() as session:
        return ask_within(session, wish, references, now)


def ask_within(session: Session, wish: BulkRequest, references: Iterable[str], now: datetime) -> int:
    """The same, together with what else its caller writes."""
    return _write_down(session, wish, references, now, "asked")


def start(store: Store, wish: BulkRequest, references: Iterable[str], now: datetime) -> int:
    """Writes down what is wanted, for somebody who has seen what it would do; they run it, or else a worker does."""
    with store.writing() as session:
        return _write_down(session, wish, references, now, "wanted")


def _write_down(session: Session, wish: BulkRequest, references: Iterable[str], now: datetime, status: str) -> int:
    agree_open(session, wish.verb)
    asked = {"verb": wish.verb, "values": dict(wish.values), "note_text": wish.note, "actor": wish.actor.token}
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
        _want(session, locked(session, job_id))


def want_all(store: Store, job_id: int) -> None:
    """The same, with a yes to whatever is unusual about some of them."""
    with store.writing() as session:
        job = locked(session, job_id)
        job.values = meant(job.verb, job.values)
        _want(session, job)


def _want(session: Session, job: BulkJob) -> None:
    """What was stopped before all of it was foreseen is foreseen first."""
    if job.status == "asked":
        raise Conflict("What would happen to each engagement is still being worked out. Look again in a moment.")
    if job.status == "stopped":
        unknown = select(BulkRow.number).where(BulkRow.job_id == job.id, PARTS["unknown"]).limit(1)
        job.status = "wanted" if session.scalar(unknown) is None else "asked"
    if job.status == "foreseen":
        job.status = "wanted"


def stop(store: Store, job_id: int) -> None:
    """What is done stays, and nothing more is done. Raises NotFound, or Conflict where it has come to its end."""
    with store.writing() as session:
        job = locked(session, job_id)
        if job.status == "done":
            raise Conflict("This has come to its end already, so there is nothing to stop.")
        job.status = "stopped"


def wish_of(session: Session, job_id: int) -> BulkRequest:
    """What was asked for, and by whom. Raises NotFound."""
    job = _there(session.get(BulkJob, job_id), job_id)
    return BulkRequest(job.verb, job.values, job.note_text, Actor.of(job.actor))


def progress(session: Session, job_id: int) -> Progress:
    """Raises NotFound."""
    job = _there(session.get(BulkJob, job_id), job_id)
    kinds = (case(*((which, name) for name, which in PARTS.items())), BulkRow.status)
    own = select(*kinds, func.count(), func.sum(BulkRow.messages)).where(BulkRow.job_id == job_id).group_by(*kinds)
    counted = session.execute(own).all()
    parts = Counter[Part]()
    for part, _, number, _ in counted:
        parts[part] += number
    planned = sum(number for _, status, number, _ in counted if status == "planned")
    rows, messages = parts.total(), sum(sent for *_, sent in counted)
    return Progress(job.status, rows, rows - parts["unknown"], rows - planned, parts, messages)


def lines(
    session: Session, job_id: int, *, after: int = 0, limit: int | None = None, part: Part | None = None
) -> list[JobLine]:
    """The rows of a job as they stand, in order, from behind the number `after`; of one part, or of all.

    Raises NotFound.
    """
    _there(session.get(BulkJob, job_id), job_id)
    rows = (
        select(*_COLUMNS)
        .join(Engagement, Engagement.id == BulkRow.engagement_id)
        .join(School, School.urn == Engagement.school_urn)
        .where(BulkRow.job_id == job_id, BulkRow.number > after)
    )
    wanted = rows if part is None else rows.where(PARTS[part])
    return [JobLine(*row) for row in session.execute(wanted.order_by(BulkRow.number).limit(limit))]


def engagement_of(session: Session, job_id: int, number: int) -> int:
    """The engagement of one row. Raises NotFound."""
    row = session.get(BulkRow, (job_id, number))
    if row is None:
        raise NotFound(f"Bulk job {job_id} has no row {number}.")
    return row.engagement_id


def locked(session: Session, job_id: int) -> BulkJob:
    """The job, its row locked until the transaction ends. Raises NotFound."""
    return _there(session.get(BulkJob, job_id, with_for_update=True), job_id)


def _there(job: BulkJob | None, job_id: int) -> BulkJob:
    if job is None:
        raise NotFound(f"There is no bulk job number {job_id}.")
    return job
