"""The stages in a row, from the first to the last, with what leads from one to the next. Pure."""

from collections.abc import Iterator
from itertools import pairwise

from workflow.offer.definition import Offer, Stage, Timer
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
from workflow.offer.export.bpmn.clocks import TURN, Clocks
from workflow.offer.export.bpmn.telling import condition_of, told_of_stage, told_of_transition
from workflow.offer.export.standings import changes, ways_on
from workflow.offer.triggers import Transition

#: Where an order begins.
FIRST = "begin"
_NO_MORE = "Nothing more"
#: Between a task and what follows, between one loop over a task and the next, and from a task down to what time does.
_GAP, _LANE, _DROP = 130, 76, 120
_CLOSE, _APART, _TITLE = 40, 124, 90


class StageRow:
    """Draws on a canvas, from a corner on."""

    def __init__(self, offer: Offer, canvas: Canvas, corner: Point) -> None:
        self._offer, self._canvas = offer, canvas
        self._lanes = _lanes(offer)
        self._corner = corner
        self._y = corner.y + _TITLE + _LANE * (len(self._lanes) + _loops(offer)) + TASK[1] // 2
        self._stages: dict[str, Node] = {}
        self._leaving: dict[str, Node] = {}

    def drawn(self) -> Box:
        """What it covers."""
        x = self._corner.x + _CLOSE
        start = Node(
            FIRST,
            "startEvent",
            "Begun",
            around(Point(x + 18, self._y), EVENT),
            inside=True,
            label=_below(x + 18, self._y, "Begun"),
        )
        self._canvas.add(start)
        x = start.box.right + _CLOSE
        for stage in self._offer.stages:
            x = self._stage(stage, x)
        self._canvas.lead(start, self._stages[self._offer.offer.start], *self._to_the_first(start))
        for stage in self._offer.stages:
            self._ways(stage)
            self._clocks(stage)
        bottom = self._y + TASK[1] // 2 + _CLOSE + self._below()
        return Box(*self._corner, x - self._corner.x, bottom - self._corner.y)

    def _below(self) -> int:
        """How much room what happens below the stages needs."""
        due = [one for one in self._offer.timers if one.stage]
        if any(one.trigger for one in due):
            return _DROP + TURN
        return _DROP + _CLOSE if due or self._begins_anew() else 0

    def _to_the_first(self, start: Node) -> Iterator[Point]:
        """An order begins at the first stage nearly always; else the way leads over the others."""
        first = self._stages[self._offer.offer.start]
        yield Point(start.box.right, self._y)
        if first is not next(iter(self._stages.values())):
            over = self._corner.y + _CLOSE // 2
            yield from (
                Point(start.box.right, over),
                Point(first.box.middle.x, over),
                Point(first.box.middle.x, first.box.y),
            )
        else:
            yield Point(first.box.x, self._y)

    def _begins_anew(self) -> bool:
        return any(stage.final and ways_on(self._offer, stage.name) for stage in self._offer.stages)

    def _stage(self, stage: Stage, x: int) -> int:
        """Returns where the next one may stand."""
        ended = stage.final and not ways_on(self._offer, stage.name)
        width = EVENT[0] if ended else max(TASK[0], _APART * len(self._due(stage)))
        box = around(Point(x + width // 2, self._y), (width, EVENT[1] if ended else TASK[1]))
        label = label_at(box.middle.x - LABEL_WIDTH // 2, box.bottom + 4, stage.title) if ended else None
        kind = "endEvent" if ended else "userTask"
        says = told_of_stage(self._offer, stage)
        node = Node(f"stage_{stage.name}", kind, stage.title, box, says, inside=True, label=label)
        self._stages[stage.name] = self._leaving[stage.name] = self._canvas.add(node)
        if ended:
            return box.right + _GAP // 2
        if len(self._from(stage)) < 2 and not stage.final:  # noqa: PLR2004 (one way needs no choice)
            return box.right + _GAP
        choice = self._leaving[stage.name] = self._canvas.add(choice_after(node, f"choice_{stage.name}", 65))
        self._canvas.lead(node, choice)
        if stage.final:
            self._end(choice)
        return choice.box.right + _GAP

    def _end(self, choice: Node) -> None:
        """Where a journey that may begin anew comes to its end."""
        below = Point(choice.box.middle.x, choice.box.bottom + _DROP)
        label = label_at(below.x - LABEL_WIDTH // 2, below.y + 22, "It ends here")
        node = Node(f"{choice.id}_end", "endEvent", "It ends here", around(below, EVENT), inside=True, label=label)
        self._canvas.add(node)
        ways = (Point(below.x, choice.box.bottom), Point(below.x, node.box.y))
        told = label_at(below.x + 4, choice.box.bottom + _CLOSE, _NO_MORE)
        self._canvas.lead(choice, node, *ways, name=_NO_MORE, condition=f"{_NO_MORE.lower()} is said", label=told)

    def _clocks(self, stage: Stage) -> None:
        task = self._stages[stage.name]
        for place, timer in enumerate(self._due(stage)):
            fired = self._offer.triggers.get(timer.trigger or "", ())
            to = next((one.to for one in fired if stage.name in one.from_ and one.to), None)
            at = Point(task.box.x + _APART // 2 + _APART * place, task.box.bottom)
            Clocks(self._offer, self._canvas, _DROP).draw(timer, task, at, self._stages[to] if to else None)

    def _due(self, stage: Stage) -> tuple[Timer, ...]:
        return self._offer.timers_of[stage.name]

    def _from(self, stage: Stage) -> list[Transition]:
        """What is drawn as a way from a stage: on to another, or back to itself."""
        said = (one for one in self._offer.transitions if stage.name in one.from_)
        return [one for one in said if one.to or not any(changes(one))]

    def _ways(self, stage: Stage) -> None:
        leaving, task = self._leaving[stage.name], self._stages[stage.name]
        if task.kind == "endEvent":
            return
        stays = 0
        for one in self._from(stage):
            target = self._stages[one.to or stage.name]
            if target is task:
                stays += 1
                ways = self._loop(leaving, task, stays)
            elif self._is_next(stage.name, str(one.to)):
                ways = [Point(leaving.box.right, self._y), Point(target.box.x, self._y)]
            else:
                ways = self._jump(leaving, target, self._lanes[stage.name, one.trigger])
            asked = condition_of(self._offer, one)
            says = told_of_transition(self._offer, one)
            self._canvas.lead(
                leaving, target, *ways, name=one.title, condition=asked, says=says, label=_label(ways, one.title)
            )

    def _is_next(self, stage: str, to: str) -> bool:
        return self._offer.stage_number[to] == self._offer.stage_number[stage] + 1

    def _loop(self, leaving: Node, task: Node, number: int) -> list[Point]:
        """Out at the top, back over the task, each loop higher than the one before."""
        over, back = task.box.y - _LANE * number, task.box.right - 24 * number
        out = leaving.box.middle.x if leaving is not task else task.box.right - 10
        return [Point(out, leaving.box.y), Point(out, over), Point(back, over), Point(back, task.box.y)]

    def _jump(self, leaving: Node, target: Node, lane: int) -> list[Point]:
        over = self._corner.y + _TITLE + _LANE * lane
        out, back = leaving.box.middle.x + 8, target.box.x + 12
        return [Point(out, leaving.box.y + 8), Point(out, over), Point(back, over), Point(back, target.box.y)]


def _below(x: int, y: int, name: str) -> Box:
    return label_at(x - LABEL_WIDTH // 2, y + 20, name)


def _label(ways: list[Point], name: str) -> Box:
    """Over the longest piece of the way that runs level; on a way back, beside the line that goes up to it."""
    level = [(one, other) for one, other in pairwise(ways) if one.y == other.y]
    one, other = max(level, key=lambda piece: abs(piece[0].x - piece[1].x))
    back = one.x > other.x
    left = one.x - LABEL_WIDTH - 6 if back else (one.x + other.x - LABEL_WIDTH) // 2
    return label_at(left, one.y - LABEL_LINE * lines_of(name) - 4, name)


def _lanes(offer: Offer) -> dict[tuple[str, str], int]:
    """A level of its own for every way that passes other stages."""
    numbers = offer.stage_number
    jumps = [
        (stage, one.trigger)
        for one in offer.transitions
        for stage in one.from_
        if one.to and numbers[one.to] not in (numbers[stage], numbers[stage] + 1)
    ]
    return {jump: lane for lane, jump in enumerate(jumps)}


def _loops(offer: Offer) -> int:
    """How many there are over the stage that has most."""
    stays = [
        sum(
            stage.name in one.from_ and one.to in (None, stage.name) and not any(changes(one))
            for one in offer.transitions
        )
        for stage in offer.stages
    ]
    return max(stays)
