"""The journey as a list of tasks: what is done, what is left of the stage in progress, and what is to come. Pure.

Each row leads to the form that does it, or to the place that tells about it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from web.advisor.engagement.places.signposts import Sign, Signposts
from web.formatting import ASKED, brief_day, short_day
from workflow.forecasting.nearest_route import NearestRoute
from workflow.forecasting.route.telling import RouteLine
from workflow.forecasting.route.way_on import stages_on_the_way
from workflow.offer.definition import Offer
from workflow.queries.open_promise import OpenPromise

State = Literal["done", "to_do", "late", "waiting", "planned", "blocked", "later"]


#: What is done first: by the council, then on its day, and only then what others do.
_NOW: tuple[State, ...] = ("late", "to_do", "planned", "waiting")
_MEETS = ("hold", "register")


@dataclass(frozen=True, slots=True)
class Task:
    """One row. `hint` says who does it and from which day on; of a whole stage to come, `when` says the day alone.
    `ready` says that it can be done where the row leads."""

    title: str
    href: str
    state: State
    hint: str = ""
    when: str = ""
    ready: bool = False
    line: RouteLine | None = None


def tasks(
    offer: Offer, stage: str, way: NearestRoute, promise: OpenPromise | None, signs: Signposts
) -> tuple[Task, ...]:
    return tuple(_tasks(offer, stage, way, promise, signs))


def next_task(rows: tuple[Task, ...]) -> Task | None:
    """What can be done first: by the council before by others, and what has a form before what only has a day."""
    now = [one for one in rows if one.state in _NOW]
    return min(now, key=lambda one: (_NOW.index(one.state), not one.ready), default=None)


def _tasks(
    offer: Offer, stage: str, way: NearestRoute, promise: OpenPromise | None, signs: Signposts
) -> Iterator[Task]:
    here = offer.stage_number[stage]
    for one in (offer.stage[name] for name in stages_on_the_way(offer, stage)):
        number = offer.stage_number[one.name]
        if number < here or (number == here and one.final):
            yield Task(one.title, signs.stage(one.name), "done")
        elif number == here:
            lines = [line for line in way.lines if line.stage == stage]
            yield from (_step(line, promise, signs) for line in lines)
            if not lines:
                yield Task(one.title, signs.stage(one.name), "to_do")
        else:
            yield Task(one.title, signs.stage(one.name), "later", when=_ahead(way, one.name))


def _step(line: RouteLine, promise: OpenPromise | None, signs: Signposts) -> Task:
    sign = signs.to(line.act) if line.act else Sign("")
    if _is_planned(line, sign):
        return Task(line.what, sign.href, "planned", ASKED[line.who], f"On {brief_day(line.day)}", line=line)
    hint = f"{ASKED[line.who]}, from {short_day(line.day)} on"
    return Task(line.what, sign.href, _state(line, promise), hint, ready=sign.ready, line=line)


def _is_planned(line: RouteLine, sign: Sign) -> bool:
    """A meeting whose date is agreed has no form before it has begun."""
    return line.act is not None and line.act.doing in _MEETS and not line.waits and not sign.ready


def _state(line: RouteLine, promise: OpenPromise | None) -> State:
    """What is late is what the open promise is about: whoever owes it, what they can do first."""
    if line.waits:
        return "blocked"
    owner = "council" if line.who == "council" else "school"
    if promise is not None and promise.late and promise.owner == owner:
        return "late"
    return "to_do" if line.who == "council" else "waiting"


def _ahead(way: NearestRoute, stage: str) -> str:
    """`From 13 Nov 2025`, the first day on which something can be done there."""
    days = [line.day for line in way.lines if line.stage == stage]
    return f"From {brief_day(min(days))}" if days else ""


#: How the list says where a task is. Those with a colour wait for somebody now.
STATES: dict[State, tuple[str, str]] = {
    "done": ("Done", ""),
    "to_do": ("To do", "govuk-tag--blue"),
    "late": ("Late", "govuk-tag--red"),
    "waiting": ("Waiting", "govuk-tag--yellow"),
    "planned": ("Date agreed", ""),
    "blocked": ("Cannot start yet", ""),
    "later": ("To come", ""),
}
