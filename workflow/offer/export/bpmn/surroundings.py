"""What may happen to a journey whatever its stage: time passes, it rests, it ends early. Below the stages. Pure."""

from collections.abc import Iterator

from workflow.domain.standing import OPEN_STANDINGS
from workflow.english import in_words, listed
from workflow.offer.definition import Offer, Timer
from workflow.offer.export.bpmn.canvas import (
    EVENT,
    LABEL_LINE,
    LABEL_WIDTH,
    TASK,
    Box,
    Canvas,
    Node,
    Point,
    around,
    choice_after,
    label_at,
    lines_of,
)
from workflow.offer.export.bpmn.clocks import Clocks
from workflow.offer.export.bpmn.telling import condition_of, told_of_transition
from workflow.offer.triggers import Transition

#: Between two events on the edge, and from the edge down to what they lead to.
_APART, _DROP, _LEVEL = 130, 150, 90
_EDGE = 60
_GOES_ON = "It goes on"


class Surroundings:
    """Draws below the journey as a whole, from left to right."""

    def __init__(self, offer: Offer, canvas: Canvas, whole: Node) -> None:
        self._offer, self._canvas, self._whole = offer, canvas, whole
        self._x = whole.box.x + _EDGE

    def drawn(self) -> None:
        clocks = Clocks(self._offer, self._canvas, _DROP)
        for timer in _timers(self._offer):
            clocks.draw(timer, self._whole, self._next())
        for one in _leaving(self._offer):
            event = self._said(one)
            if one.standing.to in OPEN_STANDINGS:
                self._resting(one, event)
            else:
                self._over(one.standing.to, event)

    def _next(self) -> Point:
        here = Point(self._x, self._whole.box.bottom)
        self._x += _APART
        return here

    def _said(self, one: Transition) -> Node:
        """A signal from somebody, which ends the journey or goes beside it."""
        at, ends = self._next(), one.standing.to not in OPEN_STANDINGS
        place, label = around(at, EVENT), label_at(at.x + 8, at.y + 20, one.title)
        says = told_of_transition(self._offer, one)
        node = Node(
            f"said_{one.trigger}", "boundaryEvent", one.title, place, says, "signal",
            signal=one.trigger, on=self._whole.id, interrupts=ends, label=label,
        )  # fmt: skip
        return self._canvas.add(node)

    def _over(self, standing: str, event: Node) -> None:
        below = Point(event.box.middle.x, event.box.middle.y + _DROP)
        end = self._end(f"{event.id}_end", standing, below)
        self._canvas.lead(event, end, Point(below.x, event.box.bottom), Point(below.x, end.box.y))

    def _end(self, name: str, standing: str, at: Point) -> Node:
        back = listed([one.title for one in self._offer.transitions if _leads_back(one, standing)])
        says = f"From here: {back}. It then goes on at the stage where it was." if back else ""
        title = in_words(standing).capitalize()
        label = label_at(at.x - LABEL_WIDTH // 2, at.y + 20, title)
        return self._canvas.add(Node(name, "endEvent", title, around(at, EVENT), says, event="terminate", label=label))

    def _resting(self, one: Transition, event: Node) -> None:
        """A task beside the journey, with everything that may be said while it rests."""
        standing = one.standing.to
        at = Point(event.box.middle.x, event.box.middle.y + _DROP + 20)
        box = Box(at.x - 20, at.y - TASK[1] // 2, *TASK)
        task = self._canvas.add(Node(f"{event.id}_{standing}", "userTask", in_words(standing).capitalize(), box))
        self._canvas.lead(event, task, Point(at.x, event.box.bottom), Point(at.x, box.y))
        ways = [*_ways_out(self._offer, standing)]
        leaving = task
        if len(ways) > 1:
            leaving = self._canvas.add(choice_after(task, f"{task.id}_choice", 80))
            self._canvas.lead(task, leaving)
        for place, way in enumerate(ways):
            self._out(leaving, way, Point(leaving.box.right + 150, at.y + place * _LEVEL))
        self._x = leaving.box.right + 150 + _APART

    def _out(self, leaving: Node, way: Transition, here: Point) -> None:
        end = self._after(f"{leaving.id}_{way.trigger}", way, here)
        down = leaving.box.middle.x
        level = here.y == leaving.box.middle.y
        start = [Point(leaving.box.right, here.y)] if level else [Point(down, leaving.box.bottom), Point(down, here.y)]
        label = label_at(end.box.x - LABEL_WIDTH - 14, here.y - LABEL_LINE * lines_of(way.title) - 4, way.title)
        asked, says = condition_of(self._offer, way), told_of_transition(self._offer, way)
        ways = (*start, Point(end.box.x, here.y))
        self._canvas.lead(leaving, end, *ways, name=way.title, condition=asked, says=says, label=label)

    def _after(self, name: str, way: Transition, at: Point) -> Node:
        if way.standing.to not in OPEN_STANDINGS:
            return self._end(name, way.standing.to, at)
        label = label_at(at.x - LABEL_WIDTH // 2, at.y + 20, _GOES_ON)
        return self._canvas.add(Node(name, "endEvent", _GOES_ON, around(at, EVENT), label=label))


def needed(offer: Offer) -> int:
    """How wide the journey has to be for everything on its edge."""
    return _EDGE * 2 + _APART * (len([*_timers(offer)]) + len(_leaving(offer)))


def _timers(offer: Offer) -> Iterator[Timer]:
    """Those that hang on no stage."""
    return (one for one in offer.timers if one.stage is None)


def _leaving(offer: Offer) -> list[Transition]:
    """What leads away from being under way without leading to a stage; what rests comes last, as it needs room."""
    said = [one for one in offer.transitions if one.to is None and "active" in one.standing.from_]
    changed = [one for one in said if one.standing.to != "active"]
    return sorted(changed, key=lambda one: one.standing.to in OPEN_STANDINGS)


def _leads_back(one: Transition, standing: str) -> bool:
    return standing in one.standing.from_ and one.standing.to in OPEN_STANDINGS


def _ways_out(offer: Offer, standing: str) -> Iterator[Transition]:
    return (one for one in offer.transitions if standing in one.standing.from_ and one.standing.to != standing)
