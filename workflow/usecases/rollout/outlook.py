"""What an engagement finds under another version of its offer, in sentences: stage, promise, timers, triggers. Pure."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from workflow.calendar.local_time import day_told
from workflow.domain.facts import PromiseFact
from workflow.engine import Available
from workflow.engine.versions.carried import Begun, Known
from workflow.english import listed
from workflow.offer.event_titles import title_of
from workflow.usecases.rollout.move import Moved


def told(moved: Moved, before: Sequence[Available], after: Sequence[Available]) -> Iterator[str]:
    """`before` and `after` are the triggers of its stage as whoever moves it found and finds them."""
    yield _stage(moved)
    yield from _by_itself(moved)
    yield from _promise(moved)
    yield from _timers(moved)
    if len(moved.course.events) == 1:
        yield from _triggers(moved, before, after)


def _stage(moved: Moved) -> str:
    move = moved.move
    was, becomes = move.former.stage[move.was.stage].title, move.offer.stage[move.case.stage].title
    return f"It stays at “{was}”." if was == becomes else f"It goes on at “{becomes}”, which was “{was}”."


def _by_itself(moved: Moved) -> Iterator[str]:
    offer, case = moved.move.offer, moved.course.case
    done = [title_of(offer, one.name, one.data) for one in moved.course.events[1:] if one.name in offer.triggers]
    if done:
        yield f"By itself there: {listed(done)}."
    if case.stage != moved.move.case.stage:
        yield f"The stage is then “{offer.stage[case.stage].title}”."


def _promise(moved: Moved) -> Iterator[str]:
    was, now = moved.move.was.promise, moved.course.turn()
    if now is not None:
        same = was is not None and (was.owner, was.what, was.due_at) == (now.owner, now.what, now.due_at)
        yield f"The {_owes(moved, now)}{', as before' if same else ''}."
        if was is not None and not same:
            yield f"Before, the {_owes(moved, was)}."
    elif was is not None:
        yield f"Nobody owes anything there. Before, the {_owes(moved, was)}."


def _owes(moved: Moved, promise: PromiseFact) -> str:
    return f"{promise.owner} is to {promise.what} by {_day(moved, promise.due_at)}"


def _day(moved: Moved, moment: datetime) -> str:
    return day_told(moment, moved.move.calendar.zone)


def _timers(moved: Moved) -> Iterator[str]:
    """Of a stage that ends at once there is nothing to tell, nor of a promise that gives way to another."""
    move = moved.move
    if moved.course.case.stage != move.case.stage:
        return
    over = move.promise is None or moved.course.turn() != move.promise
    told = [one for one in moved.carried.ended if not (over and one.about == "promise")]
    ended = {(one.about, move.renamed.timer(one.name)): one for one in told}
    fresh = (one for one in moved.carried.begun if not (over and one.timer.about == "promise"))
    begun = {(one.timer.about, one.timer.name): one for one in fresh}
    pairs = [(ended[key], one) for key, one in begun.items() if key in ended]
    later = [_other_day(moved, was, one) for was, one in pairs if _differs(was, one)]
    timers = (one.timer for key, one in begun.items() if key not in ended)
    new = [f"{_named(one.name)} on {_day(moved, one.due_at)}" for one in timers]
    gone = [_named(one.name) for key, one in ended.items() if key not in begun]
    for words, those in (("Due on another day: ", later), ("New timers: ", new), ("No more due: ", gone)):
        if those:
            yield f"{words}{listed(those)}."


def _differs(was: Known, becomes: Begun) -> bool:
    return was.due_at != becomes.timer.due_at


def _other_day(moved: Moved, was: Known, becomes: Begun) -> str:
    days = f"{_day(moved, becomes.timer.due_at)} instead of {_day(moved, was.due_at)}"
    return f"{_named(becomes.timer.name)} on {days}"


def _named(name: str) -> str:
    return name.replace("-", " ")


def _triggers(moved: Moved, before: Sequence[Available], after: Sequence[Available]) -> Iterator[str]:
    """What could be done and cannot be done there, with the reason; and the other way about."""
    renamed = moved.move.renamed
    known = {renamed.trigger(one.trigger): one for one in before}
    can = {one.trigger: one for one in after}
    for name, was in known.items():
        if name in can:
            yield from _refused(was, can[name])
        elif was.open:
            yield f"“{was.transition.title}” is not known there."
    could = {name for name, one in known.items() if one.open}
    opened = [f"“{one.transition.title}”" for one in after if one.open and one.trigger not in could]
    if opened:
        yield f"{listed(opened)} can be done there and could not be done before."


def _refused(was: Available, there: Available) -> Iterator[str]:
    """Why it is refused there, as far as no guard of the same kind refused it before."""
    known = {one.guard for one in was.refusals}
    why = " ".join(one.sentence for one in there.refusals if one.guard not in known)
    if why:
        could = "could be done and is" if was.open else "is"
        yield f"“{there.transition.title}” {could} refused there: {why}"
