"""Rows that events vouch for: the event that made or changed one keeps a sealed digest of it, as it was then.

What a use case changes through its session is noted when it is flushed, and the next event of that engagement covers
it. So nobody has to remember, and a transaction that changes such a row without an event is refused.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Any, NamedTuple

from sqlalchemy import event, select
from sqlalchemy.orm import Session

from workflow.store.dialect import among
from workflow.store.history.keys import Key
from workflow.store.record import Record, table_of
from workflow.store.tables.appointment import Appointment
from workflow.store.tables.certificate import Certificate
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.participant import Participant
from workflow.store.tables.visit import Approval, Judgement

_TOUCHED = "touched_rows"


class _Kind(NamedTuple):
    """`key` is what tells rows apart, within the engagement at least; `columns` is what the digest is of."""

    record: type[Record]
    key: tuple[str, ...]
    columns: tuple[str, ...]


_KINDS: Mapping[str, _Kind] = MappingProxyType(
    {
        "order": _Kind(
            Engagement,
            ("id",),
            (
                "school_urn", "order_number", "price_paid", "ordered_at", "lead_name", "lead_email", "head_name",
                "head_email", "places", "advisor_id", "salt",
            ),
        ),
        "participant": _Kind(
            Participant,
            ("id",),
            (
                "engagement_id", "name", "email", "phase", "status", "certificate_name", "name_confirmed",
                "phase_agreed", "reason", "before_id", "before_how", "salt",
            ),
        ),
        "certificate": _Kind(
            Certificate,
            ("id",),
            (
                "engagement_id", "participant_id", "serial", "status", "name", "school", "phase", "phase_title",
                "title", "offer", "provider", "issued_on", "valid_until", "sha256", "created_at", "salt",
            ),
        ),
        "meeting": _Kind(
            Appointment, ("id",), ("engagement_id", "kind", "status", "starts_at", "purpose", "reason", "sequence")
        ),
        "outputs": _Kind(Appointment, ("id",), ("engagement_id", "outputs", "salt")),
        "judgement": _Kind(
            Judgement,
            ("seq", "appointment_id"),
            ("engagement_id", "appointment_id", "outcome", "assessor_id", "at", "seq", "taken_back"),
        ),
        "approval": _Kind(
            Approval, ("seq", "subject"), ("engagement_id", "subject", "user_id", "at", "seq", "taken_back")
        ),
    }
)  # fmt: skip
_TOLD: Mapping[str, str] = MappingProxyType(
    {
        "order": "what the order says",
        "participant": "the participant {}",
        "certificate": "the certificate {}",
        "meeting": "the appointment {}",
        "outputs": "what was agreed at the appointment {}",
        "judgement": "the judgement of event {}",
        "approval": "the approval of event {}",
    }
)


class Covered(NamedTuple):
    """One row by its name in `covers`, such as `participant:12`, and what it says."""

    name: str
    said: list[object]

    def digest(self, key: Key) -> str:
        return key.mac("row", self)


def cover(key: Key, kind: str, row: Mapping[str, Any]) -> dict[str, str]:
    """What an event keeps of a row: its digest under its name. The row is given by its columns."""
    one = _covered(kind, row)
    return {one.name: one.digest(key)}


def _covered(kind: str, row: Mapping[str, Any]) -> Covered:
    name = ":".join((kind, *(str(row[column]) for column in _KINDS[kind].key)))
    return Covered(name, [_plain(row[column]) for column in _KINDS[kind].columns])


def told(name: str) -> str:
    """What a row is called in a sentence."""
    kind, number, *_ = name.split(":")
    return _TOLD[kind].format(number)


def _plain(value: Any) -> object:
    """The same for a value that was just given as for one that either database gave back."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:.2f}" if isinstance(value, Decimal) else value


def read(session: Session, ids: Iterable[int]) -> dict[int, dict[str, Covered]]:
    """All rows of these engagements that events vouch for, as they are now, by their names."""
    found: dict[int, dict[str, Covered]] = {number: {} for number in ids}
    for kind in _KINDS:
        whose = "id" if _KINDS[kind].record is Engagement else "engagement_id"
        for owner, one in _read(session, kind, list(found), whose):
            found[owner][one.name] = one
    return found


def _read(session: Session, kind: str, ids: list[int], by: str) -> Iterator[tuple[int, Covered]]:
    """The rows whose column `by` is among these numbers, each with its own."""
    record, names, columns = _KINDS[kind]
    table = table_of(record)
    chosen = [table.c[name] for name in dict.fromkeys((*names, *columns))]
    query = select(table.c[by].label("number"), *chosen).where(among(table.c[by], "ids"))
    for row in session.connection().execute(query, {"ids": ids}).mappings():
        yield row["number"], _covered(kind, dict(row))


# --- what a session has changed ---


class WatchedSession(Session):
    """Notes what it changes of the rows that events vouch for.

    One class for all, listened to once: listeners are known by the number of what they listen to, and the class of a
    record that was closed leaves its number to another.
    """


@event.listens_for(WatchedSession, "after_flush")
def _note(session: Session, _context: object) -> None:
    touched: dict[int, dict[int, Record]] = session.info.setdefault(_TOUCHED, {})
    for row in (*session.new, *session.dirty):
        if isinstance(row, _RECORDS):
            touched.setdefault(_owner(row), {})[id(row)] = row


_RECORDS = tuple({kind.record for kind in _KINDS.values()})


def _owner(row: Any) -> int:
    number: int = row.id if isinstance(row, Engagement) else row.engagement_id
    return number


def _number(row: Any) -> int:
    number: int = row.id
    return number


@event.listens_for(WatchedSession, "before_commit")
def _agree(session: Session) -> None:
    session.flush()
    if left := session.info.get(_TOUCHED):
        raise RuntimeError(f"Rows of the engagements {sorted(left)} were changed without an event that says so.")


@event.listens_for(WatchedSession, "after_soft_rollback")
def _forget(session: Session, _before: object) -> None:
    session.info.pop(_TOUCHED, None)


def take_touched(session: Session, engagement_id: int, key: Key) -> dict[str, str]:
    """What the next event of this engagement has to cover; once. It is asked of the record: what a session read before
    it held the lock may be of a moment ago."""
    rows = [*session.info.get(_TOUCHED, {}).pop(engagement_id, {}).values()]
    covers: dict[str, str] = {}
    for kind, one in _KINDS.items():
        ids = [_number(row) for row in rows if isinstance(row, one.record)]
        covers |= {found.name: found.digest(key) for _, found in _read(session, kind, ids, "id")} if ids else {}
    return covers
