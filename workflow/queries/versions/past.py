"""Under which version of its offer each event of an engagement happened."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.domain.happening import STEP_UNDONE, VERSION_CHANGED
from workflow.engine.catalogue import offers_of
from workflow.offer.definition import Offer
from workflow.store.record import holds
from workflow.store.tables.event import Event


class VersionChange(NamedTuple):
    """The event `seq` after which another version held."""

    seq: int
    was: str
    became: str


class Past:
    """`now` is the version that holds; before each change, oldest first, the one held that it took the place of."""

    def __init__(self, now: Offer, changes: Sequence[VersionChange], versions: Mapping[str, Offer]) -> None:
        self._now, self._changes, self._versions = now, changes, versions
        self._seqs = [one.seq for one in changes]

    def at(self, seq: int) -> Offer:
        """What held when this event happened; the present version where that one is not installed any more. A change
        is told in the words of what it led to."""
        place = bisect_left(self._seqs, seq + 1)
        return self._now if place == len(self._changes) else self._versions.get(self._changes[place].was, self._now)


def change_in(seq: int, data: Mapping[str, Any]) -> VersionChange | None:
    """The change that an event says, if it says one."""
    match data:
        case {"version": {"from": str(was), "to": str(became)}}:
            return VersionChange(seq, was, became)
    return None


def past_of(session: Session, engagement_id: int, now: Offer) -> Past:
    """Read where an engagement is known to have changed; of any other it is `Past(now, (), {})`."""
    named = (Event.engagement_id == engagement_id) & holds(Event.name, VERSION_CHANGED, STEP_UNDONE)
    events = session.execute(select(Event.seq, Event.data).where(named).order_by(Event.seq))
    changes = [change for seq, data in events if (change := change_in(seq, data)) is not None]
    return Past(now, changes, offers_of(session).those_read(now.offer.code, {one.was for one in changes}))
