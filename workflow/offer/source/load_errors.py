"""What is wrong with a file, in sentences: each with the file, the line, the key and what would be right."""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from workflow.errors import Problem
from workflow.offer.source.mistake import Mistake
from workflow.offer.source.source_file import SourceFile
from workflow.offer.source.toml_lines import Place
from workflow.offer.source.value_words import NO_SUCH_KEY, sentence_of

__all__ = ["CALLED_BY", "NO_SUCH_KEY", "problem", "rows_of", "told"]

#: What the rows of a table are called by.
CALLED_BY = {
    "stage": "name",
    "transition": "trigger",
    "timer": "name",
    "appointment": "name",
    "phase": "number",
    "term": "name",
    "closure": "name",
}
#: How the library marks that a key is wrong and not its value.
_KEY_ITSELF = "[key]"


def told(file: SourceFile, error: ValidationError) -> Iterator[Problem]:
    """One problem for each mistake."""
    found = error.errors(include_url=False)
    for one in found:
        if not _follows_from_another(one["loc"], one["type"], [other["loc"] for other in found]):
            wanted = one.get("ctx", {})
            place = (*one["loc"], *_inside(wanted.get("error")))
            yield problem(file, place, sentence_of(one["type"], one["msg"], one["input"], wanted))


def _inside(error: object) -> Place:
    return error.place if isinstance(error, Mistake) else ()


def problem(file: SourceFile, place: Place, sentence: str) -> Problem:
    """`offer.toml, line 231: transition 3 "complete_training_1", guards 1`, and what is wrong there."""
    words = _words(place, file.table)
    return Problem(": ".join(filter(None, [file.where(place), words])), sentence)


def _follows_from_another(loc: Place, kind: str, others: list[Place]) -> bool:
    """A list whose items were refused also counts as too short; that is not a mistake of its own."""
    return kind == "too_short" and any(len(other) > len(loc) and other[: len(loc)] == loc for other in others)


def _words(place: Place, page: Mapping[str, Any]) -> str:
    """`transition 3 "complete_training_1", guards 1`."""
    words: list[str] = []
    for depth, part in enumerate(place):
        if isinstance(part, int) and words:
            words[-1] += f" {part + 1}" + (_label(page, str(place[0]), part) if depth == 1 else "")
        else:
            words.append("the key itself" if part == _KEY_ITSELF else str(part))
    return ", ".join(words)


def _label(page: Mapping[str, Any], table: str, number: int) -> str:
    name = (
        next((row.get(CALLED_BY[table]) for row in rows_of(page, table)[number:]), None) if table in CALLED_BY else None
    )
    return f' "{name}"' if isinstance(name, str) else ""


def rows_of(page: Mapping[str, Any], table: str) -> list[dict[str, Any]]:
    """A table's rows, read leniently: what is no row is an empty one."""
    rows = page.get(table, [])
    return [row if isinstance(row, dict) else {} for row in rows] if isinstance(rows, list) else []
