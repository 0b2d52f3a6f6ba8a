"""A line over time within the range in which it is likely to lie."""

from collections.abc import Sequence

from web.charts.draw import INKS, PALE, Spec
from web.charts.lines import time_axis

_WIDTH, _HEIGHT = 440, 220


def band(times: Sequence[str], values: Sequence[tuple[int, int, int]]) -> Spec:
    """`values` are the low end, the line and the high end; `times` as for lines."""
    rows = [
        {"place": place, "low": low, "value": value, "high": high} for place, (low, value, high) in enumerate(values)
    ]
    y = {"type": "quantitative", "axis": {"title": None, "tickCount": 4, "tickMinStep": 1}}
    edge = {"type": "line", "color": INKS[0], "strokeWidth": 1, "strokeDash": [4, 3]}
    return {
        "width": _WIDTH,
        "height": _HEIGHT,
        "data": {"values": rows},
        "encoding": {"x": time_axis(times)},
        "layer": [
            {
                "mark": {"type": "area", "color": PALE},
                "encoding": {"y": {"field": "low", **y}, "y2": {"field": "high"}},
            },
            {"mark": edge, "encoding": {"y": {"field": "low", **y}}},
            {"mark": edge, "encoding": {"y": {"field": "high", **y}}},
            {
                "mark": {"type": "line", "color": INKS[0], "strokeWidth": 3, "point": {"color": INKS[0], "size": 55}},
                "encoding": {"y": {"field": "value", **y}},
            },
        ],
    }
