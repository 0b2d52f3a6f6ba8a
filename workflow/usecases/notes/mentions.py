"""Colleagues whom a note mentions as `@Tamsin Rowe`: found in its text, and told that they are. Pure but for `see`."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime

from sqlalchemy.orm import Session

from workflow.errors import BadInput, NotFound, Problem
from workflow.store.tables.notes.case_note import CaseNoteMention
from workflow.store.tables.user import User

#: An @ that begins a word and is followed by one. Addresses have theirs inside, and “@ 10am” means another thing.
_AT = re.compile(r"(?<![\w.@])@(?=\w)")
_WORDS = re.compile(r"[\w'’-]+(?: [\w'’-]+)?")


def mentioned(text: str, colleagues: Iterable[User]) -> list[User]:
    """Those whose whole names stand behind an @, each once. Raises BadInput for a name that nobody here has.

    Two who have the same name are both meant: nobody could say which.
    """
    by_name: dict[str, list[User]] = {}
    for one in colleagues:
        by_name.setdefault(one.name.lower(), []).append(one)
    found = {one.id: one for at in _AT.finditer(text) for one in _named(text[at.end() :], by_name)}
    return list(found.values())


def _named(rest: str, by_name: dict[str, list[User]]) -> list[User]:
    """Whose name the text begins with: the longest that fits."""
    fits = max((name for name in by_name if _begins(rest, name)), key=len, default=None)
    if fits is None:
        raise BadInput("This note cannot be kept yet.", (Problem("text", _nobody(rest, by_name)),))
    return by_name[fits]


def _begins(rest: str, name: str) -> bool:
    return rest[: len(name)].lower() == name and not rest[len(name) : len(name) + 1].isalnum()


def _nobody(rest: str, by_name: dict[str, list[User]]) -> str:
    typed = _WORDS.match(rest)
    known = next(_names(by_name), "")
    such_as = f", such as @{known}" if known else ""
    return f"Nobody here is called “{typed[0] if typed else rest[:20]}”. Write a colleague’s whole name{such_as}"


def _names(by_name: dict[str, list[User]]) -> Iterator[str]:
    return (those[0].name for _, those in sorted(by_name.items()))


def see(session: Session, user_id: int, note_id: int, now: datetime) -> None:
    """Somebody has read the note that mentions them. Raises NotFound for one that does not."""
    found = session.get(CaseNoteMention, (note_id, user_id))
    if found is None:
        raise NotFound("There is no such note, or it does not mention you any more.")
    found.seen_at = found.seen_at or now
