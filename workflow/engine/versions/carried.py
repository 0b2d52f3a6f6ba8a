"""What becomes of clocks when an engagement goes on under another version of its offer. Pure.

What was promised stays promised: a promise that the other version has too keeps its day. A timer that it has too goes
on, counted from where it was counted from, and what it did once in this stay it does not do again. What is new there
begins now, and nobody is late at once by a rule that they did not have before.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from workflow.calendar.span import Span, Unit
from workflow.calendar.working_days import Calendar
from workflow.domain.change import NewTimer
from workflow.domain.facts import Facts, PromiseFact
from workflow.engine import clocks
from workflow.offer.definition import Offer, Timer
from workflow.offer.fields import EVERY
from workflow.offer.versions.names import Renamed
from workflow.store.cases import Case

#: A timer that has come to be one of these was meant in this stay, and is not set again by a move.
_SPOKEN_FOR = ("armed", "suspended", "fired", "passed")


class Known(NamedTuple):
    """A timer of the engagement as the record has it."""

    id: int
    name: str
    stage: str
    about: str
    status: str
    armed_at: datetime
    due_at: datetime
    counted_from: datetime
    count: int  # type: ignore[assignment] # the column is called as a method of tuples, which nobody calls here
    unit: Unit
    suspended_at: datetime | None

    @property
    def runs(self) -> bool:
        return self.status in ("armed", "suspended")


class Begun(NamedTuple):
    """A timer that is set; `suspended_at` is the moment since which its clock stands still, if it does."""

    timer: NewTimer
    suspended_at: datetime | None


class Carried(NamedTuple):
    """`ended` are timers that run no more, and `begun` those set anew, be it in their place. Others go on as they
    are."""

    ended: tuple[Known, ...]
    begun: tuple[Begun, ...]


class Move(NamedTuple):
    """What a move stands on. `was` is the case under the `former` version, `case` as it is under the `offer` from the
    event on that says so; `promise` is the one that is open and goes on, if it does."""

    former: Offer
    offer: Offer
    renamed: Renamed
    was: Case
    case: Case
    promise: PromiseFact | None
    calendar: Calendar
    now: datetime

    @property
    def before(self) -> Facts:
        return self.was.facts


def goes_on(offer: Offer, promise: PromiseFact) -> bool:
    """Whether a promise, by its new names, is one of this version too."""
    said = offer.promises_at[promise.stage].get(promise.name) if promise.stage in offer.stage else None
    return said is not None and said.owner == promise.owner


def carry(move: Move, timers: Sequence[Known]) -> Carried:
    """What becomes of these timers, which are all that the engagement ever had."""
    ended, begun = list[Known](), list[Begun]()
    for one in (timer for timer in timers if timer.runs):
        there = _there(move, one)
        span = _span(move, one, there) if there else None
        if there is None or span is None:
            ended.append(one)
        elif _is_other(move, one, there, span):
            ended.append(one)
            begun += _in_its_place(move, one, there, span)
    begun += _new(move, _spoken_for(move, timers), stands=_stand(move, timers))
    return Carried(tuple(ended), tuple(begun))


def _there(move: Move, one: Known) -> Timer | None:
    """The same timer of the other version, where it hangs on the same thing."""
    found = move.offer.timer.get(move.renamed.timer(one.name))
    if found is None:
        return None
    if one.about == "stage":
        same = one.stage == move.was.stage and found.stage == move.case.stage
    elif one.about == "promise":
        same = move.promise is not None and found.promise == move.promise.owner
    else:
        same = found.at is not None and found.at in (EVERY, _kind(move, one.about))
    return found if same else None


def _kind(move: Move, about: str) -> str:
    return next((one.kind for one in move.case.facts.appointments if one.about == about), "")


def _span(move: Move, one: Known, there: Timer) -> Span | None:
    """How far it is counted. None where it had fired already and does not fire again there."""
    before = move.former.timer.get(one.name)
    if before is None or before.every is None or Span(one.count, one.unit) == before.span:
        return there.span
    return there.every


def _is_other(move: Move, one: Known, there: Timer, span: Span) -> bool:
    placed = one.about.startswith("meeting") or one.stage == move.case.stage
    return not placed or one.name != there.name or (one.count, one.unit) != (span.count, span.unit)


def _in_its_place(move: Move, one: Known, there: Timer, span: Span) -> Iterator[Begun]:
    """Counted from where it was counted from. What would have come due under the other version by now is due as far
    from now, or from when its clock stopped: a move makes nobody late. Before a meeting, its time has passed."""
    today = one.suspended_at or move.now
    start, due = one.counted_from, move.calendar.due(one.counted_from, span)
    if due <= today and there.before is not None:
        return
    if due <= today:
        start, due = today, move.calendar.due(today, span)
    kept = (move.case.id, there.name, move.case.stage, one.about, one.status, one.armed_at)
    timer = NewTimer(*kept, due, start, span.count, span.unit, move.case.version)
    yield Begun(timer, one.suspended_at)


def _spoken_for(move: Move, timers: Sequence[Known]) -> set[tuple[str, str]]:
    """By what they hang on, the names of those that were set in this stay, as the other version calls them."""
    since = {"stage": move.was.stage_since, "promise": move.promise.since if move.promise else move.now}
    return {
        (one.about, move.renamed.timer(one.name))
        for one in timers
        if one.status in _SPOKEN_FOR and (one.about not in since or one.armed_at >= since[one.about])
    }


def _stand(move: Move, timers: Sequence[Known]) -> bool:
    """Whether the clocks of the stage stand still."""
    running = any(one.about == "stage" and one.status == "armed" for one in timers)
    return move.case.standing == "on_hold" and not running


def _new(move: Move, spoken_for: set[tuple[str, str]], *, stands: bool) -> Iterator[Begun]:
    """What only the other version has, as far as it lies ahead."""
    for timer in _usual(move):
        if (timer.about, timer.name) not in spoken_for and timer.due_at > move.now:
            still = stands and timer.about == "stage"
            yield Begun(timer._replace(status="suspended"), move.now) if still else Begun(timer, None)


def _usual(move: Move) -> Iterator[NewTimer]:
    """Every timer that the other version would have set for what there is."""
    for one in move.offer.timers_of[move.case.stage]:
        yield clocks.armed(move, move.case, one, "stage", move.now)
    if move.promise is not None:
        yield from clocks.of_promise(move, move.case, move.promise)
    for meeting in move.case.facts.appointments:
        yield from clocks.of_meeting(move, move.case, meeting)
