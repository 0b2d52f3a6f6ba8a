"""The journey opens in a modeller that others wrote, in a real browser, and can be read there."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.test_layout import ROOT
from tests.workflow.offer.export.offers import OFFERS
from workflow.offer.definition import Offer
from workflow.offer.export.notations import NOTATIONS

_MODELLER = ROOT / "node_modules" / "bpmn-js" / "dist"
_OPENED = """async xml => {
  const modeller = new BpmnJS({ container: "#canvas" });
  const { warnings } = await modeller.importXML(xml);
  modeller.get("canvas").zoom("fit-viewport");
  window.registry = modeller.get("elementRegistry");
  return warnings.map(one => one.message);
}"""
#: Where each text is, as the browser draws it, each shape, and each way of a flow.
_SEEN = """() => window.registry.getAll().map(one => {
  const text = one.labelTarget && window.registry.getGraphics(one).querySelector("text");
  const { x, y, width, height } = text ? text.getBBox() : { x: 0, y: 0, width: one.width, height: one.height };
  const ways = (one.waypoints || []).map(point => [point.x, point.y]);
  const kind = text ? "text" : one.waypoints ? "flow" : one.type;
  return { id: one.id, kind, ways, x: one.x + x, y: one.y + y, width, height };
})"""
#: What holds others.
_AROUND = ("bpmn:Process", "bpmn:SubProcess")


@pytest.fixture(params=OFFERS)
def offer(request: pytest.FixtureRequest, tmp_path: Path) -> Offer:
    return OFFERS[request.param](tmp_path)


@pytest.fixture
def modeller(page: Page) -> Page:
    page.set_viewport_size({"width": 2600, "height": 1200})
    page.set_content('<div id="canvas" style="height: 1180px"></div>')
    page.add_script_tag(path=_MODELLER / "bpmn-modeler.production.min.js")
    page.add_style_tag(path=_MODELLER / "assets" / "diagram-js.css")
    page.add_style_tag(path=_MODELLER / "assets" / "bpmn-js.css")
    return page


Seen = dict[str, Any]


def overlap(one: Seen, other: Seen) -> bool:
    across: float = min(one["x"] + one["width"], other["x"] + other["width"]) - max(one["x"], other["x"])
    down: float = min(one["y"] + one["height"], other["y"] + other["height"]) - max(one["y"], other["y"])
    return across > 1 and down > 1


def strokes(flow: Seen) -> Iterator[Seen]:
    """Each piece of a flow as a thin box."""
    for (x, y), (to_x, to_y) in pairwise(flow["ways"]):
        left, top = min(x, to_x) - 1, min(y, to_y) - 1
        yield {"id": flow["id"], "x": left, "y": top, "width": abs(x - to_x) + 2, "height": abs(y - to_y) + 2}


def test_it_opens_without_a_warning_and_shows_every_stage(modeller: Page, offer: Offer) -> None:
    assert modeller.evaluate(_OPENED, NOTATIONS["bpmn"](offer)) == []
    shown = {one["id"] for one in modeller.evaluate(_SEEN)}
    assert {f"stage_{name}" for name in offer.stage} <= shown


def test_every_text_can_be_read(modeller: Page, offer: Offer) -> None:
    modeller.evaluate(_OPENED, NOTATIONS["bpmn"](offer))
    seen = modeller.evaluate(_SEEN)
    texts = [one for one in seen if one["kind"] == "text"]
    shapes = [one for one in seen if one["kind"] not in ("text", "flow", *_AROUND)]
    lines = [stroke for one in seen if one["kind"] == "flow" for stroke in strokes(one)]
    assert len(texts) > len(offer.stages)
    others = [*shapes, *lines]
    hidden = [(a["id"], b["id"]) for place, a in enumerate(texts) for b in texts[place + 1 :] if overlap(a, b)]
    hidden += [(text["id"], other["id"]) for text in texts for other in others if overlap(text, other)]
    assert hidden == []


def test_no_shape_lies_on_another(modeller: Page, offer: Offer) -> None:
    """Only what happens on an edge sits on what it happens to."""
    modeller.evaluate(_OPENED, NOTATIONS["bpmn"](offer))
    shapes = [
        one for one in modeller.evaluate(_SEEN) if one["kind"] not in ("text", "flow", "bpmn:BoundaryEvent", *_AROUND)
    ]
    assert [(a["id"], b["id"]) for place, a in enumerate(shapes) for b in shapes[place + 1 :] if overlap(a, b)] == []
