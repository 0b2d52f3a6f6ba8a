"""What a trigger asks for when it is fired: a note, and typed values. Pure."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from workflow.errors import BadInput, Problem
from workflow.offer.triggers import Input, Transition
from workflow.sanitise import tidy

#: How many characters a person may write in a note.
NOTE_LIMIT = 4000
_NUMBER = re.compile("[0-9]{1,9}", re.ASCII)
_EXAMPLES = {"date": "a date such as 2026-11-23", "number": "a whole number such as 3"}


def clean(note: str | None) -> str | None:
    return tidy(note) or None if note else None


def read(transition: Transition, note: str | None, values: Mapping[str, str]) -> dict[str, Any]:
    """The values asked for, typed. Raises BadInput with every one that is missing, wrong or not asked for."""
    problems = [Problem("note", transition.note)] if transition.note and not clean(note) else []
    if len(note or "") > NOTE_LIMIT:
        problems.append(Problem("note", f"is longer than {NOTE_LIMIT} characters; shorten it."))
    known = {asked.name: asked for asked in transition.inputs}
    problems += [Problem(name, "is not asked for by this trigger.") for name in values if name not in known]
    typed: dict[str, Any] = {}
    for asked in transition.inputs:
        try:
            typed[asked.name] = _typed(asked, values.get(asked.name, "").strip())
        except ValueError:
            problems.append(Problem(asked.name, f"{asked.ask} Write {_EXAMPLES[asked.kind]}."))
    if problems:
        raise BadInput(f"“{transition.title}” needs more.", tuple(problems))
    return typed


def _typed(asked: Input, text: str) -> str | int:
    return date.fromisoformat(text).isoformat() if asked.kind == "date" else _whole(text)


def _whole(text: str) -> int:
    if _NUMBER.fullmatch(text) is None:
        raise ValueError(f"{text} is not a whole number")
    return int(text)
