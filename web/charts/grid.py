"""A grid of numbers, darker the larger they are; each number stands in its field."""

from collections.abc import Sequence

from web.charts.draw import Spec

_WIDTH, _ROW = 320, 30
_WHITE, _DARK, _INK = "#ffffff", "#0b6b6b", "#0b0c0c"


def grid(names: Sequence[str], titles: Sequence[str], numbers: Sequence[Sequence[int]]) -> Spec:
    """`numbers` are rows, as `names` are; nought is left empty."""
    cells = [
        {"name": name, "column": title, "number": number, "said": f"{number:,}" if number else ""}
        for name, row in zip(names, numbers, strict=True)
        for title, number in zip(titles, row, strict=True)
    ]
    most = max((number for row in numbers for number in row), default=0)
    shade = {"domain": [0, max(most, 1)], "range": [_WHITE, _DARK], "interpolate": "rgb"}
    ink = {"condition": {"test": f"datum.number > {most * 0.55}", "value": _WHITE}, "value": _INK}
    across = {"title": None, "orient": "top", "labelAngle": 0, "ticks": False, "domain": False, "labelPadding": 6}
    down = {"title": None, "ticks": False, "domain": False, "labelPadding": 8}
    return {
        "width": _WIDTH,
        "height": {"step": _ROW},
        "data": {"values": cells},
        "encoding": {
            "x": {"field": "column", "type": "nominal", "sort": None, "axis": across},
            "y": {"field": "name", "type": "nominal", "sort": None, "axis": down},
        },
        "layer": [
            {
                "mark": {"type": "rect", "stroke": "#cdd5df"},
                "encoding": {"color": {"field": "number", "type": "quantitative", "scale": shade, "legend": None}},
            },
            {"mark": {"type": "text"}, "encoding": {"text": {"field": "said"}, "color": ink}},
        ],
    }
