"""How the latest engagements of an offer have fared, remembered from one page to the next.

The history of each is read once for as long as its last event stays the last. The hash of that event stands for all
that came before it, so nothing is used that was made of another history.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import NamedTuple

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from workflow.calendar.working_days import Calendar
from workflow.engine.calendars import calendar_of
from workflow.forecasting.stage_durations import Course, read_courses
from workflow.forecasting.survival import Stay
from workflow.offer.definition import Offer
from workflow.store.cases import Case
from workflow.store.dialect import json_rows, object_of
from workflow.store.record import table_of
from workflow.store.session import KEPT
from workflow.store.tables.engagement import Engagement

#: How many engagements are looked at, so that a page stays fast: more than most councils have sold in years.
RECENT = 500
_KEPT_AS = "courses"
#: So much of a hash tells any two histories apart.
_SIGNS = 16
_DAY = timedelta(days=1)
_e = table_of(Engagement).c
# One more than are looked at, as the one that is asked about may be among them. They are chosen by when they began and
# not by when they last moved: those that moved lately are rather those that move fast, and promise too much.
_latest = (
    select(_e.id, func.substr(_e.head, 1, _SIGNS).label("head"))
    .where(_e.offer_code == bindparam("code"))
    .order_by(_e.id.desc())
    .limit(RECENT + 1)
    .subquery("latest")
)
# As one row: a driver waits its turn again for each.
_HEADS = select(json_rows(object_of(id=_latest.c.id, head=_latest.c.head))).select_from(_latest)


Courses = Mapping[int, tuple[str, Course]]


class _Kept(NamedTuple):
    """What is remembered of one offer: courses with the hash that each was made at, and the school days from each day
    to `today`."""

    courses: Courses = MappingProxyType({})
    today: date = date.min
    passed: Mapping[date, int] = MappingProxyType({})


def past_stays(session: Session, offer: Offer, besides: int, today: date) -> Iterator[tuple[str, Stay]]:
    """The stages that the other engagements of any version have been at and how long, counted on the offer's calendar;
    each one's in order, and its last goes on."""
    courses, passed = _courses(session, offer, today)
    others = [course for one, (_, course) in courses.items() if one != besides][:RECENT]
    for course in others:
        yield from course.ended
        yield course.stage, course.until(passed)


def course_of(session: Session, offer: Offer, case: Case) -> Course:
    """Its own, counted on the calendar of its school."""
    head, course = _kept(session).get(offer.key, _Kept()).courses.get(case.id, ("", None))
    if course is not None and head == case.head[:_SIGNS] and not case.dates_version:
        return course
    return read_courses(session, [case.id], calendar_of(session, offer, case))[case.id]


def _kept(session: Session) -> dict[tuple[str, str], _Kept]:
    kept: dict[tuple[str, str], _Kept] = session.info[KEPT].setdefault(_KEPT_AS, {})
    return kept


def _courses(session: Session, offer: Offer, today: date) -> tuple[Courses, Mapping[date, int]]:
    known = _kept(session).get(offer.key, _Kept())
    rows = session.connection().execute(_HEADS, {"code": offer.offer.code}).scalar_one()
    heads = {one["id"]: one["head"] for one in sorted(rows, key=lambda one: -int(one["id"]))}
    changed = [one for one, head in heads.items() if known.courses.get(one, ("",))[0] != head]
    if changed or known.today != today:
        read = read_courses(session, changed, offer.calendar) if changed else {}
        courses = {one: (head, read.get(one) or known.courses[one][1]) for one, head in heads.items()}
        known = _kept(session)[offer.key] = _Kept(courses, today, _passed(courses, offer.calendar, today))
    return {one: known.courses[one] for one in heads}, known.passed


def _passed(courses: Courses, calendar: Calendar, today: date) -> Mapping[date, int]:
    """How many school days have passed since each day on which a stay that goes on was last taken up."""
    first = min((course.since for _, course in courses.values() if course.since), default=today)
    passed, day, count = {today: 0}, today, 0
    while day > first:
        count += calendar.is_open(day, "school days")
        day -= _DAY
        passed[day] = count
    return passed
