"""What an offer asks of everybody, told on a real calendar: each promise with its day, and what time does about it.

It is the journey of a school at which everybody takes all the time they have and nobody is late. Pure.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from workflow.calendar.explanation import explain
from workflow.calendar.span import Span
from workflow.domain.guards import judge
from workflow.errors import CheckFailed
from workflow.forecasting.route.situation import Situation
from workflow.offer.definition import Offer, Promise, Stage, Timer
from workflow.offer.graph import Graph
from workflow.offer.words.timers import does
from workflow.preview.made_up import MadeUp

_ON_THE_DAY = Span(0, "days")
#: Until a date is agreed the meeting has none.
_AGREED = "appointment_booked"


@dataclass(frozen=True, slots=True)
class TimerDay:
    """One thing that time does by itself, on a day."""

    day: date
    does: str
    every: Span | None


@dataclass(frozen=True, slots=True)
class Due:
    """What is to happen by a day. `owner` is nobody for a meeting; `counted` says how the day was found. It is
    `spare` where the journey has usually gone on by then, and only what stands in its way makes the promise count."""

    owner: str
    what: str
    day: date
    counted: str
    timers: tuple[TimerDay, ...] = ()
    spare: bool = False


@dataclass(frozen=True, slots=True)
class StageDays:
    """A stage, the day on which it begins at the latest, and what falls due in it."""

    stage: Stage
    begins: date
    dues: tuple[Due, ...]
    timers: tuple[TimerDay, ...]


@dataclass(frozen=True, slots=True)
class Timetable:
    """`trouble` is why the days end early, where the calendar has too few."""

    stages: tuple[StageDays, ...]
    trouble: str = ""


def timetable(about: MadeUp) -> Timetable:
    """The stages on the shortest way to what the journey makes for."""
    told: list[StageDays] = []
    moment = about.now
    try:
        for stage in _way(about.offer):
            days = _Stage(about, stage, moment)
            told.append(days.told())
            moment = days.moment
    except CheckFailed as trouble:
        return Timetable(tuple(told), str(trouble))
    return Timetable(tuple(told))


def _way(offer: Offer) -> Iterator[Stage]:
    moves = (one for one in offer.transitions if one.to is not None and "active" in one.standing.from_)
    edges = ((stage, str(one.to), str(one.to)) for one in moves for stage in one.from_ if stage != one.to)
    ways = Graph(offer.stage, edges).ways_from(offer.offer.start)
    passed = next((way for place, way in ways.items() if place in offer.goals), ())
    return (offer.stage[name] for name in (offer.offer.start, *passed))


class _Stage:
    """Goes through one stage; `moment` is how far it has come, and `meeting` when its meeting takes place."""

    def __init__(self, about: MadeUp, stage: Stage, moment: datetime) -> None:
        self.about, self.stage, self.began, self.moment = about, stage, moment, moment
        self.calendar = about.offer.calendar
        self.meeting: datetime | None = None

    def told(self) -> StageDays:
        timers = tuple(self._days(self.about.offer.timers_of[self.stage.name], self.began))
        return StageDays(self.stage, self.calendar.local_day(self.began), tuple(self._dues()), timers)

    def _dues(self) -> Iterator[Due]:
        gone_on, meets = False, list[Due]()
        for promise in self.about.offer.promises_at[self.stage.name].values():
            if self._kept_before(promise):
                continue
            if promise.at is not None and self.meeting is None:
                meets.append(self._met(promise.at))
            if promise.until is None or promise.until.guard != _AGREED:
                yield from meets
                meets.clear()
            yield self._promised(promise, spare=gone_on)
            gone_on = gone_on or self._goes_on()
        yield from meets
        if self.stage.appointment is not None and self.meeting is None:
            yield self._met(self.stage.appointment)

    def _kept_before(self, promise: Promise) -> bool:
        """Whether nothing that people have done so far, or will have done in the end, makes it anybody's turn."""
        known = (self.about.facts(self.stage.name), self.about.facts(self.stage.name, "completed"))
        return promise.until is not None and all(judge(facts, promise.until) is None for facts in known)

    def _goes_on(self) -> bool:
        """Whether the stage is left by itself as soon as everybody is named."""
        facts = self.about.when_named
        leading = (one for one in self.about.offer.transitions if one.automatic and self.stage.name in one.from_)
        return any(all(judge(facts, rule) is None for rule in one.guards) for one in leading)

    def _met(self, kind: str) -> Due:
        """The first day after the notice of its kind on which both sides are there."""
        offer, agreed = self.about.offer, self.calendar.local_day(self.moment)
        at = Situation(offer, self.calendar, self.stage.name, self.about.when_named, agreed)
        day = at.meeting_day(kind, agreed)
        self.meeting = self.moment = self.about.at_ten(day)
        notice = offer.appointment[kind].notice
        counted = f"{notice} after the date is agreed, at the soonest" if notice else "the day after, at the soonest"
        timers = tuple(self._days(offer.timers_about(kind), self.meeting))
        return Due("", offer.appointment[kind].title, day, counted, timers)

    def _promised(self, promise: Promise, *, spare: bool) -> Due:
        start = self.meeting if promise.at is not None and self.meeting else self.moment
        span, first = promise.within or _ON_THE_DAY, self.calendar.local_day(start)
        due = self.calendar.deadline(start, span)
        day = self.calendar.local_day(due)
        counted = str(explain(self.calendar, first, span)).partition(": ")[2] if span.count else "on that day"
        timers = tuple(self._days(self.about.offer.timers_on[promise.owner], due))
        if not spare:
            self.moment = max(self.moment, self.about.at_ten(day))
        return Due(promise.owner, promise.to, day, counted, timers, spare)

    def _days(self, timers: tuple[Timer, ...], start: datetime) -> Iterator[TimerDay]:
        found = ((self.calendar.due(start, one.span), one) for one in timers)
        for due, one in sorted(found, key=lambda each: each[0]):
            if one.before is None or due > self.began:
                yield TimerDay(self.calendar.local_day(due), does(self.about.offer, one), one.every)
