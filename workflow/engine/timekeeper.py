"""What one change does to an engagement's clocks: whose turn it is, and which timers run.

The engine tells it what happened; it settles once, at the end, so that stages passed through in one go leave nothing
behind. Timers hang on the stage, on the promise in force, or on a meeting.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.calendar.span import UNITS, Span
from workflow.calendar.working_days import Calendar
from workflow.domain.facts import AppointmentFact, Facts, PromiseFact
from workflow.domain.guards import judge
from workflow.domain.lifecycles import HELD_STATUSES
from workflow.engine.promises import turn
from workflow.offer.definition import Offer, Timer
from workflow.offer.triggers import TimerPolicy
from workflow.store.cases import Case
from workflow.store.change_writer import Batch, PromiseFate, TimerFate
from workflow.store.tables.timer import ArmedTimer

_RUNNING = ("armed", "suspended")
_HERE = ("stage", "promise")
_OVER = ("cancelled", "lapsed")
#: What a promise is to the row that keeps it.
_ROW = ("stage", "owner", "what", "anchor", "status", "since", "due_at", "counted_from", "count", "unit")


def about_meeting(number: int) -> str:
    """How a timer names the meeting it hangs on."""
    return f"meeting:{number}"


class Timekeeper:
    """Made with the case as it was; `settle` reads it as it has become."""

    def __init__(
        self, session: Session, case: Case, offer: Offer, *, calendar: Calendar, now: datetime, before: Facts
    ) -> None:
        self._session, self._case, self._offer, self._calendar, self._now = session, case, offer, calendar, now
        self._before, self._known = before, case.promises
        self._open = case.promise
        self._entered, self._policies = False, set[TimerPolicy]()
        self._turn: tuple[tuple[int, str, str], PromiseFact | None] | None = None

    def enter(self) -> None:
        """A stage began; the timers of the one before are over."""
        self._entered = True

    def treat(self, policy: TimerPolicy) -> None:
        """What a transition without a new stage does to the timers."""
        self._policies.add(policy)

    def turn(self) -> PromiseFact | None:
        """Whose turn it is as things stand; worked out once for all the effects of an event."""
        case = self._case
        moment = (case.version, case.stage, case.standing)
        if self._turn is None or self._turn[0] != moment:
            known = () if "rearm" in self._policies else self._known
            found = turn(self._offer, self._calendar, case.stage, case.facts, known, now=self._now)
            self._turn = (moment, found if case.standing == "active" else None)
        return self._turn[1]

    def settle(self, batch: Batch) -> None:
        """Adds to the batch what becomes of promises and timers."""
        dropped = self._entered or self._policies & {"drop", "rearm"}
        if dropped:
            self._drop(batch, _HERE)
        if "suspend" in self._policies:
            self._drop(batch, ("stage",), to="suspended")
        if "resume" in self._policies and not self._entered:
            batch.rows["timer"] += self._resumed()
        if self._entered or "rearm" in self._policies:
            timers = self._offer.timers_of[self._case.stage]
            batch.rows["timer"] += [self._armed(one, "stage", self._now) for one in timers]
        if self._turn_passes():
            self._pass_turn(batch)
        self._follow_meetings(batch)

    def _drop(self, batch: Batch, abouts: Iterable[str], to: str = "dropped") -> None:
        was = _RUNNING if to == "dropped" else ("armed",)
        batch.timer_fates += [
            TimerFate(self._case.id, about, one, to, self._now, self._case.version) for about in abouts for one in was
        ]

    # --- promises ---

    def _turn_passes(self) -> bool:
        now, before = self.turn(), self._open
        if now is None or before is None:
            return now is not before
        return now.id != before.id

    def _pass_turn(self, batch: Batch) -> None:
        """The promise that was open is closed, and the one in force opened, with its timers."""
        case, following = self._case, self.turn()
        if self._open is not None and self._open.id is not None:
            batch.promise_fates.append(PromiseFate(self._open.id, self._fate(self._open), self._now, case.version))
            self._drop(batch, ("promise",))
        if following is None:
            return
        row = {name: getattr(following, name) for name in _ROW}
        batch.rows["promise"].append({"engagement_id": case.id, "opened_seq": case.version, **row})
        running = (self._armed(one, "promise", following.due_at) for one in self._offer.timers_on[following.owner])
        batch.rows["timer"] += [row for row in running if row["due_at"] > self._now]

    def _fate(self, promise: PromiseFact) -> str:
        if self._case.standing == "on_hold":
            return "paused" if "suspend" in self._policies else "waiting"
        if self._case.standing in _OVER:
            return "dropped"
        if self._case.stage != promise.stage:
            return "kept"
        until = next(one.until for one in self._offer.stage[promise.stage].promises if one.to == promise.what)
        kept = until is not None and judge(self._case.facts, until) is None
        return "kept" if kept else "waiting"

    # --- timers ---

    def _armed(self, timer: Timer, about: str, start: datetime, span: Span | None = None) -> dict[str, Any]:
        span = span or timer.span
        return {
            "engagement_id": self._case.id,
            "name": timer.name,
            "stage": self._case.stage,
            "about": about,
            "status": "armed",
            "armed_at": self._now,
            "due_at": self._calendar.due(start, span),
            "counted_from": start,
            "count": span.count,
            "unit": span.unit,
            "armed_seq": self._case.version,
        }

    def again(self, batch: Batch, timer: Timer, about: str, due_at: datetime) -> None:
        """The next time of a timer that fires again and again: the first of its rounds that lies ahead."""
        if timer.every is None:
            return
        following = self._armed(timer, about, due_at, timer.every)
        while following["due_at"] <= self._now:
            following = self._armed(timer, about, following["due_at"], timer.every)
        batch.rows["timer"].append(following)

    def _resumed(self) -> Iterator[dict[str, Any]]:
        """Each timer has as many of its days left as when it was stopped; the stopped ones make way for these."""
        stopped = self._session.scalars(
            select(ArmedTimer).where(ArmedTimer.engagement_id == self._case.id, ArmedTimer.status == "suspended")
        )
        for timer in stopped:
            timer.status, timer.settled_at, timer.settled_seq = "dropped", self._now, self._case.version
            yield self._continued(timer)

    def _continued(self, timer: ArmedTimer) -> dict[str, Any]:
        since, unit = timer.suspended_at or self._now, next(one for one in UNITS if one == timer.unit)
        left = self._calendar.count(self._calendar.local_day(since), self._calendar.local_day(timer.due_at), unit)
        span = Span(max(left, 0), unit)
        return {
            "engagement_id": self._case.id,
            "name": timer.name,
            "stage": timer.stage,
            "about": timer.about,
            "status": "armed",
            "armed_at": timer.armed_at,
            "due_at": self._calendar.due(self._now, span),
            "counted_from": self._now,
            "count": span.count,
            "unit": unit,
            "armed_seq": self._case.version,
        }

    # --- meetings ---

    def _follow_meetings(self, batch: Batch) -> None:
        """A date that is agreed has its timers, a meeting that took place has others, and any other has none."""
        was = {one.id: one for one in self._before.appointments}
        for one in self._case.facts.appointments:
            before = was.get(one.id)
            if before is not None and _standing(before) == _standing(one):
                continue
            if before is not None and _standing(before)[0]:
                self._drop(batch, (about_meeting(one.id),))
            batch.rows["timer"] += self._about(one)

    def _about(self, meeting: AppointmentFact) -> Iterator[dict[str, Any]]:
        """Before the meeting what still lies ahead; after it everything, however late it was written down."""
        for timer in self._offer.timers_about(meeting.kind):
            row = self._armed(timer, about_meeting(meeting.id), meeting.starts_at)
            ahead = timer.before is not None and meeting.status == "booked" and row["due_at"] > self._now
            if ahead or (timer.after is not None and meeting.status in HELD_STATUSES):
                yield row


def _standing(meeting: AppointmentFact) -> tuple[str, datetime]:
    """What its timers depend on: whether it lies ahead or took place, and when."""
    place = "booked" if meeting.status == "booked" else "held" if meeting.status in HELD_STATUSES else ""
    return place, meeting.starts_at
