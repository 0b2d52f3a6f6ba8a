"""What a decision does to an engagement's clocks: whose turn it is, and which timers run. Pure.

Worked out once, at the end, from what was and what is, so that stages passed through in one go leave nothing behind.
Timers hang on the stage, on the promise in force, or on a meeting.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import Literal, NamedTuple, Protocol

from workflow.calendar.span import Span
from workflow.calendar.working_days import Calendar
from workflow.domain.change import NewPromise, NewTimer, PromiseEnd, TimerEnd
from workflow.domain.facts import AppointmentFact, Facts, PromiseFact, StoppedTimer
from workflow.domain.guards import judge
from workflow.domain.lifecycles import HELD_STATUSES
from workflow.domain.standing import ENDED_EARLY
from workflow.engine.promises import turn
from workflow.offer.definition import Offer, Timer
from workflow.offer.triggers import TimerPolicy
from workflow.store.cases import Case

_RUNNING: tuple[Literal["armed", "suspended"], ...] = ("armed", "suspended")
_HERE = ("stage", "promise")


class Before(Protocol):
    """What was, and the time and the days that everything is counted in."""

    @property
    def case(self) -> Case: ...

    @property
    def offer(self) -> Offer: ...

    @property
    def calendar(self) -> Calendar: ...

    @property
    def now(self) -> datetime: ...

    @property
    def before(self) -> Facts: ...


class Clocks(NamedTuple):
    """What becomes of timers and promises."""

    timers: tuple[NewTimer, ...]
    timer_ends: tuple[TimerEnd, ...]
    promises: tuple[NewPromise, ...]
    promise_ends: tuple[PromiseEnd, ...]


#: What becomes of timers and promises where nothing has changed, as in most of a sweep.
_NOTHING = Clocks((), (), (), ())


def turn_of(before: Before, case: Case, policies: Collection[TimerPolicy]) -> PromiseFact | None:
    """Whose turn it is at an engagement as it has become; nobody's while it is not active."""
    if case.standing != "active":
        return None
    known = () if "rearm" in policies else before.case.promises
    return turn(before.offer, before.calendar, case.stage, case.facts, known, now=before.now)


def settle(
    before: Before,
    case: Case,
    following: PromiseFact | None,
    policies: Collection[TimerPolicy],
    *,
    entered: bool,
) -> Clocks:
    """`case` is the engagement as it has become, `following` whose turn it is now, `entered` that a stage began."""
    opened = before.case.promise
    passes = _token(following) != _token(opened)
    timers, ends = _of_stage(before, case, policies, entered=entered)
    if passes and opened is not None and opened.id is not None:
        ends = (*ends, *_ends(before, case, ("promise",)))
    about = _of_meetings(before, case)
    return Clocks(
        timers=(*timers, *(of_promise(before, case, following) if passes and following else ()), *about.timers),
        timer_ends=(*ends, *about.timer_ends),
        promises=(NewPromise.of(following, case.id, case.version),) if passes and following else (),
        promise_ends=_closed(before, case, opened, policies) if passes else (),
    )


def _token(promise: PromiseFact | None) -> tuple[int | None, ...]:
    """What tells one promise from another; one that is not written yet is none that was open."""
    return () if promise is None else (promise.id,)


def next_round(calendar: Calendar, every: Span, was_due: datetime, now: datetime) -> tuple[datetime, datetime]:
    """The first round that lies ahead of a timer that fires again and again: what it is counted from, and when."""
    start, due = was_due, calendar.due(was_due, every)
    while due <= now:
        start, due = due, calendar.due(due, every)
    return start, due


# --- the stage's timers ---


def _of_stage(
    before: Before, case: Case, policies: Collection[TimerPolicy], *, entered: bool
) -> tuple[tuple[NewTimer, ...], tuple[TimerEnd, ...]]:
    """Those of the stage that is left end; a stage that begins, or begins again, has its own."""
    ends: tuple[TimerEnd, ...] = ()
    timers: tuple[NewTimer, ...] = ()
    if not entered and not policies:
        return timers, ends
    if entered or not {"drop", "rearm"}.isdisjoint(policies):
        ends = tuple(_ends(before, case, _HERE))
    if "suspend" in policies:
        ends = (*ends, TimerEnd(case.id, "stage", "armed", "suspended", before.now, case.version))
    if "resume" in policies and not entered:
        stopped = before.case.stopped
        timers = tuple(_gone_on(before, case, one) for one in stopped)
        abouts = dict.fromkeys(one.about for one in stopped)
        ends = (*ends, *(TimerEnd(case.id, one, "suspended", "dropped", before.now, case.version) for one in abouts))
    if entered or "rearm" in policies:
        began = before.offer.timers_of[case.stage]
        timers = (*timers, *(armed(before, case, one, "stage", before.now) for one in began))
    return timers, ends


def _ends(before: Before, case: Case, abouts: Iterable[str]) -> Iterator[TimerEnd]:
    for about in abouts:
        for was in _RUNNING:
            yield TimerEnd(case.id, about, was, "dropped", before.now, case.version)


def armed(before: Before, case: Case, timer: Timer, about: str, start: datetime) -> NewTimer:
    span = timer.span
    due = before.calendar.due(start, span)
    return NewTimer(
        case.id, timer.name, case.stage, about, "armed", before.now, due, start, span.count, span.unit, case.version
    )


def _gone_on(before: Before, case: Case, timer: StoppedTimer) -> NewTimer:
    """A stopped timer has as many of its days left as when it was stopped."""
    calendar, now = before.calendar, before.now
    since = timer.suspended_at or now
    left = max(calendar.count(calendar.local_day(since), calendar.local_day(timer.due_at), timer.unit), 0)
    due = calendar.due(now, Span(left, timer.unit))
    return NewTimer(
        case.id, timer.name, timer.stage, timer.about, "armed", timer.armed_at, due, now, left, timer.unit, case.version
    )


# --- promises ---


def of_promise(before: Before, case: Case, following: PromiseFact) -> Iterator[NewTimer]:
    for timer in before.offer.timers_on[following.owner]:
        one = armed(before, case, timer, "promise", following.due_at)
        if one.due_at > before.now:
            yield one


def _closed(
    before: Before, case: Case, opened: PromiseFact | None, policies: Collection[TimerPolicy]
) -> tuple[PromiseEnd, ...]:
    if opened is None or opened.id is None:
        return ()
    return (PromiseEnd(opened.id, _fate(before.offer, case, opened, policies), before.now, case.version),)


def _fate(offer: Offer, case: Case, promise: PromiseFact, policies: Collection[TimerPolicy]) -> str:
    if case.standing == "on_hold":
        return "paused" if "suspend" in policies else "waiting"
    if case.standing in ENDED_EARLY:
        return "dropped"
    if case.stage != promise.stage:
        return "kept"
    said = offer.promises_at[promise.stage].get(promise.name)
    kept = said is not None and said.until is not None and judge(case.facts, said.until) is None
    return "kept" if kept else "waiting"


# --- meetings ---


def _of_meetings(before: Before, case: Case) -> Clocks:
    """A date that is agreed has its timers, a meeting that took place has others, and any other has none."""
    if case.facts.appointments is before.before.appointments:
        return _NOTHING
    was = {one.id: _standing(one) for one in before.before.appointments}
    changed = [one for one in case.facts.appointments if was.get(one.id) != _standing(one)]
    left = (one.about for one in changed if was.get(one.id, ("",))[0])
    return Clocks(
        timers=tuple(timer for one in changed for timer in of_meeting(before, case, one)),
        timer_ends=tuple(_ends(before, case, left)),
        promises=(),
        promise_ends=(),
    )


def of_meeting(before: Before, case: Case, meeting: AppointmentFact) -> Iterator[NewTimer]:
    """Before the meeting what still lies ahead; after it everything, however late it was written down."""
    for timer in before.offer.timers_about(meeting.kind):
        one = armed(before, case, timer, meeting.about, meeting.starts_at)
        ahead = timer.before is not None and meeting.status == "booked" and one.due_at > before.now
        if ahead or (timer.after is not None and meeting.status in HELD_STATUSES):
            yield one


def _standing(meeting: AppointmentFact) -> tuple[str, datetime]:
    """What its timers depend on: whether it lies ahead or took place, and when."""
    place = "booked" if meeting.status == "booked" else "held" if meeting.status in HELD_STATUSES else ""
    return place, meeting.starts_at
