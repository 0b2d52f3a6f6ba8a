"""The promises board: every engagement under way, whose move it is, since when, by when and how late, in one query.

The council's own lateness stands beside the schools'. The list of engagements is in `queries`.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, or_, select
from sqlalchemy.orm import Session

from workflow.calendar.span import Span, Unit
from workflow.engine.calendars import calendar_of, make_calendars
from workflow.engine.catalogue import offers_of
from workflow.offer.definition import Offer
from workflow.offer.installed.editions import Edition
from workflow.queries.lists.wanted import gathered
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.promise import PromiseRow
from workflow.store.tables.school import School
from workflow.store.tables.user import User

#: The days that each owner's lateness is counted in.
UNIT_OF: dict[str, Unit] = {"council": "council days", "school": "school days"}


@dataclass(frozen=True, slots=True)
class Place:
    """An engagement under way, and who looks after it: `advisor` is empty where nobody does yet."""

    reference: str
    school: str
    town: str
    stage: str
    stage_title: str
    advisor: str


@dataclass(frozen=True, slots=True)
class Waiting(Place):
    """A promise that is open. `since` is when its owner's turn came; times are in UTC.

    `days_late` counts the owner's own days, of `unit`, on that school's calendar. It is nought on the closed days
    right after the last day, though the promise is late by then.
    """

    owner: str
    what: str
    since: datetime
    due_at: datetime
    late: bool
    days_late: int
    unit: Unit

    @property
    def lateness(self) -> str:
        """`3 council days late`, `Late`, `In time`."""
        if not self.late:
            return "In time"
        return f"{Span(self.days_late, self.unit)} late" if self.days_late else "Late"


@dataclass(frozen=True, slots=True)
class Board:
    """`lines` begin with what is most days late; what is in time comes by the day it is due.

    `ownerless` wait for nobody: there should be none. Nobody can say what those `out_of_use` wait for: their offer
    cannot be used for now, or has no such stage.
    """

    lines: tuple[Waiting, ...]
    ownerless: tuple[Place, ...]
    out_of_use: tuple[Place, ...] = ()

    def owed_by(self, owner: str) -> tuple[Waiting, ...]:
        return tuple(line for line in self.lines if line.owner == owner)


def board(
    session: Session,
    now: datetime,
    *,
    owner: str | None = None,
    advisor_id: int | None = None,
    late_only: bool = False,
    offer: Edition | None = None,
) -> Board:
    """What is owed, narrowed to one owner, to the engagements of one advisor or under one offer, or to what is late.

    Engagements that wait for nobody are told whatever owner is asked for, and in time or late.
    """
    asked = _UNDER_WAY.where(*gathered(offer))
    found = session.execute(_narrowed(asked, now, owner, advisor_id, late_only=late_only)).all()
    rows = [row for row in found if _is_known(session, row)]
    make_calendars(session, ((_offer(session, row), row) for row in rows if row.owner is not None and now > row.due_at))
    lines = (_waiting(session, row, now) for row in rows if row.owner is not None)
    ownerless = (Place(*_place(session, row)) for row in rows if row.owner is None)
    out_of_use = (Place(*_names(row), row.stage, row.advisor or "") for row in found if not _is_known(session, row))
    return Board(tuple(sorted(lines, key=_pressing)), tuple(ownerless), tuple(out_of_use))


def _is_known(session: Session, row: Row[Any]) -> bool:
    """Whether its offer can be used, and has the stage that it stands at."""
    outline = offers_of(session).outlines.get((row.offer_code, row.offer_version))
    return outline is not None and row.stage in outline.stages


_COLUMNS: tuple[Any, ...] = (
    Engagement.reference,
    Engagement.offer_code,
    Engagement.offer_version,
    Engagement.stage,
    School.urn,
    School.dates_version,
    School.name.label("school"),
    School.town,
    User.name.label("advisor"),
    PromiseRow.owner,
    PromiseRow.what,
    PromiseRow.since,
    PromiseRow.due_at,
)
_UNDER_WAY: Select[Any] = (
    select(*_COLUMNS)
    .select_from(Engagement)
    .join(School, School.urn == Engagement.school_urn)
    .outerjoin(User, User.id == Engagement.advisor_id)
    .outerjoin(PromiseRow, and_(PromiseRow.engagement_id == Engagement.id, PromiseRow.status == "open"))
    .where(Engagement.standing == "active")
    .order_by(Engagement.reference)
)


def _narrowed(
    query: Select[Any], now: datetime, owner: str | None, advisor_id: int | None, *, late_only: bool
) -> Select[Any]:
    if advisor_id is not None:
        query = query.where(Engagement.advisor_id == advisor_id)
    if owner:
        query = query.where(_or_nobody(PromiseRow.owner == owner))
    if late_only:
        query = query.where(_or_nobody(PromiseRow.due_at < now))
    return query


def _or_nobody(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return or_(condition, PromiseRow.id.is_(None))


def _offer(session: Session, row: Row[Any]) -> Offer:
    return offers_of(session).machine(row.offer_code, row.offer_version).offer


def _place(session: Session, row: Row[Any]) -> tuple[str, str, str, str, str, str]:
    return *_names(row), _offer(session, row).stage[row.stage].title, row.advisor or ""


def _names(row: Row[Any]) -> tuple[str, str, str, str]:
    return row.reference, row.school, row.town, row.stage


def _waiting(session: Session, row: Any, now: datetime) -> Waiting:
    late, unit = now > row.due_at, UNIT_OF[row.owner]
    days = _days(session, row, now, unit) if late else 0
    return Waiting(*_place(session, row), row.owner, row.what, row.since, row.due_at, late, days, unit)


def _days(session: Session, row: Any, now: datetime, unit: Unit) -> int:
    calendar = calendar_of(session, _offer(session, row), row)
    return calendar.count(calendar.local_day(row.due_at), calendar.local_day(now), unit)


def _pressing(line: Waiting) -> tuple[bool, int, datetime, str]:
    return (not line.late, -line.days_late, line.due_at, line.reference)
