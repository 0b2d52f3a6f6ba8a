"""Rehearsals that are asked for, as a page sees them: written down, looked at, counted. None is done here."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.errors import NotFound
from workflow.simulation.asked.question import Question, agree_size
from workflow.store.record import holds
from workflow.store.tables.requests.rehearsal import Rehearsal


class Job(NamedTuple):
    """One rehearsal as it stands; `result` is empty until it is done."""

    id: int
    question: Question
    created_at: datetime
    status: str
    done: int
    steps: int
    result: dict[str, Any]
    refusal: str

    @property
    def is_over(self) -> bool:
        return self.status in ("done", "failed")


def ask(session: Session, question: Question, actor: str, now: datetime) -> int:
    """Writes down what is asked; a worker does it. Returns its number. Raises BadInput where there is too much."""
    agree_size(session)
    job = Rehearsal(
        asked=question.as_json(),
        actor=actor,
        created_at=now,
        status="asked",
        lease_until=None,
        tries=0,
        done=0,
        steps=0,
        result={},
        refusal="",
    )
    session.add(job)
    session.flush()
    return job.id


def look(session: Session, number: int) -> Job:
    """Raises NotFound."""
    job = session.get(Rehearsal, number)
    if job is None:
        raise NotFound(f"There is no rehearsal number {number}.")
    return _told(job)


def latest(session: Session, limit: int) -> Sequence[Job]:
    return [_told(job) for job in session.scalars(select(Rehearsal).order_by(Rehearsal.id.desc()).limit(limit))]


def _told(job: Rehearsal) -> Job:
    return Job(job.id, Question.of(job.asked), job.created_at, job.status, job.done, job.steps, job.result, job.refusal)


def count_waiting(session: Session, now: datetime) -> int:
    """How many a worker may take up: one after another, so none while one is in hand."""
    at_work = select(Rehearsal.status, Rehearsal.lease_until).where(holds(Rehearsal.status, "asked", "running"))
    rows = session.execute(at_work).all()
    return 0 if any(status == "running" and until and until >= now for status, until in rows) else len(rows)
