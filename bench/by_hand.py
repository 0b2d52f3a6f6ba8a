"""The same step with psycopg alone: what a careful person would write without an engine."""

import json
import secrets
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from psycopg import Connection

_READ = """
SELECT e.*, (SELECT is_open FROM school s WHERE s.urn = e.school_urn) AS school_open,
       (SELECT count(*) FROM participant p WHERE p.engagement_id = e.id AND p.status NOT IN ('deferred', 'withdrawn'))
FROM engagement e WHERE e.id = %(id)s FOR UPDATE"""
_MOVE = """
UPDATE engagement SET stage = 'training_1', version = %(seq)s, head = %(hash)s, stage_since = %(now)s
WHERE id = %(id)s AND version = %(version)s"""
_EVENT = """
INSERT INTO event (engagement_id, seq, at, name, actor, from_stage, to_stage, from_standing, to_standing, data,
                   note_digest, prev_hash, hash)
VALUES (%(id)s, %(seq)s, %(now)s, 'start_training', 'lead_advisor:1', 'purchase', 'training_1', 'active', 'active',
        %(data)s, %(digest)s, %(prev)s, %(hash)s)"""
_NOTE = "INSERT INTO note (engagement_id, seq, text, waiver, salt) VALUES (%(id)s, %(seq)s, '', %(note)s, %(salt)s)"
_OWED = """
INSERT INTO outbox (key, engagement_id, seq, kind, name, recipient, status, attempts, fence, owed_at, due_at, trouble,
                    promise_to, promise_due_at)
VALUES (%(key)s, %(id)s, %(seq)s, 'email', 'training-1-next', 'school_lead', 'owed', 0, 0, %(now)s, %(now)s, '',
        'offer dates for training session 1', %(due)s)"""
_DROP = """
UPDATE timer SET status = 'dropped', settled_at = %(now)s
WHERE engagement_id = %(id)s AND status IN ('armed', 'suspended')"""
_KEEP = """
UPDATE promise SET status = 'kept', closed_at = %(now)s, closed_seq = %(seq)s
WHERE engagement_id = %(id)s AND status = 'open'"""
_PROMISE = """
INSERT INTO promise (engagement_id, stage, name, owner, what, anchor, status, since, due_at, counted_from, count, unit,
                     opened_seq)
VALUES (%(id)s, 'training_1', '1-council', 'council', 'offer dates for training session 1', '', 'open', %(now)s,
        %(due)s, %(now)s, 10, 'council days', %(seq)s)"""
_ARM = """
INSERT INTO timer (engagement_id, name, stage, about, status, armed_at, due_at, counted_from, count, unit, armed_seq)
SELECT %(id)s, name, 'training_1', 'promise', 'armed', %(now)s, %(due)s, %(due)s, 1, 'council days', %(seq)s
FROM unnest(ARRAY['council-late', 'council-very-late']) AS name"""
#: The promise that is open has to be closed before the next may be opened, so these two are statements of their own.
_WRITES = (_MOVE, _EVENT, _NOTE, _OWED, _DROP, _KEEP)
_PARTS = ", ".join(f"w{number} AS ({statement})" for number, statement in enumerate(_WRITES))
_ONE_WRITE = f"WITH {_PARTS} {_ARM}"


def _values(connection: Connection[Any], engagement_id: int, now: datetime) -> dict[str, Any]:
    cursor = connection.execute(_READ, {"id": engagement_id})
    names = [column.name for column in cursor.description or ()]
    row = dict(zip(names, cursor.fetchone() or (), strict=True))
    seq, salt, note, data = row["version"] + 1, secrets.token_hex(16), "Agreed with the head.", '{"waived":["staff"]}'
    said = json.dumps([engagement_id, seq, now.isoformat(), "start_training", row["head"], data])
    return {
        "id": engagement_id,
        "seq": seq,
        "version": row["version"],
        "now": now,
        "prev": row["head"],
        "data": data,
        "hash": sha256(said.encode()).hexdigest(),
        "digest": sha256((salt + note).encode()).hexdigest(),
        "note": note,
        "salt": salt,
        "key": f"{row['reference']}:{seq}:email:training-1-next:school_lead",
        "due": now + timedelta(days=14),
    }


def step(connection: Connection[Any], engagement_id: int, now: datetime) -> None:
    """One statement after another, as most programs do."""
    with connection.transaction():
        values = _values(connection, engagement_id, now)
        for statement in (*_WRITES, _PROMISE, _ARM):
            connection.execute(statement, values)


def step_in_one_write(connection: Connection[Any], engagement_id: int, now: datetime) -> None:
    """All writes in one statement: the fewest round trips there can be without a stored procedure."""
    with connection.transaction():
        values = _values(connection, engagement_id, now)
        connection.execute(_ONE_WRITE, values)
        connection.execute(_PROMISE, values)
