"""What is not as it was written: every edit, deletion, swap and forgery that the seals show, with what and where."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.store.dialect import among
from workflow.store.history import seals
from workflow.store.history.chain import GENESIS, digest_of, hash_of, seal_of
from workflow.store.history.covered import Covered, may_be_older, read, told
from workflow.store.history.keys import KeyRing
from workflow.store.history.vouched import vouched_for
from workflow.store.record import table_of
from workflow.store.tables.certificate import Certificate
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.event import Event, Note, Opening

_event, _note, _certificate = table_of(Event), table_of(Note), table_of(Certificate)
Row = Mapping[str, Any]


class Record(NamedTuple):
    """What the tables say of one engagement. `rows` are the rows that events vouch for."""

    engagement: Engagement
    events: Sequence[Row]
    notes: Sequence[Note]
    opening: Opening | None
    rows: Mapping[str, Covered]
    spoilt: Sequence[str]


def read_records(session: Session, engagements: Sequence[Engagement]) -> Iterator[Record]:
    """What the tables say of many, in as many queries as of one."""
    asked = {"ids": [one.id for one in engagements]}
    events, notes, spoilt = (
        defaultdict[int, list[Row]](list),
        defaultdict[int, list[Note]](list),
        _spoilt(session, asked),
    )
    chosen = select(_event).where(among(_event.c.engagement_id, "ids")).order_by(_event.c.seq)
    for event in session.execute(chosen, asked).mappings():
        events[event["engagement_id"]].append(dict(event))
    for note in session.scalars(select(Note).where(among(Note.engagement_id, "ids")), asked):
        notes[note.engagement_id].append(note)
    openings = session.scalars(select(Opening).where(among(Opening.engagement_id, "ids")), asked)
    opened = {one.engagement_id: one for one in openings}
    rows = read(session, asked["ids"])
    for one in engagements:
        yield Record(one, events[one.id], notes[one.id], opened.get(one.id), rows[one.id], spoilt[one.id])


def _spoilt(session: Session, asked: dict[str, list[int]]) -> defaultdict[int, list[str]]:
    """The certificates whose bytes are not the ones that were sent, a few at a time."""
    found = defaultdict[int, list[str]](list)
    columns = (_certificate.c.engagement_id, _certificate.c.serial, _certificate.c.sha256, _certificate.c.pdf)
    query = select(*columns).where(among(_certificate.c.engagement_id, "ids")).execution_options(yield_per=10)
    for row in session.execute(query, asked):
        if sha256(row.pdf).hexdigest() != row.sha256:
            found[row.engagement_id].append(row.serial)
    return found


def faults_in(ring: KeyRing, record: Record) -> Iterator[str]:
    """Every place where the record of an engagement is not the one that was written; nothing when all is well."""
    yield from _opening_faults(ring, record)
    yield from _event_faults(ring, record)
    yield from _end_faults(ring, record)
    yield from _note_faults(record)
    yield from _row_faults(ring, record)
    for serial in record.spoilt:
        yield f"the file of the certificate {serial} is not the one that was sent."


def _opening_faults(ring: KeyRing, record: Record) -> Iterator[str]:
    opening = record.opening
    if opening is None:
        return
    if not seals.holds_opening(ring, opening):
        yield "what is kept of the time before the keys was changed after it was written."
    elif not any((one["seq"], one["hash"]) == (opening.seq, opening.head) for one in record.events):
        yield f"event {opening.seq} is not the one that stood there when the first key was made."


def _event_faults(ring: KeyRing, record: Record) -> Iterator[str]:
    before: Row | None = None
    before_keys = record.opening.seq if record.opening else 0
    for number, event in enumerate(record.events, 1):
        if event["seq"] != number:
            yield f"event {number} is missing or out of order."
        if event["prev_hash"] != (before["hash"] if before else GENESIS):
            yield f"event {event['seq']} does not follow the event before it."
        yield from _seal_faults(ring, event, before_keys)
        if before and (event["from_stage"], event["from_standing"]) != (before["to_stage"], before["to_standing"]):
            yield f"event {event['seq']} begins where the event before it did not end."
        before = event


def _seal_faults(ring: KeyRing, event: Row, before_keys: int) -> Iterator[str]:
    seq, name = event["seq"], event["sealed_by"]
    if not name:
        if seq > before_keys:
            yield f"event {seq} carries no seal, and was written by somebody who has no key."
        elif event["hash"] != hash_of(event):
            yield f"event {seq} was changed after it was written."
        return
    key = ring.named(name)
    if key is None:
        yield f"event {seq} is sealed with the key {name}, which is not known here: it cannot be checked."
    elif event["hash"] != seal_of(event, key):
        yield f"event {seq} was changed after it was written."
    elif key.until and event["at"] > key.until:
        yield f"event {seq} was sealed with the key {name} after it had been replaced."


def _end_faults(ring: KeyRing, record: Record) -> Iterator[str]:
    one, events = record.engagement, record.events
    if not events:
        yield "the history is empty."
    elif (events[-1]["seq"], events[-1]["hash"]) != (one.version, one.head):
        yield f"the last event is number {events[-1]['seq']} and the engagement counts {one.version}: the tail is cut."
    elif (events[-1]["to_stage"], events[-1]["to_standing"]) != (one.stage, one.standing):
        yield f"the history ends at {events[-1]['to_stage']} and the engagement says {one.stage}."
    elif not seals.holds_head(ring, one, one.seal):
        yield f"the engagement ends at event {one.version}, and no seal says that this was the last."


def _note_faults(record: Record) -> Iterator[str]:
    """An erased note is lawful and leaves its digest; a note that does not match its digest was edited."""
    notes = {note.seq: note for note in record.notes}
    for event in record.events:
        note = notes.pop(event["seq"], None)
        if note and event["note_digest"] != digest_of(note):
            yield f"the note of event {event['seq']} was changed after it was written."
    for seq in notes:
        yield f"there is a note for event {seq}, which does not exist."


def _row_faults(ring: KeyRing, record: Record) -> Iterator[str]:
    """Each row as the last event that vouches for it knew it."""
    vouched = vouched_for(record.opening, record.events)
    for name, one in vouched.items():
        row = record.rows.get(name)
        if row is None:
            yield f"{told(name)}, which event {one.seq} vouches for, is gone."
        elif not one.agrees(ring, row):
            yield f"{told(name)} was changed after event {one.seq}, and no event says so."
    for name in (one for one in record.rows.keys() - vouched.keys() if not may_be_older(one)):
        yield f"{told(name)} was written by nobody: no event vouches for it."


def missing_engagements(session: Session, ring: KeyRing, known: Iterable[str]) -> Iterator[tuple[str, str]]:
    """References that were given out and are of no engagement any more, and counters that somebody set."""
    there, counted = set(known), set[str]()
    for prefix, year, last, holds in seals.counted(session, ring):
        if not holds:
            yield f"{prefix}-{year % 100:02}", f"the register of {year} counts {last}, and no seal says that it does."
        for reference in seals.references(prefix, year, last):
            counted.add(reference)
            if reference not in there:
                yield reference, "the engagement is gone: its reference was given out, and nothing has it any more."
    for reference in sorted(there - counted):
        yield reference, "the register does not know this engagement: its reference was never given out."
