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
    """From the head of the table that an edit stands in to the last of its lines."""
    text = (MENTORING / edit.file).read_text(encoding="utf-8")
    start = text.index(edit.old or "")
    first = text.count("\n", 0, start) + 1
    heads = (number for number, line in enumerate(text.split("\n")[:first], 1) if line.startswith("["))
    return range(max(heads, default=1), first + edit.new.count("\n") + 1)
