"""A Vega-Lite specification drawn as SVG.

Nothing in the picture is styled but by attributes, so that it may stand in a page that lets in no style of its own. It
is one image to whoever hears the page: its name and its description, and not a word for every dot.
"""

import json
from collections.abc import Mapping
from functools import lru_cache
from html import escape
from typing import Any

Spec = Mapping[str, Any]
#: Dark enough to be told from white, and told from one another by tone as well as by hue.
INKS = ("#12284c", "#b3501a", "#0b6b6b", "#7a2f7d", "#6b6b00")
DASHES = ([1, 0], [7, 4], [2, 3], [10, 3, 2, 3], [4, 2])
SHAPES = ("circle", "square", "triangle-up", "diamond", "cross")
PALE = "#cfe3e2"
_INK, _FAINT, _SIZE = "#0b0c0c", "#b1b4b6", 15
#: How many pictures are kept: those of eight overviews.
_KEPT = 64
_TEXT = {"labelFontSize": _SIZE, "titleFontSize": _SIZE, "labelColor": _INK, "titleColor": _INK}
_CONFIG = {
    "font": "Arial, sans-serif",
    "background": "white",
    "padding": 8,
    "view": {"stroke": None},
    "text": {"fontSize": _SIZE, "fill": _INK},
    "axis": {**_TEXT, "labelFontWeight": "normal", "titleFontWeight": "normal", "gridColor": _FAINT, "labelLimit": 260},
    "legend": {**_TEXT, "orient": "top", "symbolSize": 140, "symbolStrokeWidth": 3, "columnPadding": 20},
    "header": {**_TEXT, "title": None, "labelFontWeight": "bold", "labelAnchor": "start", "labelOrient": "top"},
}


def draw(spec: Spec, name: str, title: str, description: str) -> str:
    """`name` tells the picture from others on its page."""
    whole = {"$schema": "https://vega.github.io/schema/vega-lite/v5.json", "config": _CONFIG, **spec}
    drawn = _drawn(json.dumps(whole))
    # Only the first tag is the picture's own, and what people wrote stands in none.
    opening, _, rest = drawn.partition(">")
    names = f'role="img" aria-labelledby="{name}-title {name}-description"'
    said = f'<title id="{name}-title">{escape(title)}</title><desc id="{name}-description">{escape(description)}</desc>'
    return f"{opening} {names}>{said}{rest}"


@lru_cache(maxsize=_KEPT)
def _drawn(spec: str) -> str:
    """The same figures are the same picture, and to draw it takes longer than everything else on its page."""
    from vl_convert import vegalite_to_svg  # noqa: PLC0415 (a whole engine, and few who start this look at a chart)

    return vegalite_to_svg(spec, allowed_base_urls=[])
