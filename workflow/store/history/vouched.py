"""What the history says of each row: the digest that the last event which vouches for it keeps."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.store.dialect import among
from workflow.store.history.covered import Covered
from workflow.store.history.keys import BROKEN, KeyRing
from workflow.store.record import table_of
from workflow.store.tables.event import Event, Opening

_event = table_of(Event)
Row = Mapping[str, Any]


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


def vouched_among(session: Session, ids: Iterable[int]) -> dict[int, dict[str, Vouched]]:
    """The same for these engagements, from the record, in two queries."""
    asked = {"ids": sorted(set(ids))}
    columns = (_event.c.engagement_id, _event.c.seq, _event.c.sealed_by, _event.c.covers)
    query = select(*columns).where(among(_event.c.engagement_id, "ids")).order_by(_event.c.seq)
    events: dict[int, list[Row]] = {number: [] for number in asked["ids"]}
    for event in session.connection().execute(query, asked).mappings():
        events[event["engagement_id"]].append(dict(event))
    with session.no_autoflush:
        found = session.scalars(select(Opening).where(among(Opening.engagement_id, "ids")), asked)
        openings = {one.engagement_id: one for one in found}
    return {number: vouched_for(openings.get(number), known) for number, known in events.items()}
