"""The post of a rehearsal: when each email would have gone out, by the rules that hold for real ones.

Caseloads only owe their emails, since nothing in a journey waits for one to arrive. What people set off goes at once.
What waits for its reader's hours, or for the reader's other reminders, may come from several caseloads: it is sorted by
reader and settled in the end, in the order of time.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zlib import crc32

from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.orm import Session

from workflow.engine.catalogue import Catalogue, offers_of
from workflow.scheduling import quiet_hours
from workflow.simulation import snapshot
from workflow.simulation.effect_log import Entry, entry_of, read_ledger
from workflow.store.outbox.claims import Open, claim
from workflow.store.outbox.reminders import REMINDERS_APART, waits_for
from workflow.store.record import holds, holds_some, table_of
from workflow.store.session import Store
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.owed_effect import OwedEffect

Rows = list[dict[str, Any]]
_LEASE, _MANY = timedelta(minutes=2), 100_000
_owed, _engagement = table_of(OwedEffect), table_of(Engagement)
_moment = bindparam("moment", type_=_owed.c.due_at.type)
_open = holds(OwedEffect.status, "owed", "claimed")
_due = _open & (_owed.c.due_at <= _moment)
_in_hand = _due & holds(OwedEffect.status, "claimed")
_gone_now: dict[str, Any] = {"status": "done", "settled_at": _moment, "lease_until": None}
_readers = select(_owed.c.reader).where(_in_hand, holds_some(OwedEffect.reader))
_GATHERED = update(_owed).where(waits_for(_owed.c.reader.in_(_readers), _moment)).values(_gone_now)
_SENT = update(_owed).where(_in_hand).values(_gone_now)
_DUE_NEXT = select(func.min(_owed.c.due_at)).where(_open, _owed.c.due_at > _moment)
#: When those who are waiting for a reminder were sent the last one, if it was lately.
_REMINDED = (
    select(func.max(_owed.c.settled_at))
    .where(holds_some(OwedEffect.reader), holds(OwedEffect.status, "done"))
    .where(_owed.c.reader.in_(select(_owed.c.reader).where(_due, holds_some(OwedEffect.reader))))
    .where(_owed.c.settled_at > bindparam("lately", type_=_owed.c.due_at.type))
    .group_by(_owed.c.reader)
)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What one caseload hands in: entries that are settled, letters that have to wait, and the engagements of these."""

    settled: list[Entry]
    engagements: Rows
    letters: Rows


def collect(store: Store, start: datetime, end: datetime) -> Outgoing:
    """Everything a caseload owes, or sent lately enough to keep a reminder waiting."""
    recent = _owed.c.settled_at.is_(None) | (_owed.c.settled_at >= start - REMINDERS_APART)
    with store.reading() as session:
        connection = session.connection()
        rows = connection.execute(select(_owed).where(recent).order_by(_owed.c.id)).mappings().all()
        letters = [_taken_up(dict(row), start) for row in rows]
        waiting = [row for row in letters if row["hours"] or row["reader"]]
        about = sorted({row["engagement_id"] for row in waiting})
        every = {row["id"]: dict(row) for row in connection.execute(select(_engagement)).mappings()}
    settled = [entry_of(_gone(row, end)) for row in letters if not (row["hours"] or row["reader"])]
    return Outgoing(settled, [every[number] for number in about], waiting)


def _taken_up(row: dict[str, Any], start: datetime) -> dict[str, Any]:
    """What somebody had in hand when the record was copied is tried again when the claim runs out."""
    if row["status"] == "claimed":
        row |= {"status": "owed", "due_at": row["lease_until"], "lease_until": None}
    return row | ({"due_at": max(row["due_at"], start)} if row["status"] == "owed" else {})


def _gone(row: dict[str, Any], end: datetime) -> dict[str, Any]:
    """What waits for nothing is sent when it is due."""
    goes = row["status"] == "owed" and row["due_at"] <= end
    return row | ({"status": "done", "settled_at": row["due_at"]} if goes else {})


def sort(bags: Iterable[Outgoing], places: int) -> list[tuple[Rows, Rows]]:
    """Engagements and letters for so many places, each reader's letters at one of them. Rows are numbered anew."""
    parts: list[tuple[Rows, Rows]] = [([], []) for _ in range(places)]
    engagements, letters = _renumbered(bags)
    for number, letter in enumerate(sorted(letters, key=_in_order), 1):
        reader = letter["reader"] or letter["key"]
        parts[crc32(reader.encode()) % places][1].append(letter | {"id": number})
    for those, own in parts:
        about = {letter["engagement_id"] for letter in own}
        those += [row for row in engagements if row["id"] in about]
    return parts


def _renumbered(bags: Iterable[Outgoing]) -> tuple[Rows, Rows]:
    """Desks that began engagements at the same time gave them the same numbers."""
    engagements: Rows = []
    letters: Rows = []
    for outgoing in bags:
        numbers = {row["id"]: len(engagements) + place for place, row in enumerate(outgoing.engagements, 1)}
        engagements += [row | {"id": numbers[row["id"]]} for row in outgoing.engagements]
        letters += [row | {"engagement_id": numbers[row["engagement_id"]]} for row in outgoing.letters]
    return engagements, letters


def _in_order(letter: dict[str, Any]) -> tuple[Any, ...]:
    return letter["owed_at"], letter["engagement_id"], letter["id"]


def settle(offers: Catalogue, engagements: Rows, letters: Rows, start: datetime, end: datetime) -> list[Entry]:
    """Lets time pass from one moment at which something may go to the next, up to the end."""
    store = snapshot.empty(offers)
    with store.writing() as session:
        for table, rows in ((_engagement, engagements), (_owed, letters)):
            if rows:
                session.connection().execute(insert(table), rows)
    now: datetime | None = start
    while now is not None and now <= end:
        quiet_hours.put_off(store, now)
        with store.writing() as session:
            _send(session, now)
            now = _next(session, now)
    with store.reading() as session:
        ledger = read_ledger(session, start)
    store.close()
    return ledger


def _send(session: Session, now: datetime) -> None:
    """Everything that may go at this moment; a reader's other reminders go with the first."""
    if claim(session, _everything(session), now, _LEASE, _MANY):
        for sent in (_GATHERED, _SENT):
            session.connection().execute(sent, {"moment": now})


def _everything(session: Session) -> Open:
    offers = [offer.key for offer in offers_of(session)]
    return Open(offers, offers)


def _next(session: Session, now: datetime) -> datetime | None:
    """The next moment at which something falls due, or at which somebody may be reminded again."""
    due = session.connection().execute(_DUE_NEXT, {"moment": now}).scalar()
    last = session.connection().execute(_REMINDED, {"moment": now, "lately": now - REMINDERS_APART}).scalars()
    return min(_ahead([due, *(moment + REMINDERS_APART for moment in last)], now), default=None)


def _ahead(moments: Sequence[datetime | None], now: datetime) -> list[datetime]:
    return [one for one in moments if one is not None and one > now]
