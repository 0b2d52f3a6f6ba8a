"""Which lines of an offer's files a mistake was made on, and which one a sentence tells."""

import re

from tests.workflow.offer.pages import MENTORING, Edit

_LINE = re.compile(r", line (\d+)")


def without_line(sentence: str) -> str:
    return _LINE.sub("", sentence, count=1)


def line_told(where: str) -> int:
    """Nought where none is told."""
    found = _LINE.search(where)
    return int(found[1]) if found else 0


def lines_touched(edit: Edit) -> range:
    """The table that an edit stands in, from its head to its last line."""
    text = (MENTORING / edit.file).read_text(encoding="utf-8")
    start = text.index(edit.old or "")
    first = text.count("\n", 0, start) + 1
    last = first + edit.new.count("\n")
    rows = [*enumerate(text.split("\n"), 1)]
    head = max((number for number, row in rows[:first] if row.startswith("[")), default=1)
    tail = text.partition(edit.old or "")[2].split("\n")
    return range(head, last + next((number for number, row in enumerate(tail) if row.startswith("[")), len(tail)))
