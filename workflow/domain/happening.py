"""What a use case tells the engine: what happened, which statuses changed with it, and what is owed for it. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from workflow.domain.change import EventData
from workflow.domain.effects import Effect, Recipient

#: The event of a step that was taken back. Its data says which it `undid`, and the first `of` them.
STEP_UNDONE = "undone"
#: The event of an engagement that goes on under another version of its offer. Its data says `from` which version `to`
#: which, under “version”, as does that of the undo of such a step.
VERSION_CHANGED = "version_changed"


@dataclass(frozen=True, slots=True)
class StatusChange:
    """One step of a small journey: a participant's, an appointment's or a certificate's status was one and is another.

    `owes` is what the verb owes. `kind` and `purpose` say which meeting it was, for those who are invited.
    """

    noun: str
    id: int
    was: str
    status: str
    owes: tuple[Effect, ...]
    reason: str | None = None
    kind: str = ""
    purpose: str = ""


@dataclass(frozen=True, slots=True)
class Owes:
    """An effect owed besides those of the page's verbs: to its usual readers, or to one recipient alone."""

    effect: Effect
    to: Recipient | None = None


@dataclass(frozen=True, slots=True)
class Happening:
    """A fact that changed: the event's name and data, its note, and the event that caused it, if one did."""

    name: str
    data: EventData
    note: str | None = None
    statuses: tuple[StatusChange, ...] = ()
    owes: tuple[Owes, ...] = ()
    caused_by: int | None = None


def kept(statuses: Iterable[StatusChange]) -> EventData:
    """What an event keeps of the statuses that changed: ids, statuses and a reason's code, never personal data."""
    known = tuple(statuses)
    if not known:
        return {}
    reason = next((one.reason for one in known if one.reason), None)
    moves = [[one.noun, one.id, one.was, one.status] for one in known]
    return {"moves": moves} | ({"reason": reason} if reason else {})


class Move(NamedTuple):
    """One status that changed, as an event keeps it."""

    noun: str
    id: int
    was: str
    status: str


def moves_in(data: EventData) -> Iterator[Move]:
    """The statuses that changed with an event, in their order: what `kept` made of them."""
    rows = data.get("moves", ())
    for noun, number, was, status in rows if isinstance(rows, (list, tuple)) else ():
        yield Move(str(noun), int(str(number)), str(was), str(status))
