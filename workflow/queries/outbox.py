"""What is owed to the outside world, for people: the outbox as a list."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflow.store.tables.engagement import Engagement
from workflow.store.tables.owed_effect import OwedEffect
from workflow.store.tables.school import School

#: What is listed when nobody says otherwise: whatever is not settled.
UNSETTLED = ("owed", "claimed", "dead")


@dataclass(frozen=True, slots=True)
class OwedLine:
    """One effect. `due_at` is when it may next be tried; `trouble` is what went wrong last."""

    id: int
    reference: str
    school: str
    kind: str
    name: str
    recipient: str
    status: str
    attempts: int
    owed_at: datetime
    due_at: datetime
    trouble: str

    def as_json(self) -> dict[str, Any]:
        times = {"owed_at": self.owed_at.isoformat(), "due_at": self.due_at.isoformat()}
        names = ("id", "kind", "name", "recipient", "status", "attempts", "trouble", "school")
        return {"ref": self.reference} | {name: getattr(self, name) for name in names} | times


def list_owed(session: Session, statuses: tuple[str, ...] = UNSETTLED) -> list[OwedLine]:
    """Dead ones first, then the oldest."""
    rows = session.execute(
        select(OwedEffect, Engagement.reference, School.name)
        .join(Engagement, Engagement.id == OwedEffect.engagement_id)
        .join(School, School.urn == Engagement.school_urn)
        .where(OwedEffect.status.in_(statuses))
        .order_by(OwedEffect.status != "dead", OwedEffect.due_at, OwedEffect.id)
    )
    return [
        OwedLine(
            owed.id,
            reference,
            school,
            owed.kind,
            owed.name,
            owed.recipient,
            owed.status,
            owed.attempts,
            owed.owed_at,
            owed.due_at,
            owed.trouble,
        )
        for owed, reference, school in rows
    ]


def count_stuck(session: Session) -> int:
    """How many were given up and wait for somebody to retry or drop them."""
    return session.scalar(select(func.count()).select_from(OwedEffect).where(OwedEffect.status == "dead")) or 0


def oldest_due(session: Session, now: datetime) -> datetime | None:
    """Since when the oldest effect that is due has waited."""
    return session.scalar(
        select(func.min(OwedEffect.due_at)).where(OwedEffect.status.in_(("owed", "claimed")), OwedEffect.due_at <= now)
    )
