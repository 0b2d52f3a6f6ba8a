"""What people look at: the list of engagements. One engagement whole is in `engagement_view`."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from workflow.domain.standing import OPEN_STANDINGS
from workflow.offer.outline import Outline, Outlines
from workflow.queries.open_promise import OpenPromise, owing
from workflow.queries.outlines import outlines_of
from workflow.store.record import holds
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.health.setback import Setback
from workflow.store.tables.owed_effect import OwedEffect
from workflow.store.tables.promise import PromiseRow
from workflow.store.tables.school import School
from workflow.store.tables.user import User


@dataclass(frozen=True, slots=True)
class EngagementRow:
    """One engagement in a list. `stuck` counts dead effects; `unsent` those still owed; `trouble` says why it does not
    move by itself at the moment, and is empty where it does. Without its offer, `stages` is nought.
    """

    id: int
    reference: str
    school: str
    town: str
    stage: str
    stage_title: str
    stage_number: int
    stages: int
    standing: str
    advisor: str
    promise: OpenPromise | None
    stuck: int
    unsent: int
    trouble: str


#: Of an offer that is not there.
_UNKNOWN = Outline({}, ZoneInfo("UTC"))
_dead = (
    select(func.count())
    .where(OwedEffect.engagement_id == Engagement.id, OwedEffect.status == "dead")
    .correlate(Engagement)
    .scalar_subquery()
)
_unsent = (
    select(func.count())
    .where(OwedEffect.engagement_id == Engagement.id, OwedEffect.status.in_(("owed", "claimed")))
    .correlate(Engagement)
    .scalar_subquery()
)


def list_engagements(
    session: Session, now: datetime, *, stage: str | None = None, standing: str | None = None, find: str = ""
) -> list[EngagementRow]:
    """Engagements by what is most pressing: stuck effects first, then the earliest promise, then the rest.

    `find` matches a reference or part of a school's name.
    """
    query = (
        select(
            Engagement,
            School.name,
            School.town,
            User.name.label("advisor"),
            _dead.label("stuck"),
            _unsent.label("unsent"),
            PromiseRow,
            Setback.trouble,
        )
        .join(School, School.urn == Engagement.school_urn)
        .outerjoin(User, User.id == Engagement.advisor_id)
        .outerjoin(PromiseRow, and_(PromiseRow.engagement_id == Engagement.id, holds(PromiseRow.status, "open")))
        .outerjoin(Setback, and_(Setback.engagement_id == Engagement.id, Setback.kind == "engagement"))
        .order_by(Engagement.id)
    )
    rows = session.execute(_filtered(query, stage, standing, find))
    known = outlines_of(session)
    return sorted((_line(known, row, now) for row in rows), key=_pressing)


def _filtered(query: Select[Any], stage: str | None, standing: str | None, find: str) -> Select[Any]:
    if stage:
        query = query.where(Engagement.stage == stage)
    if standing:
        query = query.where(Engagement.standing == standing)
    if find:
        wanted = find.strip()
        query = query.where(or_(School.name.icontains(wanted, autoescape=True), Engagement.reference == wanted.upper()))
    return query


def _line(known: Outlines, row: Row[Any], now: datetime) -> EngagementRow:
    one: Engagement = row.Engagement
    outline = known.outlines.get((one.offer_code, one.offer_version)) or _UNKNOWN
    here = one.stage in outline.stages
    return EngagementRow(
        id=one.id,
        reference=one.reference,
        school=row.name,
        town=row.town,
        stage=one.stage,
        stage_title=outline.stages.get(one.stage, one.stage),
        stage_number=outline.number(one.stage) if here else 0,
        stages=len(outline.stages),
        standing=one.standing,
        advisor=row.advisor or "",
        promise=owing(row.PromiseRow, outline.zone, now=now),
        stuck=row.stuck,
        unsent=row.unsent,
        trouble=row.trouble or ("" if here else _lost(known, one)),
    )


def _lost(known: Outlines, one: Engagement) -> str:
    if (one.offer_code, one.offer_version) in known.outlines:
        return f"It stands at “{one.stage}”, and its offer has no such stage."
    if one.standing not in OPEN_STANDINGS:  # nothing of it waits
        return ""
    return known.lack_of(one.offer_code, one.offer_version)


def _pressing(line: EngagementRow) -> tuple[bool, bool, float, str]:
    due = line.promise.due_at.timestamp() if line.promise else 0.0
    return (not (line.stuck or line.trouble), line.promise is None, due, line.reference)
