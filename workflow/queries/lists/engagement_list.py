"""The list of engagements, read in pages: each from where the last one ended, so that no page costs more than another.

One engagement whole is in `engagement_view`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import Row, Select, and_, bindparam, func, select
from sqlalchemy.orm import Session

from workflow.domain.standing import OPEN_STANDINGS, STANDINGS
from workflow.offer.outline import Outline, Outlines
from workflow.queries.lists.keyset import Cursor, Stream, window
from workflow.queries.lists.wanted import Wanted, conditions, looked_up
from workflow.queries.open_promise import OpenPromise, owing
from workflow.queries.outlines import outlines_of
from workflow.store.record import UtcDateTime, holds
from workflow.store.tables.appointment import Appointment
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.health.setback import Setback
from workflow.store.tables.owed_effect import OwedEffect
from workflow.store.tables.promise import PromiseRow
from workflow.store.tables.school import School
from workflow.store.tables.user import User

PAGE = 25
#: What is not under way has nothing due, and comes behind in this order.
_AT_REST = tuple(one for one in STANDINGS if one != "active")


@dataclass(frozen=True, slots=True)
class EngagementRow:
    """One engagement in a list. `stuck` counts dead effects; `unsent` those still owed; `trouble` says why it does not
    move by itself at the moment, and is empty where it does. Without its offer, `stages` is nought. `offer` is its code
    and version, `meets_at` the next meeting agreed.
    """

    id: int
    reference: str
    school: str
    town: str
    phase: str
    trust: str
    offer: str
    stage: str
    stage_title: str
    stage_number: int
    stages: int
    standing: str
    advisor: str
    promise: OpenPromise | None
    meets_at: datetime | None
    stuck: int
    unsent: int
    trouble: str


class Page(NamedTuple):
    """`before` and `after` are where the pages beside it begin; empty where there is none."""

    lines: tuple[EngagementRow, ...]
    before: str
    after: str


#: Of an offer that is not there.
_UNKNOWN = Outline("", {}, ZoneInfo("UTC"), ())
_dead = (
    select(func.count())
    .where(OwedEffect.engagement_id == Engagement.id, holds(OwedEffect.status, "dead"))
    .correlate(Engagement)
    .scalar_subquery()
)
_unsent = (
    select(func.count())
    .where(OwedEffect.engagement_id == Engagement.id, holds(OwedEffect.status, "owed", "claimed"))
    .correlate(Engagement)
    .scalar_subquery()
)
_OPEN = and_(PromiseRow.engagement_id == Engagement.id, holds(PromiseRow.status, "open"))
#: The next meeting.
_meets = (
    select(func.min(Appointment.starts_at))
    .where(Appointment.engagement_id == Engagement.id, holds(Appointment.status, "booked"))
    .where(Appointment.starts_at >= bindparam("now", type_=UtcDateTime()))
    .correlate(Engagement)
    .scalar_subquery()
)
_COLUMNS: Select[*tuple[Any, ...]] = (
    select(
        Engagement.id,
        Engagement.reference,
        Engagement.offer_code,
        Engagement.offer_version,
        Engagement.stage,
        Engagement.standing,
        School.name,
        School.town,
        School.phase,
        School.trust,
        User.name.label("advisor"),
        _dead.label("stuck"),
        _unsent.label("unsent"),
        PromiseRow.owner,
        PromiseRow.what,
        PromiseRow.since,
        PromiseRow.due_at,
        _meets.label("meets_at"),
        Setback.trouble,
    )
    .select_from(Engagement)
    .join(School, School.urn == Engagement.school_urn)
    .outerjoin(User, User.id == Engagement.advisor_id)
    .outerjoin(Setback, and_(Setback.engagement_id == Engagement.id, Setback.kind == "engagement"))
)


def page(session: Session, now: datetime, wanted: Wanted, cursor: str = "", size: int = PAGE) -> Page:
    """One page; `cursor` is `before` or `after` of another. One that means nothing is as none."""
    wanted = looked_up(session, wanted)
    found = window(session, _streams(wanted.kind), Cursor.read(cursor), size, {**wanted.given, "now": now})
    lines = tuple(_lines(session, found.rows, now))
    return Page(lines, found.before, found.after)


def every(session: Session, now: datetime, wanted: Wanted) -> Iterator[EngagementRow]:
    """All of them, in the same order, a few at a time."""
    wanted = looked_up(session, wanted)
    cursor, some = "", page(session, now, wanted, size=500)
    yield from some.lines
    while cursor := some.after:
        some = page(session, now, wanted, cursor, size=500)
        yield from some.lines


def these(session: Session, now: datetime, wanted: Wanted, ids: Iterable[int]) -> tuple[EngagementRow, ...]:
    """Those of them that are wanted, in the order of their numbers as they are given."""
    asked = [*ids]
    query = _where(_COLUMNS, wanted).where(Engagement.id.in_(asked))
    query = query.outerjoin(PromiseRow, _OPEN)
    lines = {line.id: line for line in _lines(session, session.execute(query, {"now": now}).all(), now)}
    return tuple(lines[number] for number in asked if number in lines)


# --- what is read ---


@lru_cache(maxsize=256)
def _streams(kind: Wanted) -> tuple[Stream, ...]:
    """Made once for each kind: to put the statements together takes longer than the database needs to answer them."""
    columns = _where(_COLUMNS, kind)
    if kind.order == "due":
        return (*_by_what_is_due(columns, kind),)
    columns = columns.outerjoin(PromiseRow, _OPEN)
    if kind.order == "school":
        return (Stream(columns, (School.name, Engagement.id)),)
    return (Stream(columns, (Engagement.id,), down=True),)


def _by_what_is_due(columns: Select[Any], wanted: Wanted) -> Iterator[Stream]:
    """Only what is under way has something due."""
    if wanted.standing in (None, "active"):
        yield Stream(columns.join(PromiseRow, _OPEN), (PromiseRow.due_at, PromiseRow.engagement_id))
    for standing in () if wanted.is_of_what_is_due else _AT_REST:
        if wanted.standing in (None, standing):
            resting = columns.outerjoin(PromiseRow, _OPEN).where(holds(Engagement.standing, standing))
            yield Stream(resting, (Engagement.id,), down=True)


def _where(query: Select[*tuple[Any, ...]], wanted: Wanted) -> Select[Any]:
    return query.where(*conditions(wanted))


# --- what is made of it ---


def _lines(session: Session, rows: Iterable[Row[Any]], now: datetime) -> Iterator[EngagementRow]:
    known = outlines_of(session)
    return (_line(known, row, now) for row in rows)


def _line(known: Outlines, row: Row[Any], now: datetime) -> EngagementRow:
    outline = known.outlines.get((row.offer_code, row.offer_version)) or _UNKNOWN
    here = row.stage in outline.stages
    return EngagementRow(
        id=row.id,
        reference=row.reference,
        school=row.name,
        town=row.town,
        phase=row.phase,
        trust=row.trust,
        offer=f"{row.offer_code} {row.offer_version}",
        stage=row.stage,
        stage_title=outline.stages.get(row.stage, row.stage),
        stage_number=outline.number(row.stage),
        stages=len(outline.way) if row.stage in outline.way else 0,
        standing=row.standing,
        advisor=row.advisor or "",
        promise=owing(row if row.owner else None, outline.zone, now=now),
        meets_at=row.meets_at,
        stuck=row.stuck,
        unsent=row.unsent,
        trouble=row.trouble or ("" if here else _lost(known, row)),
    )


def _lost(known: Outlines, one: Row[Any]) -> str:
    if (one.offer_code, one.offer_version) in known.outlines:
        return f"It stands at “{one.stage}”, and its offer has no such stage."
    if one.standing not in OPEN_STANDINGS:  # nothing of it waits
        return ""
    return known.lack_of(one.offer_code, one.offer_version)
