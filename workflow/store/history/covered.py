"""Rows that events vouch for: the event that made or changed one keeps a sealed digest of it, as it was then."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from types import MappingProxyType
from typing import Any, NamedTuple

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from workflow.store.dialect import among
from workflow.store.history.keys import Key
from workflow.store.record import Record, table_of
from workflow.store.tables.appointment import Appointment
from workflow.store.tables.certificate import Certificate
from workflow.store.tables.contacts.contact import Contact
from workflow.store.tables.contacts.proposal import ContactProposal
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.participant import Participant
from workflow.store.tables.rounds.round import Round
from workflow.store.tables.visit import Approval, Judgement


class _Kind(NamedTuple):
    """`key` is what tells rows apart, within the engagement at least; `columns` is what the digest is of. Of a kind
    that is `later`, engagements are older than its first digest: nothing vouches for their row until it changes."""

    record: type[Record]
    key: tuple[str, ...]
    columns: tuple[str, ...]
    later: bool = False


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
        "version": _Kind(Engagement, ("id",), ("offer_code", "offer_version", "bought_version"), later=True),
        "participant": _Kind(
            Participant,
            ("id",),
            (
                "engagement_id", "name", "email", "phase", "status", "certificate_name", "name_confirmed",
                "phase_agreed", "reason", "before_id", "before_how", "salt",
            ),
        ),
        "contact": _Kind(
            Contact, ("id",), ("engagement_id", "kind", "name", "email", "since", "until", "salt")
        ),
        "proposal": _Kind(
            ContactProposal,
            ("id",),
            (
                "engagement_id", "kind", "name", "email", "asked_by", "asked_at", "lapses_at", "status", "decided_at",
                "salt",
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
        "round": _Kind(
            Round, ("seq",), ("engagement_id", "seq", "number", "stage", "at", "set_aside", "taken_back")
        ),
    }
)  # fmt: skip
#: What a second row of one name is called besides.
_AGAIN = ":again"
_RECORDS = tuple({kind.record for kind in _KINDS.values()})
_TOLD: Mapping[str, str] = MappingProxyType(
    {
        "order": "what the order says",
        "version": "the version of the offer",
        "participant": "the participant {}",
        "contact": "the contact {}",
        "proposal": "the proposal {} of a contact",
        "certificate": "the certificate {}",
        "meeting": "the appointment {}",
        "outputs": "what was agreed at the appointment {}",
        "judgement": "the judgement of event {}",
        "approval": "the approval of event {}",
        "round": "the round that began with event {}",
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


def name_of_meeting(number: int) -> str:
    return f"meeting:{number}"


def is_covered(record: object) -> bool:
    return isinstance(record, _RECORDS)


def may_be_older(name: str) -> bool:
    """Whether a row of this name is as it should be although nothing vouches for it."""
    return _KINDS[name.partition(":")[0]].later and not name.endswith(_AGAIN)


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
    """All rows of these engagements that events vouch for, as they are now, by their names. A second row of one name
    has a name that no event knows."""
    found: dict[int, dict[str, Covered]] = {number: {} for number in ids}
    for kind in _KINDS:
        for owner, one in _read(session, kind, list(found), _owner(kind)):
            found[owner][one.name + _AGAIN if one.name in found[owner] else one.name] = one
    return found


def read_rows(session: Session, rows: Iterable[object]) -> Iterator[tuple[int, Covered]]:
    """These records, each as the database has it at this moment, with the engagement that it belongs to. An appointment
    is read twice: as a meeting, and for what was agreed at it."""
    some = [*rows]
    for kind, one in _KINDS.items():
        if ids := [_number(row) for row in some if isinstance(row, one.record)]:
            yield from _read(session, kind, ids, "id")


def read_meetings(session: Session, ids: Iterable[int]) -> Iterator[tuple[int, Covered]]:
    """The meetings with these numbers, likewise."""
    return _read(session, "meeting", [*ids], "id")


def _number(row: Any) -> int:
    number: int = row.id
    return number


def _read(session: Session, kind: str, ids: list[int], by: str) -> Iterator[tuple[int, Covered]]:
    """The rows whose column `by` is among these numbers, each with its engagement."""
    for row in session.connection().execute(_query(kind, by), {"ids": ids}).mappings():
        yield row["owner"], _covered(kind, dict(row))


@cache
def _query(kind: str, by: str) -> Select[Any]:
    one = _KINDS[kind]
    table = table_of(one.record)
    chosen = [table.c[name] for name in dict.fromkeys((*one.key, *one.columns))]
    return select(table.c[_owner(kind)].label("owner"), *chosen).where(among(table.c[by], "ids"))


def _owner(kind: str) -> str:
    return "id" if _KINDS[kind].record is Engagement else "engagement_id"
