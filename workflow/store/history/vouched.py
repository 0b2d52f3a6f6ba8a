"""What the history says of each row: the digest that the last event which vouches for it keeps."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from sqlalchemy import String, cast, select
from sqlalchemy.orm import Session

from workflow.store.dialect import among
from workflow.store.history.covered import Covered
from workflow.store.history.keys import BROKEN, KeyRing
from workflow.store.record import table_of
from workflow.store.tables.event import Event, Opening

_event = table_of(Event)
Row = Mapping[str, Any]
#: Most events vouch for no row, and are not read.
_VOUCHING = (
    select(_event.c.engagement_id, _event.c.seq, _event.c.sealed_by, _event.c.covers)
    .where(among(_event.c.engagement_id, "ids"), cast(_event.c.covers, String) != "{}")
    .order_by(_event.c.seq)
)


class Vouched(NamedTuple):
    """`seq` is the event that vouches. Where a later event found the row otherwise, `digest` is of no row."""

    digest: str
    seq: int
    sealed_by: str

    def agrees(self, ring: KeyRing, row: Covered) -> bool:
        """Whether it vouches for the row as it is. What a key sealed that is not known here can only be believed: of
        the event itself it is told."""
        key = ring.named(self.sealed_by)
        return self.digest != BROKEN and (key is None or row.digest(key) == self.digest)


def vouched_for(opening: Opening | None, events: Iterable[Row]) -> dict[str, Vouched]:
    """By the names of rows, from what was there with the first key and what events of one engagement, oldest first,
    vouch for since."""
    last: dict[str, Vouched] = {}
    if opening is not None:
        sealed_by = opening.seal.partition(":")[0]
        last |= {name: Vouched(digest, opening.seq, sealed_by) for name, digest in opening.covers.items()}
    for event in (one for one in events if one["sealed_by"]):
        for name, digest in event["covers"].items():
            if digest != BROKEN:
                last[name] = Vouched(digest, event["seq"], event["sealed_by"])
            elif name in last:
                last[name] = last[name]._replace(digest=BROKEN)
    return last


def last_vouched(session: Session, rows: Iterable[tuple[int, str]]) -> Iterator[Vouched | None]:
    """For each of these rows, given by its engagement and its name, what the record says of it; nothing where no event
    vouches for it."""
    asked = [*rows]
    ids = sorted({number for number, _ in asked})
    events = _events(session, ids)
    known = {number: vouched_for(None, events[number]) for number in ids}
    older = sorted({number for number, name in asked if name not in known[number]})
    for opening in _openings(session, older) if older else ():
        known[opening.engagement_id] = vouched_for(opening, events[opening.engagement_id])
    return (known[number].get(name) for number, name in asked)


def _events(session: Session, ids: list[int]) -> Mapping[int, list[Row]]:
    events = defaultdict[int, list[Row]](list)
    for event in session.connection().execute(_VOUCHING, {"ids": ids}).mappings():
        events[event["engagement_id"]].append(dict(event))
    return events


def _openings(session: Session, ids: list[int]) -> list[Opening]:
    with session.no_autoflush:
        return [*session.scalars(select(Opening).where(among(Opening.engagement_id, "ids")), {"ids": ids})]
