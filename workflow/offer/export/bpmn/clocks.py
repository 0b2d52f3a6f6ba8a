"""Timers on the edge of a stage, or of the journey as a whole, with what each leads to. Pure."""

from workflow.domain.standing import OPEN_STANDINGS
from workflow.offer.definition import Offer, Timer
from workflow.offer.export.bpmn.canvas import EVENT, LABEL_WIDTH, Canvas, Node, Point, around, label_at
from workflow.offer.words import timers

#: How far below what others lead to a way turns that leads to another stage.
TURN = 70


class Clocks:
    """Draws on a canvas; what a timer leads to stands `drop` below it."""

    def __init__(self, offer: Offer, canvas: Canvas, drop: int) -> None:
        self._offer, self._canvas, self._drop = offer, canvas, drop

    def draw(self, timer: Timer, on: Node, at: Point, to: Node | None = None) -> None:
        """`to` is the stage that it leads to, if it leads to one; else it sends, or says, or ends what it sits on."""
        event = self._canvas.add(self._event(timer, on, at, leads=to is not None))
        edge = Point(at.x, event.box.bottom)
        if to is not None:
            below, back = at.y + self._drop + TURN, to.box.x + 8
            ways = (edge, Point(at.x, below), Point(back, below), Point(back, to.box.bottom))
            self._canvas.lead(event, to, *ways)
            return
        end = self._canvas.add(self._result(timer, event, Point(at.x, at.y + self._drop)))
        self._canvas.lead(event, end, edge, Point(at.x, end.box.y))

    def _event(self, timer: Timer, on: Node, at: Point, *, leads: bool) -> Node:
        when = timers.when(self._offer, timer)
        return Node(
            id=f"timer_{timer.name}",
            kind="boundaryEvent",
            name=when,
            box=around(at, EVENT),
            event="cycle" if timer.every else "timer",
            when=when,
            on=on.id,
            interrupts=leads or self._ends(timer),
            inside=on.inside,
            label=label_at(at.x + 8, at.y + 20, when),
        )

    def _result(self, timer: Timer, event: Node, at: Point) -> Node:
        """A trigger that fires inside the journey is a signal: what it causes is drawn where the signal is caught."""
        does = timers.does(self._offer, timer)
        over = event.interrupts and not event.inside
        kind = "message" if timer.trigger is None else "terminate" if over else "signal"
        return Node(
            id=f"{event.id}_then",
            kind="endEvent",
            name=does,
            box=around(at, EVENT),
            event=kind,
            signal=timer.trigger or "" if kind == "signal" else "",
            inside=event.inside,
            label=label_at(at.x - LABEL_WIDTH // 2, at.y + 20, does),
        )

    def _ends(self, timer: Timer) -> bool:
        fired = self._offer.triggers.get(timer.trigger or "", ())
        return any(one.standing.to not in OPEN_STANDINGS for one in fired)
