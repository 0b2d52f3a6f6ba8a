"""How long engagements stayed at their stages and where they went next, counted by the database.

One query whatever their number: what comes back is a histogram, so its length goes by the stages and the days there
are and not by the engagements. Every day counts here, closed or not; for the forecast of one engagement, in school
days, see `stage_durations`. Time on hold does not count, nor does what was taken back. A stage
that another version of the offer calls otherwise goes on under its new name.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    SQLColumnExpression,
    Subquery,
    and_,
    case,
    cast,
    extract,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy.orm import Session
from sqlalchemy.sql.functions import FunctionElement

from workflow.domain.happening import STEP_UNDONE, VERSION_CHANGED
from workflow.domain.standing import ENDED_EARLY, OPEN_STANDINGS
from workflow.store.dialect import in_list
from workflow.store.record import UtcDateTime, table_of
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.event import Event
from workflow.store.tables.participant import Participant

SECONDS_A_DAY = 86_400
_e, _engagement, _participant = (table_of(one).c for one in (Event, Engagement, Participant))
#: Who will have no certificate of this journey.
_NOT_TAKING_PART = ("withdrawn", "deferred")
_MOVED = or_(_e.from_stage != _e.to_stage, _e.from_standing != _e.to_standing, _e.seq == 1)


class StayCount(NamedTuple):
    """So many stays at a stage that lasted so many whole days.

    `went_to` is the stage that came next, empty where none did. `standing` is the engagement's where no stage came
    next: a stay of an open one goes on, another ended there early. `people` take part in each of those that go on.
    """

    stage: str
    went_to: str
    standing: str
    days: int
    people: int
    many: int

    @property
    def moved_on(self) -> bool:
        return bool(self.went_to)

    @property
    def goes_on(self) -> bool:
        return not self.went_to and self.standing in OPEN_STANDINGS


def count_stays(session: Session, code: str, since: datetime, now: datetime) -> Sequence[StayCount]:
    """The stays under an offer that ended since then, and those that go on now."""
    return [StayCount(*row) for row in session.execute(_counted(code, since, now))]


def _counted(code: str, since: datetime, now: datetime) -> Select[Any]:
    stay = _stays(code, since, now)
    ended_at = func.coalesce(stay.c.left_at, stay.c.rests_since)
    early = stay.c.rests.in_(ENDED_EARLY)
    ongoing = and_(stay.c.left_at.is_(None), stay.c.rests.in_(OPEN_STANDINGS))
    which = or_(ongoing, and_(or_(stay.c.left_at.is_not(None), early), ended_at >= since))
    went_to = func.coalesce(stay.c.went_to, "")
    standing = case((stay.c.left_at.is_(None), stay.c.rests), else_="")
    days = stay.c.seconds.op("/")(SECONDS_A_DAY)
    taking = _taking_part()
    people = case((ongoing, func.coalesce(taking.c.people, 0)), else_=0)
    counted = (
        select(
            stay.c.stage,
            went_to.label("went_to"),
            standing.label("standing"),
            days.label("days"),
            people.label("people"),
        )
        .select_from(stay)
        .outerjoin(taking, taking.c.engagement_id == stay.c.engagement_id)
        .where(which)
        .subquery("counted")
    )
    return select(*counted.c, func.count()).group_by(*counted.c).order_by(*counted.c)


def _taking_part() -> Subquery:
    """How many people of each engagement may come to a certificate."""
    own = _participant.engagement_id
    counted = select(own, func.count().label("people")).where(_participant.status.not_in(_NOT_TAKING_PART))
    return counted.group_by(own).subquery("taking")


def _stays(code: str, since: datetime, now: datetime) -> Subquery:
    """A stay is what lies between two changes of stage; it is made of spans, of which those on hold count nothing."""
    span = _spans(code, since)
    lasted = epoch(func.coalesce(span.c.until, literal(now, UtcDateTime()))) - epoch(span.c.at)
    leaves, last = and_(span.c.next_stage != span.c.to_stage, ~span.c.next_renames), span.c.until.is_(None)
    return (
        select(
            span.c.engagement_id,
            func.max(case((or_(leaves, last), span.c.to_stage))).label("stage"),
            func.sum(case((span.c.to_standing == "active", lasted), else_=0)).label("seconds"),
            func.max(case((leaves, span.c.next_stage))).label("went_to"),
            func.max(case((leaves, span.c.until))).label("left_at"),
            func.max(case((last, span.c.to_standing))).label("rests"),
            func.max(case((last, span.c.at))).label("rests_since"),
        )
        .group_by(span.c.engagement_id, span.c.stay)
        .subquery("stay")
    )


def _spans(code: str, since: datetime) -> Subquery:
    """From each move to the next one."""
    move = _moves(code, since)
    changes = case((and_(move.c.from_stage != move.c.to_stage, move.c.renames == 0), 1), else_=0)
    return select(
        move.c.engagement_id,
        move.c.at,
        move.c.to_stage,
        move.c.to_standing,
        _along(move, func.lead(move.c.at)).label("until"),
        _along(move, func.lead(move.c.to_stage)).label("next_stage"),
        (func.coalesce(_along(move, func.lead(move.c.renames)), 0) == 1).label("next_renames"),
        _along(move, func.sum(changes)).label("stay"),
    ).subquery("span")


def _along(move: Subquery, what: FunctionElement[Any]) -> ColumnElement[Any]:
    return what.over(partition_by=move.c.engagement_id, order_by=move.c.seq)


def _moves(code: str, since: datetime) -> Subquery:
    """The changes of stage or standing that were not taken back, nor took one back."""
    rare = select(_e.engagement_id, _e.seq, _e.data).where(_MOVED, _e.name == STEP_UNDONE)
    # Few are ever undone, so they are looked for once and not for every move; SQLite would do that.
    undoing = rare.cte("undoing").prefix_with("MATERIALIZED")
    this_one = or_(undoing.c.seq == _e.seq, in_list(_e.seq, undoing.c.data, "undid"))
    undone = select(undoing.c.seq).where(undoing.c.engagement_id == _e.engagement_id, this_one).exists()
    renames = case((_e.name == VERSION_CHANGED, 1), else_=0).label("renames")
    columns = (_e.engagement_id, _e.seq, _e.at, _e.from_stage, _e.to_stage, _e.to_standing, renames)
    return select(*columns).where(_MOVED, _e.engagement_id.in_(_looked_at(code, since)), ~undone).subquery("move")


def _looked_at(code: str, since: datetime) -> Select[int]:
    """Not those that came to their end before: what was is never read again, however long the service has run."""
    recent = or_(_engagement.standing != "completed", _engagement.stage_since >= since)
    return select(_engagement.id).where(_engagement.offer_code == code, recent)


def epoch(moment: SQLColumnExpression[datetime]) -> ColumnElement[int]:
    """In seconds, so that the database can say how long something lasted."""
    return cast(extract("epoch", moment), Integer)
