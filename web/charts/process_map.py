"""A process as a map: its stages from the top down, and every way that was gone as an arrow with its time on it."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from web.charts.draw import INKS, Spec

_BOX, _HIGH, _STEP, _LEFT = 215, 38, 84, 4
_RIGHT, _MIDDLE = _LEFT + _BOX, _LEFT + _BOX / 2
#: How far ways that leave the column keep from it, and from one another; and how much of a box's side they use.
_OUT, _APART, _SIDE, _SAID = 30, 30, 8, 120
_THIN, _THICK = 1.5, 7.0
_TIP = 6
_INK, _MARKED = "#4a5563", INKS[1]
Layer = dict[str, Any]


class Arrow(NamedTuple):
    """From one place in the column to another. `said` is its time, `share` between nought and one how many went it, and
    `colour` what it is drawn in."""

    start: int
    end: int
    said: str
    share: float
    marked: bool

    @property
    def row(self) -> dict[str, Any]:
        width = _THIN + (_THICK - _THIN) * self.share
        return {"said": self.said, "width": width, "colour": _MARKED if self.marked else _INK}


def process_map(stages: Sequence[str], arrows: Sequence[Arrow]) -> Spec:
    """Ways to the next stage go straight down; others leave the column to the right and come back to it."""
    height = _STEP * (len(stages) - 1) + _HIGH + 4
    ways_around = sum(one.end != one.start + 1 for one in arrows)
    width = _RIGHT + _SAID + (_OUT + _APART * ways_around if ways_around else 0)
    straight = [_straight(one) for one in arrows if one.end == one.start + 1]
    around = [list(_around(one, place)) for place, one in enumerate(one for one in arrows if one.end != one.start + 1)]
    layers = [
        *_boxes(stages),
        _drawn({"type": "rule"}, straight, y2={"field": "y2"}),
        _drawn({"type": "line"}, [point for way in around for point in way], detail={"field": "way"}),
        _tips("triangle-down", [{**one, "y": one["y2"] - _TIP} for one in straight]),
        _tips("triangle-left", [{**way[-1], "x": _RIGHT + _TIP} for way in around]),
        _said([{**one, "x": _MIDDLE + 14, "y": (one["y"] + one["y2"]) / 2} for one in straight]),
        _said([{**way[1], "x": way[1]["x"] + 6, "y": (way[1]["y"] + way[2]["y"]) / 2} for way in around]),
    ]
    return {
        "width": width,
        "height": height,
        "encoding": {"x": _at("x", width), "y": _at("y", height)},
        "layer": [layer for layer in layers if layer["data"]["values"]],
    }


def _at(axis: str, length: float) -> dict[str, Any]:
    """One unit is one pixel, and down is down."""
    scale = {"domain": [0, length], "range": [0, length], "nice": False, "zero": False}
    return {"field": axis, "type": "quantitative", "axis": None, "scale": scale}


def _boxes(stages: Sequence[str]) -> Iterator[Layer]:
    rows: list[dict[str, Any]] = [
        {"x": _LEFT, "x2": _RIGHT, "y": _top(place), "y2": _top(place) + _HIGH, "said": title}
        for place, title in enumerate(stages)
    ]
    box = {"type": "rect", "cornerRadius": 4, "fill": "#eaf4f3", "stroke": INKS[2], "strokeWidth": 1.5}
    yield {"data": {"values": rows}, "mark": box, "encoding": {"x2": {"field": "x2"}, "y2": {"field": "y2"}}}
    inside = [{**row, "x": _LEFT + 12, "y": row["y"] + _HIGH / 2 + 1} for row in rows]
    text = {"type": "text", "align": "left", "fontWeight": "bold", "limit": _BOX - 20}
    yield {"data": {"values": inside}, "mark": text, "encoding": {"text": {"field": "said"}}}


def _top(place: int) -> int:
    return 2 + place * _STEP


def _straight(one: Arrow) -> dict[str, Any]:
    return {**one.row, "x": _MIDDLE, "y": _top(one.start) + _HIGH, "y2": _top(one.end) - 1}


def _around(one: Arrow, place: int) -> Iterator[dict[str, Any]]:
    """Out of the lower half of one box, along, and into the upper half of the other."""
    out, back = _top(one.start) + _HIGH - _SIDE, _top(one.end) + _SIDE
    far = _RIGHT + _OUT + _APART * place
    for number, (x, y) in enumerate(((_RIGHT, out), (far, out), (far, back), (_RIGHT + _TIP, back))):
        yield {**one.row, "way": place, "order": number, "x": x, "y": y}


def _drawn(mark: Layer, rows: Sequence[dict[str, Any]], **encoding: Any) -> Layer:
    order = {"order": {"field": "order", "type": "quantitative"}} if mark["type"] == "line" else {}
    width = {"strokeWidth": {"field": "width", "type": "quantitative", "scale": None}}
    return {"data": {"values": rows}, "mark": mark, "encoding": {**_coloured(), **width, **order, **encoding}}


def _tips(shape: str, rows: Sequence[dict[str, Any]]) -> Layer:
    mark = {"type": "point", "shape": shape, "filled": True, "size": 170, "opacity": 1}
    return {"data": {"values": rows}, "mark": mark, "encoding": _coloured()}


def _said(rows: Sequence[dict[str, Any]]) -> Layer:
    """What is pointed out is bold, too."""
    mark = {"type": "text", "align": "left", "lineBreak": "|"}
    weight = {"expr": f"datum.colour == '{_MARKED}' ? 'bold' : 'normal'"}
    return {
        "data": {"values": rows},
        "mark": {**mark, "fontWeight": weight},
        "encoding": {"text": {"field": "said"}},
    }


def _coloured() -> dict[str, Any]:
    return {"color": {"field": "colour", "type": "nominal", "scale": None, "legend": None}}
