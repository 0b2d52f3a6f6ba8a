"""The flight plan of one engagement: what time will do by itself if nothing changes, and when. Reads only.

Reminders that meet others of the same reader may go out together and a little later; everything else goes as told here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, bindparam, select
from sqlalchemy.orm import Session

from workflow.calendar.explanation import explain
from workflow.calendar.span import UNITS, Span
from workflow.calendar.working_days import Calendar
from workflow.domain.effects import Recipient
from workflow.domain.facts import AppointmentFact
from workflow.domain.guards import judge
from workflow.domain.happening import StatusChange
from workflow.domain.standing import ENDED_EARLY
from workflow.engine.calendars import calendar_of
from workflow.engine.recipients import audience_of
from workflow.english import in_words, listed
from workflow.offer.definition import Offer, Timer
from workflow.store.cases import Case
from workflow.store.record import holds, table_of
from workflow.store.tables.timer import ArmedTimer

_t = table_of(ArmedTimer).c
#: A row has a method `count` of its own.
_RUNNING: Select[*tuple[Any, ...]] = (
    select(_t.id, _t.name, _t.stage, _t.about, _t.status, _t.due_at, _t.counted_from, _t["count"].label("of"), _t.unit)
    .where(_t.engagement_id == bindparam("engagement_id"), holds(ArmedTimer.status, "armed", "suspended"))
    .order_by(_t.due_at, _t.id)
)


@dataclass(frozen=True, slots=True)
class UpcomingTimer:
    """One thing to come. `at` is in UTC; `why` explains the day it falls due. `stopped` while the clock is paused."""

    timer: str
    at: datetime
    does: str
    why: str
    stopped: bool


def flight_plan(session: Session, case: Case, offer: Offer, now: datetime) -> Iterator[UpcomingTimer]:
    """What its running timers will do, in the order of time, up to one that ends the journey."""
    planner = _Planner(session, case, offer, calendar_of(session, offer, case), now)
    for row in session.connection().execute(_RUNNING, {"engagement_id": case.id}).all():
        timer = offer.timer.get(row.name)
        if timer is None or (timer.unless is not None and judge(case.facts, timer.unless) is None):
            continue
        yield planner.flight(row, timer)
        if _ends(offer, timer, row.stage):
            return


@dataclass(frozen=True, slots=True)
class _Planner:
    session: Session
    case: Case
    offer: Offer
    calendar: Calendar
    now: datetime

    def flight(self, row: Row[Any], timer: Timer) -> UpcomingTimer:
        does = [self._told(timer, effect.name, row.about) for effect in timer.effects]
        if timer.trigger:
            does.append(f"“{self.offer.triggers[timer.trigger][0].title}” happens")
        return UpcomingTimer(
            row.name, max(row.due_at, self.now), listed(does), self._why(row), stopped=row.status == "suspended"
        )

    def _why(self, row: Row[Any]) -> str:
        if not row.of:
            return ""
        span = Span(row.of, next(unit for unit in UNITS if unit == row.unit))
        return str(explain(self.calendar, self.calendar.local_day(row.counted_from), span))

    def _told(self, timer: Timer, name: str, about: str) -> str:
        """`“due soon” goes to the school lead`."""
        meeting = next((one for one in self.case.facts.appointments if one.about == about), None)
        step = _step(meeting) if meeting else None
        higher = [*self._readers(timer.escalate_to, step)] if timer.escalate_to else []
        usual = (one for audience in self.offer.emails[name].to for one in self._readers(audience, step))
        readers = list(dict.fromkeys(higher or usual))
        return f"“{name.replace('-', ' ')}” goes to {listed(readers) or 'nobody yet'}"

    def _readers(self, audience: str, step: StatusChange | None) -> Iterator[str]:
        return (_reader(one) for one in audience_of(self.case, self.offer, audience, step))


def _step(meeting: AppointmentFact) -> StatusChange:
    status = meeting.status
    return StatusChange("appointment", meeting.id, status, status, (), kind=meeting.kind, purpose=meeting.purpose)


def _reader(recipient: Recipient) -> str:
    staff = {"participants", "completed", "participant", "invited", "attended"}
    return "the staff" if recipient.audience in staff else f"the {in_words(recipient.audience)}"


def _ends(offer: Offer, timer: Timer, stage: str) -> bool:
    ways = offer.triggers.get(timer.trigger or "", ())
    return any(stage in one.from_ and one.standing.to in ENDED_EARLY for one in ways)
