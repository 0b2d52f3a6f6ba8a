"""The open promise of one engagement as a reader sees it: who owes what, since when, by when, whether it is late."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from workflow.calendar.local_time import day_told
from workflow.domain.facts import PromiseFact


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
class Anew:
    """Why a promise has new time: it was due by `was_due`, and meanwhile another owner was `to` do something `by` one
    day and did it on another (`done`). Where nobody was late, its day passed while it was another's turn."""

    was_due: str
    owner: str = ""
    to: str = ""
    by: str = ""
    done: str = ""

    @property
    def sentence(self) -> str:
        """Both clocks: the day there was at first, and why there is another."""
        if not self.by:
            return f"Its day was {self.was_due}, which passed while others had their turn, so the time started anew."
        late = f"The {self.owner} was to {self.to} by {self.by}, and it was done on {self.done}"
        return f"Its day was {self.was_due}. {late}, so the time started anew."


@dataclass(frozen=True, slots=True)
class OpenPromise:
    """One promise as a reader sees it now. Times are in UTC; `day` is the local day in words."""

    owner: str
    to: str
    since: datetime
    due_at: datetime
    day: str
    late: bool
    anew: Anew | None = None


def owing(promise: Promised | None, zone: ZoneInfo, *, now: datetime, anew: Anew | None = None) -> OpenPromise | None:
    """None when nobody owes anything."""
    if promise is None:
        return None
    day = day_told(promise.due_at, zone)
    return OpenPromise(promise.owner, promise.what, promise.since, promise.due_at, day, now > promise.due_at, anew)


def anew(promise: PromiseFact | None, known: Sequence[PromiseFact], zone: ZoneInfo) -> Anew | None:
    """Why it has new time; None where it runs as it did from the first. `known` are the promises of the stage."""
    if promise is None:
        return None
    same = (one for one in known if one.token == promise.token and one.since < promise.since)
    earlier = [one for one in same if one.was_held_up(known, promise.since)][-1:]
    if not earlier:
        return None
    was_due = day_told(earlier[0].due_at, zone)
    late = earlier[0].late_others(known, promise.since)[-1:]
    if not late:
        return Anew(was_due)
    done = late[0].closed_at or promise.since
    return Anew(was_due, late[0].owner, late[0].what, day_told(late[0].due_at, zone), day_told(done, zone))
