"""What a diagram of a journey is made of: nodes with their places, and flows with their ways. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

#: How wide and high things are drawn, as modellers draw them.
EVENT, GATEWAY, TASK = (36, 36), (50, 50), (130, 80)
#: A label beside an event or a flow: modellers break its lines at this width.
LABEL_WIDTH, LABEL_LINE = 90, 14
_LETTERS_A_LINE = 15
_QUESTION = "What next?"


class Point(NamedTuple):
    x: int
    y: int


class Box(NamedTuple):
    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        return self.x + self.width

    @property
    def bottom(self) -> int:
        return self.y + self.height

    @property
    def middle(self) -> Point:
        return Point(self.x + self.width // 2, self.y + self.height // 2)


def around(middle: Point, size: tuple[int, int]) -> Box:
    return Box(middle.x - size[0] // 2, middle.y - size[1] // 2, *size)


def label_at(x: int, y: int, name: str) -> Box:
    """As many lines as the name needs, from a point to the right and down."""
    return Box(x, y, LABEL_WIDTH, LABEL_LINE * lines_of(name))


def lines_of(name: str) -> int:
    return -(-len(name) // _LETTERS_A_LINE) or 1


@dataclass(frozen=True, slots=True)
class Node:
    """`kind` is its element; `event` what an event is about, and `when` what a timer says;
    `signal` is the trigger that is thrown or caught, and `on` what it sits on."""

    id: str
    kind: str
    name: str
    box: Box
    says: str = ""
    event: str = ""
    signal: str = ""
    when: str = ""
    on: str = ""
    interrupts: bool = False
    inside: bool = False
    label: Box | None = None


@dataclass(frozen=True, slots=True)
class Flow:
    id: str
    source: str
    target: str
    points: tuple[Point, ...]
    name: str = ""
    condition: str = ""
    says: str = ""
    inside: bool = False
    label: Box | None = None


def choice_after(task: Node, name: str, distance: int) -> Node:
    """Where one of several ways is taken; its question stands below it, clear of a way down."""
    at = Point(task.box.right + distance, task.box.middle.y)
    label = label_at(at.x + 4, at.y + GATEWAY[1] // 2 + 2, _QUESTION)
    return Node(name, "exclusiveGateway", _QUESTION, around(at, GATEWAY), inside=task.inside, label=label)


@dataclass
class Canvas:
    """Collects what is drawn. Whatever is `inside` belongs to the part that runs from the first stage to the last."""

    nodes: dict[str, Node] = field(default_factory=dict)
    flows: list[Flow] = field(default_factory=list)

    def add(self, node: Node) -> Node:
        self.nodes[node.id] = node
        return node

    def lead(
        self, source: Node, target: Node, *ways: Point, name: str = "", condition: str = "", says: str = "",
        label: Box | None = None,
    ) -> None:  # fmt: skip
        """From one node to another by these points; without any, straight from right to left."""
        straight = (Point(source.box.right, source.box.middle.y), Point(target.box.x, target.box.middle.y))
        number = f"flow_{len(self.flows) + 1}"
        points = ways or straight
        flow = Flow(number, source.id, target.id, points, name, condition, says, source.inside, label)
        self.flows.append(flow)

    def flows_of(self, node: Node) -> Iterator[tuple[str, str]]:
        """What comes in, then what goes out."""
        yield from (("incoming", one.id) for one in self.flows if one.target == node.id)
        yield from (("outgoing", one.id) for one in self.flows if one.source == node.id)
