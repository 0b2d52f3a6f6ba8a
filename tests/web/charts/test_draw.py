"""What a picture is to a page and to whoever hears it: no style of its own, a name, and lines told apart twice."""

import xml.etree.ElementTree as ET

import pytest

from web.charts.band import band
from web.charts.bars import bars
from web.charts.draw import Spec, draw
from web.charts.grid import grid
from web.charts.lines import lines
from web.charts.process_map import Arrow, process_map

MONTHS = ["Nov|2025", "Dec", "Jan|2026", *["Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov"]]
LONG = "A stage with a title that goes on <b>and on</b> & on"
PICTURES: dict[str, Spec] = {
    "lines": lines(MONTHS, {"The council": [1, None] * 6 + [1], "Schools": [0.5] * 13}, percent=".0%"),
    "bars": bars([LONG, "B"], [1, None], further=[3, None]),
    "band": band(MONTHS, [(place, place + 1, place + 2) for place in range(13)]),
    "grid": grid([LONG, "B"], ["0–2", "2–4"], [[0, 1], [2, 0]]),
    "map": process_map(
        [LONG, "B", "C"], [Arrow(0, 1, "3 days (2)", 1, marked=True), Arrow(2, 0, "9", 0, marked=False)]
    ),
}


def drawn(spec: Spec) -> ET.Element:
    return ET.fromstring(draw(spec, "one", LONG, "It says that much."))  # noqa: S314 (our own picture)


def tag(one: ET.Element) -> str:
    return one.tag.partition("}")[2]


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_has_a_name_and_a_description_and_no_style_or_script(name: str) -> None:
    picture = drawn(PICTURES[name])
    assert picture.get("role") == "img"
    title, description = picture[0], picture[1]
    assert picture.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    assert (title.text, description.text) == (LONG, "It says that much.")
    assert not {tag(one) for one in picture.iter()} & {"style", "script", "a", "image", "foreignObject"}
    assert not {key for one in picture.iter() for key in one.attrib if key == "style" or key.startswith("on")}


def test_lines_are_told_apart_by_dashes_and_marks_too() -> None:
    names = {str(number): [number, number + 1] for number in range(5)}
    picture = drawn(lines(["Jan", "Feb"], names))
    strokes = [one for one in picture.iter() if one.get("stroke-width") == "2.5"]
    assert len({(one.get("stroke"), one.get("stroke-dasharray")) for one in strokes}) == 5
    assert len({one.get("stroke-dasharray") for one in strokes}) == 5
    legend = next(one for one in picture.iter() if "role-legend" in (one.get("class") or ""))
    assert len({one.get("d") for one in legend.iter() if one.get("fill-opacity") or one.get("stroke-dasharray")}) >= 5


def test_words_under_an_axis_that_would_stand_upon_one_another_are_left_out() -> None:
    every_week = [f"Month {number}" for number in range(60)]
    picture = drawn(lines(every_week, {"A": list(range(60))}))
    said = [one for one in picture.iter() if tag(one) == "text" and (one.text or "").startswith("Month")]
    assert 3 <= len([one for one in said if one.get("opacity") != "0"]) <= 8
    assert "Jan" in [one.text for one in drawn(PICTURES["lines"]).iter()]
