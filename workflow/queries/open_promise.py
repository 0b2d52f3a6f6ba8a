"""The open promise of one engagement as a reader sees it: who owes what, since when, by when, whether it is late."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from workflow.calendar.local_time import day_told


class Promised(Protocol):
    """A promise as the record or a case has it."""

    @property
    def owner(self) -> str: ...

    @property
    def what(self) -> str: ...

    @property
    def since(self) -> datetime: ...

    @property
    def due_at(self) -> datetime: ...


@dataclass(frozen=True, slots=True)
class OpenPromise:
    """One promise as a reader sees it now. Times are in UTC; `day` is the local day in words."""

    owner: str
    to: str
    since: datetime
    due_at: datetime
    day: str
    late: bool


def owing(promise: Promised | None, zone: ZoneInfo, *, now: datetime) -> OpenPromise | None:
    """None when nobody owes anything."""
    if promise is None:
        return None
    day = day_told(promise.due_at, zone)
    return OpenPromise(promise.owner, promise.what, promise.since, promise.due_at, day, now > promise.due_at)
