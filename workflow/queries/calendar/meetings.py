"""Meetings of a range of days, whoever's they are: what has been agreed, and what has taken place.

All of them are found by their day, one advisor's by their engagements: the work does not grow with how many there are.
Dates that are only offered stand in diaries alone, and what was moved or called off nowhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import Integer, Row, Select, bindparam, or_, select, tuple_, union_all
from sqlalchemy.orm import Session

from workflow.calendar.local_time import local_day, local_time
from workflow.engine.catalogue import offers_of
from workflow.english import clock_in_words, in_words
from workflow.offer.definition import AppointmentKind
from workflow.offer.installed.editions import Edition
from workflow.queries.lists.wanted import under
from workflow.store.record import UtcDateTime, holds
from workflow.store.tables.appointment import Appointment, OfferedDate
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.school import School
from workflow.store.tables.user import User

#: What a date is for, where it is not the one that was planned.
_PURPOSES = {"planned": "", "catch_up": " (catch-up)", "re_visit": " (re-visit)"}
#: More than two people ever have before them in half a year; nothing is planned around what lies further ahead.
_MOST = 500


@dataclass(frozen=True, slots=True)
class Meeting:
    """`starts_at` is in UTC. `advisor` is empty where nobody looks after the school, and `length` None while the offer
    that says it is out of use."""

    id: int
    reference: str
    school: str
    title: str
    status: str
    starts_at: datetime
    length: timedelta | None
    place: str
    advisor: str

    @property
    def day(self) -> date:
        """The day there."""
        return local_day(self.starts_at)

    @property
    def clock(self) -> str:
        """`2:05pm`."""
        return clock_in_words(local_time(self.starts_at).time())

    @property
    def until(self) -> str:
        """`5:05pm`, or nothing where nobody can say."""
        return clock_in_words(local_time(self.starts_at + self.length).time()) if self.length else ""

    def is_unrecorded(self, now: datetime) -> bool:
        """Whether it should be over, and nobody has said that it took place."""
        return self.status == "booked" and self.starts_at + (self.length or timedelta()) < now


def list_meetings(
    session: Session,
    first: datetime,
    before: datetime,
    *,
    advisor_id: int | None,
    limit: int,
    after: int | None = None,
    offer: Edition | None = None,
) -> list[Meeting]:
    """At most `limit` meetings that begin in this time, earliest first: of one advisor's schools, or of all, and under
    one offer, or under all.

    `after` is the number of the last meeting that has been seen already.
    """
    query = _IN_ORDER.where(Appointment.starts_at >= first, Appointment.starts_at < before, *under(offer)).limit(limit)
    if advisor_id is not None:
        query = query.where(Engagement.advisor_id == advisor_id)
    if after is not None:
        seen = select(Appointment.starts_at, Appointment.id).where(Appointment.id == after)
        query = query.where(tuple_(Appointment.starts_at, Appointment.id) > seen.scalar_subquery())
    return [_meeting(session, row) for row in session.execute(query)]


def first_of_each_day(
    session: Session, days: Sequence[datetime], most: int, offer: Edition | None = None
) -> list[Meeting]:
    """Everybody's, earliest first, but at most so many of each day. `days` are when each begins, and the last one ends.

    However many meetings there are, no more are read: each day's first are found by the index alone. Of one offer, each
    meeting of the day is looked at until there are enough.
    """
    given = {f"day{number}": moment for number, moment in enumerate(days)}
    rows = session.execute(_daily(len(days) - 1, offer), {**given, "most": most})
    return [_meeting(session, row) for row in rows]


@lru_cache(maxsize=64)
def _daily(days: int, offer: Edition | None) -> Select[Any]:
    return _IN_ORDER.where(Appointment.id.in_(union_all(*(_of_day(number, offer) for number in range(days)))))


def _of_day(number: int, offer: Edition | None) -> Select[int]:
    begins, ends = (bindparam(f"day{one}", type_=UtcDateTime()) for one in (number, number + 1))
    own = select(Appointment.id).where(_AGREED, Appointment.starts_at >= begins, Appointment.starts_at < ends)
    if offer:
        own = own.join(Engagement, Engagement.id == Appointment.engagement_id).where(*under(offer))
    # By the index as it is: of many that begin at the same moment, any are first.
    first = own.order_by(Appointment.starts_at).limit(bindparam("most", type_=Integer()))
    return select(first.subquery(f"on{number}").c.id)


_COLUMNS: tuple[Any, ...] = (
    Appointment.id,
    Appointment.kind,
    Appointment.purpose,
    Appointment.status,
    Appointment.starts_at,
    Appointment.place,
    Engagement.reference,
    Engagement.offer_code,
    Engagement.offer_version,
    School.name.label("school"),
    User.name.label("advisor"),
)
_ALL: Select[Any] = (
    select(*_COLUMNS)
    .select_from(Appointment)
    .join(Engagement, Engagement.id == Appointment.engagement_id)
    .join(School, School.urn == Engagement.school_urn)
    .outerjoin(User, User.id == Engagement.advisor_id)
)
_AGREED = holds(Appointment.status, "booked", "held", "registered")
_IN_ORDER = _ALL.where(_AGREED).order_by(Appointment.starts_at, Appointment.id)
_OFFERED = (
    _ALL.with_only_columns(*(OfferedDate.starts_at if one is Appointment.starts_at else one for one in _COLUMNS))
    .join(OfferedDate, OfferedDate.appointment_id == Appointment.id)
    .where(holds(Appointment.status, "offered"))
    .order_by(OfferedDate.starts_at, OfferedDate.id)
)


def diaries(session: Session, engagement: Engagement, first: datetime, before: datetime) -> list[Meeting]:
    """What the advisor of an engagement and its school have in this time, earliest first: meetings, and dates that wait
    for a school to choose. Both are found by their days, so that neither grows with how many there are."""
    theirs = Engagement.school_urn == engagement.school_urn
    if engagement.advisor_id is not None:
        theirs = or_(theirs, Engagement.advisor_id == engagement.advisor_id)
    agreed = _IN_ORDER.where(theirs, Appointment.starts_at >= first, Appointment.starts_at < before)
    offered = _OFFERED.where(theirs, OfferedDate.starts_at >= first, OfferedDate.starts_at < before)
    rows = [row for query in (agreed, offered) for row in session.execute(query.limit(_MOST))]
    return sorted((_meeting(session, row) for row in rows), key=lambda one: (one.starts_at, one.id))


def _meeting(session: Session, row: Row[Any]) -> Meeting:
    kind = kind_of(session, row)
    return Meeting(
        id=row.id,
        reference=row.reference,
        school=row.school,
        title=title_of(kind, row),
        status=row.status,
        starts_at=row.starts_at,
        length=kind.lasts if kind else None,
        place=row.place,
        advisor=row.advisor or "",
    )


def kind_of(session: Session, row: Row[Any]) -> AppointmentKind | None:
    """What its offer says of such meetings; None where the offer is out of use or knows of them no more."""
    known = offers_of(session)
    if (row.offer_code, row.offer_version) not in known.outlines:
        return None
    return known.machine(row.offer_code, row.offer_version).offer.appointment.get(row.kind)


def title_of(kind: AppointmentKind | None, row: Row[Any]) -> str:
    """`Quality assurance visit (re-visit)`."""
    return (kind.title if kind else in_words(row.kind).capitalize()) + _PURPOSES[row.purpose]
