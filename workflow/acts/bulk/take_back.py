"""A job that is taken back as a whole: each row's step, where nothing has happened to that engagement since."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.acts.act import Many
from workflow.domain.actor import Actor
from workflow.errors import Conflict
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.requests.bulk import BulkRow
from workflow.usecases.undo.undo import undo

#: What a job is called that takes another one back; its values say which.
NAME = "take_back"
KIND = Many(
    title="Take a job back",
    explain="What a job did to each engagement is undone, and whoever was told is told again.",
    help="Take back what a job did, where nothing has happened since.",
    example="7 --why 'The hall is closed that day.' --yes",
)


def done_by(session: Session, job_id: int) -> list[str]:
    """The engagements to which a job has done something, by their references. Raises Conflict where there are none."""
    rows = (
        select(Engagement.reference)
        .join(BulkRow, BulkRow.engagement_id == Engagement.id)
        .where(BulkRow.job_id == job_id, BulkRow.status == "done")
        .order_by(BulkRow.number)
    )
    found = list(session.scalars(rows))
    if not found:
        raise Conflict(f"Job {job_id} has done nothing that could be taken back.")
    return found


def take_back(session: Session, engagement_id: int, job_id: int, reason: str, *, actor: Actor, now: datetime) -> str:
    """Undoes what the job did here, if that is the last step. Returns what was done; raises what `undo` raises."""
    row = select(BulkRow.seq).where(BulkRow.job_id == job_id, BulkRow.engagement_id == engagement_id)
    step = undo(session, engagement_id, reason=reason, actor=actor, now=now, only=session.scalar(row) or 0)
    return f"“{step.title}” is taken back"
