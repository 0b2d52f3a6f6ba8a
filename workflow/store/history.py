"""History: each event chained to the one before, so that an edit, a deletion, a swap or a cut tail shows."""

import json
import secrets
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC
from hashlib import sha256
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.domain.change import NewEvent, NewNote
from workflow.store.record import table_of
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.event import Event, Note

#: What the first event of every engagement is chained to.
GENESIS = "0" * 64
_AS_HASHED = json.JSONEncoder(sort_keys=True, separators=(",", ":"))
_HASHED = (
    "engagement_id",
    "seq",
    "name",
    "actor",
    "from_stage",
    "to_stage",
    "from_standing",
    "to_standing",
    "data",
    "note_digest",
    "caused_by",
    "key",
    "prev_hash",
)


def chained(event: NewEvent) -> NewEvent:
    """The event with its hash, which is of everything it says, the hash of the event before included."""
    return event._replace(hash=hash_of(event._asdict()))


def hash_of(event: Mapping[str, Any]) -> str:
    """The hash of an event that is given by its columns."""
    said = {name: event[name] for name in _HASHED}
    said["at"] = event["at"].astimezone(UTC).isoformat()
    return sha256(_AS_HASHED.encode(said).encode()).hexdigest()


def digest_of(note: NewNote | Note) -> str:
    """What history keeps of a note: nothing that outlives the note and its salt."""
    return sha256(json.dumps([note.salt, note.text, note.waiver]).encode()).hexdigest()


def new_note(engagement_id: int, seq: int, text: str, waiver: str) -> NewNote:
    """A note with a salt of its own, so that nobody can guess it from its digest."""
    return NewNote(engagement_id, seq, text, waiver, secrets.token_hex(16))


def faults_in_chain(session: Session, engagement: Engagement) -> Iterator[str]:
    """Every place where the stored history is not the one that was written. Nothing is yielded when all is well."""
    rows = session.execute(select(table_of(Event)).where(Event.engagement_id == engagement.id).order_by(Event.seq))
    events = [dict(row) for row in rows.mappings()]
    yield from _broken_links(events)
    if not events:
        yield "the history is empty."
    elif (events[-1]["seq"], events[-1]["hash"]) != (engagement.version, engagement.head):
        seq = events[-1]["seq"]
        yield f"the last event is number {seq} and the engagement counts {engagement.version}: the tail is cut."
    elif (events[-1]["to_stage"], events[-1]["to_standing"]) != (engagement.stage, engagement.standing):
        yield f"the history ends at {events[-1]['to_stage']} and the engagement says {engagement.stage}."
    yield from _edited_notes(session, engagement.id, events)


def _broken_links(events: Iterable[dict[str, Any]]) -> Iterator[str]:
    before: dict[str, Any] | None = None
    for number, event in enumerate(events, 1):
        if event["seq"] != number:
            yield f"event {number} is missing or out of order."
        if event["prev_hash"] != (before["hash"] if before else GENESIS):
            yield f"event {event['seq']} does not follow the event before it."
        if event["hash"] != hash_of(event):
            yield f"event {event['seq']} was changed after it was written."
        if before and (event["from_stage"], event["from_standing"]) != (before["to_stage"], before["to_standing"]):
            yield f"event {event['seq']} begins where the event before it did not end."
        before = event


def _edited_notes(session: Session, engagement_id: int, events: Iterable[dict[str, Any]]) -> Iterator[str]:
    """An erased note is lawful and leaves its digest; a note that does not match its digest was edited."""
    notes = {note.seq: note for note in session.scalars(select(Note).where(Note.engagement_id == engagement_id))}
    for event in events:
        note = notes.pop(event["seq"], None)
        if note and event["note_digest"] != digest_of(note):
            yield f"the note of event {event['seq']} was changed after it was written."
    for seq in notes:
        yield f"there is a note for event {seq}, which does not exist."
