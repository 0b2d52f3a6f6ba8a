"""What is wrong with a file, in sentences: pydantic's findings told with the file, the key and what would be right."""

from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from workflow.errors import Problem

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

NO_SUCH_KEY = "there is no such key; check its spelling or take it out."


def told(file: str, error: ValidationError, page: dict[str, Any]) -> Iterator[Problem]:
    """One problem for each mistake; `page` is what was read, for the names of its rows."""
    found = error.errors(include_url=False, include_context=False)
    for one in found:
        if not _follows_from_another(one["loc"], one["type"], [other["loc"] for other in found]):
            where = _where(one["loc"], page)
            yield Problem(f"{file}: {where}" if where else file, _sentence(one["type"], one["msg"], one["input"]))


def _follows_from_another(loc: tuple[int | str, ...], kind: str, others: list[tuple[int | str, ...]]) -> bool:
    """A list whose items were refused also counts as too short; that is not a mistake of its own."""
    return kind == "too_short" and any(len(other) > len(loc) and other[: len(loc)] == loc for other in others)


def _where(loc: tuple[int | str, ...], page: dict[str, Any]) -> str:
    """`transition 3 "complete_training_1", guards 1`."""
    words: list[str] = []
    for place, part in enumerate(loc):
        if isinstance(part, int) and words:
            words[-1] += f" {part + 1}" + (_label(page, str(loc[0]), part) if place == 1 else "")
        else:
            words.append(str(part))
    return ", ".join(words)


def _label(page: dict[str, Any], table: str, number: int) -> str:
    name = (
        next((row.get(CALLED_BY[table]) for row in rows_of(page, table)[number:]), None) if table in CALLED_BY else None
    )
    return f' "{name}"' if isinstance(name, str) else ""


def rows_of(page: dict[str, Any], table: str) -> list[dict[str, Any]]:
    """A table's rows, read leniently: what is no row is an empty one."""
    rows = page.get(table, [])
    return [row if isinstance(row, dict) else {} for row in rows] if isinstance(rows, list) else []


def _sentence(kind: str, message: str, value: object) -> str:
    match kind:
        case "missing":
            return "this key is missing; write it."
        case "extra_forbidden":
            return NO_SUCH_KEY
        case "value_error":
            return message.removeprefix("Value error, ")
        case _:
            return f"{message[0].lower()}{message[1:]}, but it is {value!r}."
