"""A school's meetings: those that have a date, those that took place, and those with dates to choose from."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.calendar.local_time import local_day
from workflow.domain.lifecycles import HELD_STATUSES
from workflow.offer.definition import Offer
from workflow.store.record import holds
from workflow.store.tables.appointment import Appointment, OfferedDate
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.school import SchoolDate

_SHOWN = ("offered", "booked", *sorted(HELD_STATUSES))


class Meeting(NamedTuple):
    """One of a kind of appointment; `dates` are those to choose from, by their numbers."""

    row: Appointment
    title: str
    length: str
    dates: tuple[OfferedDate, ...] = ()


class SchoolDates(NamedTuple):
    """`ahead` and `offered` are in the order in which they come, `held` the last one first. `closed` are days of the
    school's own that are still ahead."""

    ahead: tuple[Meeting, ...]
    offered: tuple[Meeting, ...]
    held: tuple[Meeting, ...]
    closed: Sequence[SchoolDate]


def read(session: Session, offer: Offer, engagement: Engagement, now: datetime) -> SchoolDates:
    """Three queries, however many meetings there are. A date that has passed and is not recorded yet is ahead still."""
    mine = (Appointment.engagement_id == engagement.id) & holds(Appointment.status, *_SHOWN)
    rows = session.scalars(select(Appointment).where(mine).order_by(Appointment.starts_at, Appointment.id)).all()
    dates = _offered(session, engagement.id, now)
    known = [_meeting(offer, one, dates) for one in rows]
    return SchoolDates(
        tuple(one for one in known if one.row.status == "booked"),
        tuple(one for one in known if one.row.status == "offered" and engagement.standing == "active"),
        tuple(one for one in reversed(known) if one.row.status in HELD_STATUSES),
        _closed(session, engagement.school_urn, now),
    )


def _meeting(offer: Offer, row: Appointment, dates: Sequence[OfferedDate]) -> Meeting:
    kind = offer.appointment[row.kind]
    return Meeting(row, kind.title, kind.length, tuple(one for one in dates if one.appointment_id == row.id))


def _offered(session: Session, engagement_id: int, now: datetime) -> Sequence[OfferedDate]:
    """Those that are still ahead."""
    waiting = (Appointment.engagement_id == engagement_id) & holds(Appointment.status, "offered")
    dates = select(OfferedDate).join(Appointment, Appointment.id == OfferedDate.appointment_id).where(waiting)
    return session.scalars(dates.where(OfferedDate.starts_at > now).order_by(OfferedDate.starts_at)).all()


def _closed(session: Session, urn: str, now: datetime) -> Sequence[SchoolDate]:
    own = (SchoolDate.urn == urn) & (SchoolDate.kind != "term") & (SchoolDate.last >= local_day(now))
    return session.scalars(select(SchoolDate).where(own).order_by(SchoolDate.first).limit(20)).all()
