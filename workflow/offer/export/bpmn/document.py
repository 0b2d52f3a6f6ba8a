"""The journey as a BPMN 2.0 document with its diagram, as modellers open it. Pure."""

from xml.etree.ElementTree import Element, SubElement

from workflow.offer.definition import Offer
from workflow.offer.export.bpmn.canvas import EVENT, LABEL_WIDTH, Box, Canvas, Flow, Node, Point, around, label_at
from workflow.offer.export.bpmn.stages import FIRST, StageRow
from workflow.offer.export.bpmn.surroundings import Surroundings, needed
from workflow.offer.export.facts import identifier
from workflow.offer.export.xml import OURS, written

_NAMESPACES = {
    "bpmn": "http://www.omg.org/spec/BPMN/20100524/MODEL",
    "bpmndi": "http://www.omg.org/spec/BPMN/20100524/DI",
    "dc": "http://www.omg.org/spec/DD/20100524/DC",
    "di": "http://www.omg.org/spec/DD/20100524/DI",
}
_CORNER = Point(150, 60)
_WHOLE = "journey"
_DEFINITIONS = {
    "message": "messageEventDefinition",
    "signal": "signalEventDefinition",
    "terminate": "terminateEventDefinition",
}
_SPANS = {"timer": "timeDuration", "cycle": "timeCycle"}


def bpmn(offer: Offer) -> str:
    canvas, whole = drawn(offer)
    name = identifier("-".join(offer.key))
    root = Element(
        "bpmn:definitions",
        {"id": f"definitions_{name}", "name": offer.offer.title, "targetNamespace": OURS, "exporter": "recognition"},
    )
    process = SubElement(root, "bpmn:process", {"id": name, "name": offer.offer.title, "isExecutable": "false"})
    for node in canvas.nodes.values():
        if not node.inside:
            element = _node(process, canvas, node)
            if node is whole:
                _inside(element, canvas)
    for flow in canvas.flows:
        if not flow.inside:
            _flow(process, flow)
    for trigger in dict.fromkeys(node.signal for node in canvas.nodes.values() if node.signal):
        SubElement(root, "bpmn:signal", {"id": f"signal_{trigger}", "name": offer.triggers[trigger][0].title})
    _diagram(root, name, canvas)
    return written(root, _NAMESPACES)


def drawn(offer: Offer) -> tuple[Canvas, Node]:
    """Everything in its place, and the node that holds the stages."""
    canvas = Canvas()
    box = StageRow(offer, canvas, _CORNER).drawn()
    box = box._replace(width=max(box.width, needed(offer)))
    whole = canvas.add(Node(_WHOLE, "subProcess", offer.offer.title, box))
    Surroundings(offer, canvas, whole).drawn()
    level = canvas.nodes[FIRST].box.middle.y
    left, right = Point(_CORNER.x - 70, level), Point(box.right + 70, level)
    begin = canvas.add(_outer("ordered", "startEvent", "Ordered", left))
    end = canvas.add(_outer("ended", "endEvent", "Completed", right))
    canvas.lead(begin, whole, Point(begin.box.right, level), Point(box.x, level))
    canvas.lead(whole, end, Point(box.right, level), Point(end.box.x, level))
    return canvas, whole


def _outer(name: str, kind: str, title: str, at: Point) -> Node:
    label = label_at(at.x - LABEL_WIDTH // 2, at.y + 20, title)
    return Node(name, kind, title, around(at, EVENT), label=label)


def _inside(whole: Element, canvas: Canvas) -> None:
    for node in canvas.nodes.values():
        if node.inside:
            _node(whole, canvas, node)
    for flow in canvas.flows:
        if flow.inside:
            _flow(whole, flow)


def _node(parent: Element, canvas: Canvas, node: Node) -> Element:
    element = SubElement(parent, f"bpmn:{node.kind}", {"id": node.id} | ({"name": node.name} if node.name else {}))
    if node.on:
        element.attrib |= {"attachedToRef": node.on, "cancelActivity": str(node.interrupts).lower()}
    _documented(element, node.says)
    for way, flow in canvas.flows_of(node):
        SubElement(element, f"bpmn:{way}").text = flow
    if node.event in _SPANS:
        timer = SubElement(element, "bpmn:timerEventDefinition", {"id": f"{node.id}_definition"})
        SubElement(timer, f"bpmn:{_SPANS[node.event]}").text = node.when
    elif node.event:
        caught = {"signalRef": f"signal_{node.signal}"} if node.signal else {}
        SubElement(element, f"bpmn:{_DEFINITIONS[node.event]}", {"id": f"{node.id}_definition"} | caught)
    return element


def _flow(parent: Element, flow: Flow) -> None:
    named = {"name": flow.name} if flow.name else {}
    ends = {"sourceRef": flow.source, "targetRef": flow.target}
    element = SubElement(parent, "bpmn:sequenceFlow", {"id": flow.id} | named | ends)
    _documented(element, flow.says)
    if flow.condition:
        SubElement(element, "bpmn:conditionExpression").text = flow.condition


def _documented(element: Element, says: str) -> None:
    if says:
        SubElement(element, "bpmn:documentation").text = says


def _diagram(root: Element, name: str, canvas: Canvas) -> None:
    diagram = SubElement(root, "bpmndi:BPMNDiagram", {"id": f"diagram_{name}"})
    plane = SubElement(diagram, "bpmndi:BPMNPlane", {"id": f"plane_{name}", "bpmnElement": name})
    for node in sorted(canvas.nodes.values(), key=lambda one: one.id != _WHOLE):
        shape = SubElement(plane, "bpmndi:BPMNShape", {"id": f"shape_{node.id}", "bpmnElement": node.id})
        if node.kind == "subProcess":
            shape.set("isExpanded", "true")
        if node.kind == "exclusiveGateway":
            shape.set("isMarkerVisible", "true")
        _bounds(shape, node.box)
        _labelled(shape, node.label)
    for flow in canvas.flows:
        edge = SubElement(plane, "bpmndi:BPMNEdge", {"id": f"edge_{flow.id}", "bpmnElement": flow.id})
        for point in flow.points:
            SubElement(edge, "di:waypoint", {"x": str(point.x), "y": str(point.y)})
        _labelled(edge, flow.label)


def _bounds(parent: Element, box: Box) -> None:
    SubElement(parent, "dc:Bounds", {name: str(value) for name, value in box._asdict().items()})


def _labelled(parent: Element, label: Box | None) -> None:
    if label is not None:
        _bounds(SubElement(parent, "bpmndi:BPMNLabel"), label)
