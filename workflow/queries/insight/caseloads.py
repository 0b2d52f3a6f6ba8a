"""How much each person at the council has in hand."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, case, func, select
from sqlalchemy.orm import Session

from workflow.store.record import holds
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.promise import PromiseRow
from workflow.store.tables.user import User


class Caseload(NamedTuple):
    """Engagements that somebody looks after: `council` are those where the council owes the next move, `late` those of
    them past their day. `id` is None, and `name` empty, for those that nobody looks after."""

    id: int | None
    name: str
    active: int
    council: int
    late: int
    on_hold: int


def count_caseloads(session: Session, code: str, now: datetime) -> Sequence[Caseload]:
    """Who has most first; nobody's come last. One query."""
    owed = and_(Engagement.standing == "active", PromiseRow.owner == "council")

    asked = (
        select(
            Engagement.advisor_id,
            func.coalesce(User.name, ""),
            _number(Engagement.standing == "active"),
            _number(owed),
            _number(and_(owed, PromiseRow.due_at < now)),
            _number(Engagement.standing == "on_hold"),
        )
        .select_from(Engagement)
        .outerjoin(User, User.id == Engagement.advisor_id)
        .outerjoin(PromiseRow, and_(PromiseRow.engagement_id == Engagement.id, holds(PromiseRow.status, "open")))
        .where(Engagement.offer_code == code, Engagement.standing.in_(("active", "on_hold")))
        .group_by(Engagement.advisor_id, User.name)
    )
    found = [Caseload(*row) for row in session.execute(asked)]
    return sorted(found, key=lambda one: (one.id is None, -one.active, one.name))


def _number(which: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((which, 1), else_=0))
