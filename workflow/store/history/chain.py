"""The chain: each event with a hash of all that it says and of the one before, sealed since there are keys."""

import json
import secrets
from collections.abc import Mapping
from datetime import UTC
from hashlib import sha256
from typing import Any

from workflow.domain.change import NewEvent, NewNote
from workflow.store.history.keys import Key
from workflow.store.tables.event import Note

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
_SEALED = (*_HASHED, "covers", "sealed_by")


def chained(event: NewEvent, key: Key, before: str, covers: Mapping[str, str]) -> NewEvent:
    """The event behind the one with the hash `before`, with a seal of everything it says and of the rows it covers."""
    placed = event._replace(prev_hash=before, covers=covers, sealed_by=key.name)
    return placed._replace(hash=seal_of(placed._asdict(), key))


def seal_of(event: Mapping[str, Any], key: Key) -> str:
    """What the hash of a sealed event must be; the event is given by its columns."""
    return key.mac("event", _said(event, _SEALED))


def hash_of(event: Mapping[str, Any]) -> str:
    """The hash of an event that was written before there were keys."""
    return sha256(_AS_HASHED.encode(_said(event, _HASHED)).encode()).hexdigest()


def _said(event: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    said = {name: event[name] for name in names}
    said["at"] = event["at"].astimezone(UTC).isoformat()
    return said


def digest_of(note: NewNote | Note) -> str:
    """What history keeps of a note: nothing that outlives the note and its salt."""
    return sha256(json.dumps([note.salt, note.text, note.waiver]).encode()).hexdigest()


def new_note(engagement_id: int, seq: int, text: str, waiver: str) -> NewNote:
    """A note with a salt of its own, so that nobody can guess it from its digest."""
    return NewNote(engagement_id, seq, text, waiver, secrets.token_hex(16))
