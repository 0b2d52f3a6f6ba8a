"""Lines over time, each told from the others by its colour, its dashes and the marks on it."""

from collections.abc import Mapping, Sequence
from typing import Any

from web.charts.draw import DASHES, INKS, SHAPES, Spec

#: Of more lines than these nobody tells one from another.
MOST_LINES = len(INKS)
_WIDTH, _HEIGHT = 440, 220
#: On a longer line not every place has a mark.
_MOST_MARKS = 15
_FEW = 4


def lines(
    times: Sequence[str], values: Mapping[str, Sequence[float | None]], *, percent: str = "", width: int = _WIDTH
) -> Spec:
    """`times` are the words under the axis, of which those that would overlap are left out; `|` ends a line of them.

    `values` holds each line by its name, with None where there is a gap. `percent` is a number format of d3.
    """
    rows: list[dict[str, Any]] = [
        {"place": place, "line": name, "value": value}
        for name, those in values.items()
        for place, value in enumerate(those)
    ]
    apart, every = _told_apart(list(values)), -(-len(times) // _MOST_MARKS)
    most = max((one["value"] or 0 for one in rows), default=0)
    return {
        "width": width,
        "height": _HEIGHT,
        "data": {"values": rows},
        "encoding": {"x": time_axis(times), "y": _amounts(percent, most), "color": apart["color"]},
        "layer": [
            {"mark": {"type": "line", "strokeWidth": 2.5}, "encoding": {"strokeDash": apart["strokeDash"]}},
            {
                "transform": [{"filter": f"datum.place % {every} == 0"}],
                "mark": {"type": "point", "filled": True, "opacity": 1, "size": 60},
                "encoding": {"shape": apart["shape"]},
            },
        ],
    }


def time_axis(times: Sequence[str]) -> dict[str, Any]:
    """Words that stand apart: Vega leaves out those that would come too near to the one before."""
    said = " : ".join(f"datum.value == {place} ? {_quoted(words)}" for place, words in enumerate(times) if words)
    axis = {
        "labelExpr": f"split({said} : '', '|')",
        "values": [place for place, words in enumerate(times) if words],
        "labelOverlap": "greedy",
        "labelSeparation": 6,
        "labelFlush": False,
        "grid": False,
        "title": None,
        "format": "d",
    }
    scale = {"domain": [0, max(len(times) - 1, 1)], "nice": False, "zero": False}
    return {"field": "place", "type": "quantitative", "axis": axis, "scale": scale}


def _quoted(words: str) -> str:
    """As Vega's expressions write it; the words are those of months."""
    return "'" + "".join(one for one in words if one.isalnum() or one in " |") + "'"


def _amounts(percent: str, most: float) -> dict[str, Any]:
    """From nought on; of few there are whole numbers only."""
    axis = {"title": None, "tickCount": 4, "format": percent or ",d"}
    scale = {"domain": [0, 1 if percent else max(most, _FEW)], "nice": True}
    return {"field": "value", "type": "quantitative", "axis": axis, "scale": scale}


def _told_apart(names: Sequence[str]) -> dict[str, Any]:
    legend = {"title": None} if len(names) > 1 else None

    def told(marks: Sequence[Any]) -> dict[str, Any]:
        scale = {"domain": list(names), "range": list(marks[: len(names)])}
        return {"field": "line", "type": "nominal", "scale": scale, "legend": legend}

    # The key shows colours and marks: dashes around a mark would only fray it.
    return {"color": told(INKS), "strokeDash": {**told(DASHES), "legend": None}, "shape": told(SHAPES)}
