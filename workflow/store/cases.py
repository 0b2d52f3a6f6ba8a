"""The row of an engagement and everything guards look at, locked and read in one query."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Row, Select, bindparam, select
from sqlalchemy.orm import Session

from workflow.domain.facts import AppointmentFact, ApprovalFact, Facts, JudgementFact, ParticipantFact, PromiseFact
from workflow.errors import NotFound
from workflow.store.case_query import COLUMNS
from workflow.store.dialect import among
from workflow.store.tables.engagement import Engagement


@dataclass(slots=True)
class Case:
    """One engagement as the engine holds it during a transaction. `seen` is the event a repeated key stands for.

    `promises` are those of the stage in progress, oldest first, and the one that is open. `addresses` are the email
    addresses of the school's people, by audience or by the participant's number; they never go into an event.
    """

    id: int
    reference: str
    offer: tuple[str, str]
    stage: str
    standing: str
    version: int
    head: str
    stage_since: datetime
    advisor_id: int | None
    has_head: bool
    facts: Facts
    promises: tuple[PromiseFact, ...]
    addresses: dict[str | int, str]
    urn: str
    dates_version: int
    seen: int | None = None

    @property
    def promise(self) -> PromiseFact | None:
        """The promise that is open."""
        return next((one for one in self.promises if one.status == "open"), None)

    def asked_by(self, user_id: int | None, about: int | None = None) -> Facts:
        """The facts as a guard sees them when this person asks, about the engagement or one of its small journeys."""
        return replace(self.facts, actor_id=user_id, about=about)


_e = Engagement.__table__.c
_READ: Select[Any] = select(*COLUMNS).where(_e.id == bindparam("engagement_id"))
_ALL: Select[Any] = select(*COLUMNS)
_SOME: Select[Any] = _ALL.where(among(_e.id, "ids"))
_LOCK = _READ.with_for_update(of=Engagement.__table__)


def lock_case(session: Session, engagement_id: int, key: str | None = None) -> Case:
    """The case, its row locked until the transaction ends. Raises NotFound.

    PostgreSQL re-reads a row it had to wait for, but reads the other tables as of the moment it began to wait. Every
    change of a fact raises the engagement's version, so a version that differs from the snapshot's shows that this
    happened; the facts are then read again, now without waiting.
    """
    row = _one(session, _LOCK, engagement_id, key)
    if row.version != row.snapshot_version:
        row = _one(session, _LOCK, engagement_id, key)
    return _case(row)


def read_case(session: Session, engagement_id: int) -> Case:
    """The case as it is now, without a lock: for pages. Raises NotFound."""
    return _case(_one(session, _READ, engagement_id, None))


def read_cases(session: Session) -> dict[int, Case]:
    """Every case as it is now, by id, in one query: for lists."""
    return {row.id: _case(row) for row in session.connection().execute(_ALL, {"key": None})}


def read_locked(session: Session, ids: Collection[int]) -> dict[int, Case]:
    """The cases with these ids, which the transaction has locked already, in one query."""
    return {row.id: _case(row) for row in session.connection().execute(_SOME, {"key": None, "ids": list(ids)})}


def _one(session: Session, statement: Select[Any], engagement_id: int, key: str | None) -> Row[Any]:
    session.flush()
    # The connection itself: what the session does around a query costs as much as the query.
    row = session.connection().execute(statement, {"engagement_id": engagement_id, "key": key}).one_or_none()
    if row is None:
        raise NotFound("There is no such engagement. Check the reference.")
    return row


def _case(row: Row[Any]) -> Case:
    return Case(
        id=row.id,
        reference=row.reference,
        offer=(row.offer_code, row.offer_version),
        stage=row.stage,
        standing=row.standing,
        version=row.version,
        head=row.head,
        stage_since=row.stage_since,
        advisor_id=row.advisor_id,
        has_head=bool(row.head_email),
        facts=_facts(row),
        promises=tuple(_promise(one) for one in _by_id(row.promised)),
        urn=row.school_urn,
        dates_version=row.dates_version,
        addresses={
            "school_lead": row.lead_email,
            "head": row.head_email,
            **{person["id"]: person["email"] for person in row.people},
        },
        seen=row.seen,
    )


def _facts(row: Row[Any]) -> Facts:
    return Facts(
        order_number=row.order_number,
        price_paid=None if row.price_paid is None else Decimal(row.price_paid),
        school_open=bool(row.school_open),
        lead_named=bool(row.lead_name and row.lead_email),
        participants=tuple(_person(one) for one in _by_id(row.people)),
        appointments=tuple(
            AppointmentFact(
                one["id"],
                one["kind"],
                one["status"],
                one["outputs"] > 0,
                frozenset(person["id"] for person in one["attended"]),
                _moment(one["starts_at"]),
                one["planned"],
                one["purpose"],
            )
            for one in _by_id(row.meetings)
        ),
        judgements=tuple(
            JudgementFact(one["appointment"], one["kind"], one["outcome"], one["assessor"], one["seq"])
            for one in _by_id(row.judged)
        ),
        approvals=tuple(ApprovalFact(one["subject"], one["user"], one["seq"]) for one in _by_id(row.approvals)),
        places=row.places,
        advisor_id=row.advisor_id,
    )


def _person(row: dict[str, Any]) -> ParticipantFact:
    unmet = [version["unmet"] for version in _by_id(row["versions"]) if version["unmet"] is not None]
    return ParticipantFact(
        id=row["id"],
        status=row["status"],
        phase=row["phase"],
        name_confirmed=bool(row["confirmed"]),
        phase_agreed=bool(row["agreed"]),
        sent=len(row["versions"]),
        returned=sum(bool(count) for count in unmet),
        unmet=unmet[-1] if unmet else None,
    )


def _promise(row: dict[str, Any]) -> PromiseFact:
    closed = row["closed_at"]
    return PromiseFact(
        row["id"], row["stage"], row["owner"], row["what"], row["anchor"], row["status"], _moment(row["since"]),
        _moment(row["due_at"]), _moment(row["counted_from"]), row["count"], row["unit"],
        None if closed is None else _moment(closed),
    )  # fmt: skip


def _moment(text: str) -> datetime:
    """PostgreSQL writes a time with its zone into JSON, SQLite without: it is UTC there."""
    read = datetime.fromisoformat(text)
    return read.replace(tzinfo=UTC) if read.tzinfo is None else read


def _by_id(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(rows, key=lambda one: int(one["id"])) if len(rows) > 1 else rows
