"""Checkpoints: how far every history had come at one moment, sealed, in a file that is kept somewhere else.

What is in the database can be set back to what it was on an earlier day, seals and all. A file that whoever does so
cannot reach still knows what came after that day.
"""

import json
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from workflow.calendar.local_time import moment_told
from workflow.errors import BadInput
from workflow.store.history.keys import KeyRing, keys_of
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.event import Event

_FORMAT, _SOME = 1, 500
_KNOWN = (
    select(Engagement.reference, Event.seq, Event.hash)
    .outerjoin(Event, (Event.engagement_id == Engagement.id) & Event.seq.in_(bindparam("numbers", expanding=True)))
    .where(Engagement.reference.in_(bindparam("references", expanding=True)))
)


class Checkpoint(NamedTuple):
    """`heads` are the number and the hash of the last event of each engagement, by its reference."""

    made_at: datetime
    heads: dict[str, tuple[int, str]]
    seal: str

    @property
    def said(self) -> list[Any]:
        return [self.made_at.isoformat(), self.heads]


def take(session: Session, now: datetime) -> Checkpoint:
    """All of one moment: it is read in one query."""
    rows = session.execute(select(Engagement.reference, Engagement.version, Engagement.head))
    new = Checkpoint(now, {row.reference: (row.version, row.head) for row in rows}, "")
    return new._replace(seal=keys_of(session).sealing.seal("checkpoint", new.said))


def written(checkpoint: Checkpoint) -> str:
    """What the file holds."""
    heads = {reference: list(head) for reference, head in sorted(checkpoint.heads.items())}
    whole = {"format": _FORMAT, "made_at": checkpoint.made_at.isoformat(), "seal": checkpoint.seal, "heads": heads}
    return json.dumps(whole, indent=1)


def read(text: str) -> Checkpoint:
    """Raises BadInput for what is no checkpoint."""
    try:
        whole = json.loads(text)
        heads = {str(name): (int(number), str(head)) for name, (number, head) in whole["heads"].items()}
        known = whole["format"] == _FORMAT
        found = Checkpoint(datetime.fromisoformat(whole["made_at"]), heads, str(whole["seal"]))
    except (ValueError, KeyError, TypeError, AttributeError):
        raise BadInput("This is no checkpoint. Give a file that “recognition audit checkpoint” wrote.") from None
    if not known:
        raise BadInput("This checkpoint was written by a later version of this program. Use that one.")
    return found


def faults_against(session: Session, checkpoint: Checkpoint) -> Iterator[tuple[str, str]]:
    """What the record does not know any more of what the checkpoint knew: reference and sentence."""
    then = moment_told(checkpoint.made_at)
    yield from _seal_faults(keys_of(session), checkpoint)
    for some in _batches(checkpoint):
        there = _there(session, some)
        for reference, (number, head) in some.items():
            hashes = there.get(reference)
            if hashes is not None and hashes.get(number) == head:
                continue
            if hashes is None:
                sentence = f"the checkpoint of {then} knew {number} events of this engagement, and it is gone."
            elif number in hashes:
                sentence = f"event {number} is not the one that the checkpoint of {then} knew."
            else:
                sentence = f"the checkpoint of {then} knew {number} of its events, and the tail is cut since."
            yield reference, sentence


def _batches(checkpoint: Checkpoint) -> Iterator[dict[str, tuple[int, str]]]:
    heads = iter(checkpoint.heads.items())
    return iter(lambda: dict(islice(heads, _SOME)), {})


def _seal_faults(ring: KeyRing, checkpoint: Checkpoint) -> Iterator[tuple[str, str]]:
    name = checkpoint.seal.partition(":")[0]
    if ring.named(name) is None:
        yield "checkpoint", f"it is sealed with the key {name}, which is not known here: it may be anybody's."
    elif not ring.holds(checkpoint.seal, "checkpoint", checkpoint.said):
        yield "checkpoint", "it was changed after it was written."


def _there(session: Session, some: dict[str, tuple[int, str]]) -> dict[str, dict[int | None, str]]:
    """The hashes of the events with the numbers that the checkpoint knew, of the engagements that are there."""
    asked = {"references": list(some), "numbers": sorted({number for number, _ in some.values()})}
    found: dict[str, dict[int | None, str]] = {}
    for row in session.execute(_KNOWN, asked):
        found.setdefault(row.reference, {})[row.seq] = row.hash
    return found
