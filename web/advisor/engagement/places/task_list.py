"""The journey as a list of tasks: what is done, what is left of the stage in progress, and what is to come. Pure.

Each row leads to the form that does it, or to the place that tells about it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from web.advisor.engagement.places.signposts import Sign, Signposts
from web.formatting import ASKED, short_day
from workflow.english import count_of
from workflow.forecasting.nearest_route import NearestRoute
from workflow.forecasting.route.telling import RouteLine
from workflow.offer.definition import Offer
from workflow.queries.open_promise import OpenPromise

State = Literal["done", "to_do", "late", "waiting", "blocked", "later"]


@dataclass(frozen=True, slots=True)
class Task:
    """One row. `who` is asked to do it, in words; empty where it is a whole stage. `ready` says that it can be done
    where the row leads."""

    title: str
    href: str
    state: State
    hint: str = ""
    who: str = ""
    ready: bool = False
    line: RouteLine | None = None


def tasks(
    offer: Offer, stage: str, way: NearestRoute, promise: OpenPromise | None, signs: Signposts
) -> tuple[Task, ...]:
    return tuple(_tasks(offer, stage, way, promise, signs))


def next_task(rows: tuple[Task, ...]) -> Task | None:
    """What can be done first: by the council before by others, and what has a form before what only has a day."""
    now = [one for one in rows if one.state in ("to_do", "late", "waiting")]
    return min(now, key=lambda one: (one.state == "waiting", not one.ready), default=None)


def _tasks(
    offer: Offer, stage: str, way: NearestRoute, promise: OpenPromise | None, signs: Signposts
) -> Iterator[Task]:
    here = offer.stage_number[stage]
    for number, one in enumerate(offer.stages):
        if number < here or (number == here and one.final):
            yield Task(one.title, signs.stage(one.name), "done")
        elif number == here:
            lines = [line for line in way.lines if line.stage == stage]
            yield from (_step(offer, line, promise, signs) for line in lines)
            if not lines:
                yield Task(one.title, signs.stage(one.name), "to_do")
        else:
            yield Task(one.title, signs.stage(one.name), "later", hint=_ahead(way, one.name))


def _step(offer: Offer, line: RouteLine, promise: OpenPromise | None, signs: Signposts) -> Task:
    sign = signs.to(line.act) if line.act else Sign("")
    hint = f"{offer.stage[line.stage].title}, from {short_day(line.day)} on"
    return Task(line.what, sign.href, _state(line, promise), hint, ASKED[line.who], ready=sign.ready, line=line)


def _state(line: RouteLine, promise: OpenPromise | None) -> State:
    """What is late is what the open promise is about: whoever owes it, what they can do first."""
    if line.waits:
        return "blocked"
    owner = "council" if line.who == "council" else "school"
    if promise is not None and promise.late and promise.owner == owner:
        return "late"
    return "to_do" if line.who == "council" else "waiting"


def _ahead(way: NearestRoute, stage: str) -> str:
    """`3 steps, the first from 13 November 2025 on`."""
    lines = [line for line in way.lines if line.stage == stage]
    if not lines:
        return ""
    first = short_day(min(line.day for line in lines))
    return f"From {first} on" if len(lines) == 1 else f"{count_of(len(lines), 'step')}, from {first} on"


#: How the list says where a task is. Those with a colour wait for somebody now.
STATES: dict[State, tuple[str, str]] = {
    "done": ("Done", ""),
    "to_do": ("To do", "govuk-tag--blue"),
    "late": ("Late", "govuk-tag--red"),
    "waiting": ("Waiting", "govuk-tag--yellow"),
    "blocked": ("Cannot start yet", ""),
    "later": ("To come", ""),
}
