"""Each table, key and item is found on the line on which it was written."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.workflow.offer.pages import MENTORING, READING
from workflow.offer.source.toml_lines import Place, line_of, lines_of

PAGES = [folder / name for folder in (MENTORING, READING) for name in ("offer.toml", "calendar.toml")]
WRITTEN = '''\
# nothing = "here"
plain = "a # in words, and [brackets]" # a comment, with = in it
"quoted key" = 'C:\\temp'
dotted.key.here = 1
long = """
[not.a.table]
x = 1 \\"""
"""
list = [ # of two
  { one = 1, two = [1,
    2] },

  "second",
]

[table]
day = 2026-09-04

[[row]]
a = true

[[row]]
a = { b.c = "deep" }

[[row.inner]]
z = 0

[[row.inner]]
z = 1
'''


def places(value: object, place: Place = ()) -> Iterator[tuple[Place, object]]:
    yield place, value
    if isinstance(value, dict):
        for key, one in value.items():
            yield from places(one, (*place, key))
    if isinstance(value, list):
        for number, one in enumerate(value):
            yield from places(one, (*place, number))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: f"{path.parent.name} {path.name}")
def test_everything_on_a_page_has_its_line(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    lines, rows = lines_of(text), text.split("\n")
    for place, value in [*places(tomllib.loads(text))][1:]:
        here = rows[lines[place] - 1]
        assert not isinstance(place[-1], str) or place[-1] in here
        assert not isinstance(value, str) or value in here


def test_strings_comments_and_brackets_lead_nobody_astray() -> None:
    tomllib.loads(WRITTEN)
    lines = lines_of(WRITTEN)
    assert lines == lines_of(WRITTEN.replace("\n", "\r\n"))
    assert {
        ("plain",): 2,
        ("quoted key",): 3,
        ("dotted", "key", "here"): 4,
        ("long",): 5,
        ("list",): 9,
        ("list", 0): 10,
        ("list", 0, "two"): 10,
        ("list", 0, "two", 1): 11,
        ("list", 1): 13,
        ("table",): 16,
        ("table", "day"): 17,
        ("row", 0): 19,
        ("row", 1, "a", "b", "c"): 23,
        ("row", 1, "inner", 0, "z"): 26,
        ("row", 1, "inner", 1): 28,
    }.items() <= lines.items()


def test_what_is_not_there_stands_where_it_belongs() -> None:
    lines = lines_of(WRITTEN)
    assert line_of(lines, ("table", "hour")) == 16
    assert line_of(lines, ("row", 0, "by", 3)) == 19
    assert line_of(lines, ("nothing",)) is None
