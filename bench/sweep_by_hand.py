"""A sweep of due timers as a careful person would write it for this one kind of timer, with psycopg alone.

Two statements for five hundred engagements: one reads and locks, one writes. It knows what the page says, judges one
guard, and cannot do anything else; the engine reads all of that from the offer.
"""

import json
from datetime import datetime
from hashlib import sha256
from typing import Any

from psycopg import Connection
from psycopg.rows import dict_row

_SOME = 500
_READ = """
SELECT t.id, t.engagement_id, t.name, e.reference, e.version, e.head, e.stage, e.standing, e.lead_email, p.what,
    p.due_at, (SELECT count(*) FROM participant n WHERE n.engagement_id = e.id) AS nominated
FROM timer t JOIN engagement e ON e.id = t.engagement_id
LEFT JOIN promise p ON p.engagement_id = e.id AND p.status = 'open'
WHERE t.status = 'armed' AND t.due_at <= %(now)s AND e.standing = 'active' AND e.stage = t.stage
ORDER BY t.due_at, t.id LIMIT %(some)s FOR UPDATE OF e SKIP LOCKED"""
_WRITE = """
WITH rows AS (
    SELECT * FROM jsonb_to_recordset(%(rows)s::jsonb) AS r(id integer, timer integer, seq integer, stage varchar,
        standing varchar, data jsonb, prev varchar, hash varchar, key varchar, what varchar, due timestamptz,
        reader varchar)
), fired AS (
    UPDATE timer SET status = 'fired', settled_at = %(now)s FROM rows WHERE timer.id = rows.timer
), told AS (
    INSERT INTO event (engagement_id, seq, at, name, actor, from_stage, to_stage, from_standing, to_standing, data,
        prev_hash, hash)
    SELECT id, seq, %(now)s, 'timer', 'system', stage, stage, standing, standing, data, prev, hash FROM rows
), owed AS (
    INSERT INTO outbox (key, engagement_id, seq, kind, name, recipient, status, attempts, fence, owed_at, due_at,
        trouble, promise_to, promise_due_at, hours, reader)
    SELECT key, id, seq, 'email', 'due-soon', 'school_lead', 'owed', 0, 0, %(now)s, %(now)s, '', what, due,
        'school days', reader FROM rows
)
UPDATE engagement SET version = rows.seq, head = rows.hash FROM rows WHERE engagement.id = rows.id"""


def sweep(connection: Connection[Any], now: datetime) -> int:
    """Settles every timer that is due. Returns how many."""
    settled = 0
    while some := _sweep_some(connection, now):
        settled += some
    return settled


def _sweep_some(connection: Connection[Any], now: datetime) -> int:
    with connection.transaction():
        rows = connection.cursor(row_factory=dict_row).execute(_READ, {"now": now, "some": _SOME}).fetchall()
        if rows:
            written = json.dumps([_row(row, now) for row in rows], default=datetime.isoformat)
            connection.execute(_WRITE, {"rows": written, "now": now})
    return len(rows)


def _row(row: dict[str, Any], now: datetime) -> dict[str, Any]:
    seq, data = row["version"] + 1, {"timer": row["name"]}
    said = json.dumps([row["engagement_id"], seq, now.isoformat(), "timer", row["head"], data])
    return {
        "id": row["engagement_id"],
        "timer": row["id"],
        "seq": seq,
        "stage": row["stage"],
        "standing": row["standing"],
        "data": data,
        "prev": row["head"],
        "hash": sha256(said.encode()).hexdigest(),
        "what": row["what"],
        "key": f"{row['reference']}:{seq}:email:due-soon:school_lead",
        "due": row["due_at"],
        "reader": sha256(row["lead_email"].encode()).hexdigest()[:32],
    }
