"""Bars that lie one under another, each with its number written behind it."""

from collections.abc import Sequence

from web.charts.draw import INKS, PALE, Spec

_WIDTH, _ROW = 300, 30


def bars(names: Sequence[str], values: Sequence[int | None], *, further: Sequence[int | None] = ()) -> Spec:
    """`further` is how far a pale bar goes beyond, where there is a second number."""
    rows = [
        {"name": name, "value": value or 0, "further": longer or 0, "said": _said(value, longer)}
        for name, value, longer in zip(names, values, further or [None] * len(names), strict=True)
    ]
    y = {
        "field": "name",
        "type": "nominal",
        "sort": None,
        "axis": {"title": None, "ticks": False, "domain": False, "labelPadding": 8},
    }
    far = {"type": "quantitative", "axis": None}
    longest = "max(datum.value, datum.further)"
    return {
        "width": _WIDTH,
        "height": {"step": _ROW},
        "data": {"values": rows},
        "transform": [{"calculate": longest, "as": "longest"}],
        "encoding": {"y": y},
        "layer": [
            {
                "mark": {"type": "bar", "color": PALE, "stroke": INKS[2], "strokeWidth": 1, "height": {"band": 0.7}},
                "encoding": {"x": {"field": "longest", **far}},
            },
            {
                "mark": {"type": "bar", "color": INKS[2], "height": {"band": 0.7}},
                "encoding": {"x": {"field": "value", **far}},
            },
            {
                "mark": {"type": "text", "align": "left", "dx": 5},
                "encoding": {"x": {"field": "longest", **far}, "text": {"field": "said"}},
            },
        ],
    }


def _said(value: int | None, longer: int | None) -> str:
    if value is None:
        return "–"
    return f"{value:,}" if longer is None else f"{value:,} / {longer:,}"
