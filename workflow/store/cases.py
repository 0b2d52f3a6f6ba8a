"""The row of an engagement and everything guards look at, locked and read in one query."""

import json
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from workflow.domain.change import NewEvent
from workflow.domain.facts import (
    AppointmentFact,
    ApprovalFact,
    Facts,
    JudgementFact,
    ParticipantFact,
    PromiseFact,
    StoppedTimer,
)
from workflow.errors import NotFound
from workflow.store.case_query import CASE, ENGAGEMENT
from workflow.store.dialect import among
from workflow.store.history.watched import note_locked


class Case(NamedTuple):
    """One engagement as it was read, or as a decision leaves it. `seen` is the event a repeated key stands for.

    `promises` are those of the stage in progress, oldest first, and the one that is open; `stopped` are timers whose
    clocks stand still; `round` counts how often the journey has begun to go its way, so it is 1 at first. `addresses`
    are the email addresses of the school's people, by audience or by the participant's number, and `names` those of the
    participants; neither ever goes into an event. `lead_advisors` are users' ids.
    """

    id: int
    reference: str
    offer: tuple[str, str]
    stage: str
    standing: str
    version: int
    head: str
    seal: str
    stage_since: datetime
    advisor_id: int | None
    facts: Facts
    promises: tuple[PromiseFact, ...]
    stopped: tuple[StoppedTimer, ...]
    addresses: Mapping[str | int, str]
    names: Mapping[int, str]
    lead_advisors: tuple[int, ...]
    urn: str
    dates_version: int
    seen: int | None = None
    round: int = 1

    @property
    def promise(self) -> PromiseFact | None:
        """The promise that is open."""
        return next((one for one in self.promises if one.status == "open"), None)

    def after(self, event: NewEvent) -> "Case":
        """The case as an event leaves it."""
        return self._replace(
            stage=event.to_stage,
            standing=event.to_standing,
            version=event.seq,
            head=event.hash,
            stage_since=self.stage_since if event.to_stage == self.stage else event.at,
        )

    def asked_by(self, user_id: int | None, about: int | None = None) -> Facts:
        """The facts as a guard sees them when this person asks, about the engagement or one of its small journeys."""
        return replace(self.facts, actor_id=user_id, about=about)


_e = ENGAGEMENT.c
_ALL: Select[Any] = select(CASE).select_from(ENGAGEMENT)
_READ: Select[Any] = _ALL.where(_e.id == bindparam("engagement_id"))
_SOME: Select[Any] = _ALL.where(among(_e.id, "ids"))
_LOCK = _READ.with_for_update(of=ENGAGEMENT)
_LOCK_SOME = select(_e.id).where(among(_e.id, "ids")).order_by(_e.id).with_for_update()


def lock_case(session: Session, engagement_id: int, key: str | None = None) -> Case:
    """The case, its row locked until the transaction ends. Raises NotFound.

    PostgreSQL re-reads a row it had to wait for, but reads the other tables as of the moment it began to wait. Every
    change of a fact raises the engagement's version, so a version that differs from the snapshot's shows that this
    happened; the facts are then read again, now without waiting.
    """
    read = _one(session, _LOCK, engagement_id, key)
    if read["version"] != read["snapshot_version"]:
        read = _one(session, _LOCK, engagement_id, key)
    note_locked(session, (engagement_id,))
    return _case(read)


def read_case(session: Session, engagement_id: int) -> Case:
    """The case as it is now, without a lock: for pages. Raises NotFound."""
    return _case(_one(session, _READ, engagement_id, None))


def lock_cases(session: Session, ids: Collection[int]) -> dict[int, Case]:
    """The cases with these ids, their rows locked until the transaction ends; in order, so that two never wait for each
    other. They are read once the locks are there, in one query."""
    session.connection().execute(_LOCK_SOME, {"ids": list(ids)})
    return read_locked(session, ids)


def read_locked(session: Session, ids: Collection[int]) -> dict[int, Case]:
    """The cases with these ids, which the transaction has locked already, in one query."""
    asked = {"key": None, "ids": list(ids)}
    note_locked(session, ids)
    return {read["id"]: _case(read) for read in session.connection().execute(_SOME, asked).scalars()}


def _one(session: Session, statement: Select[Any], engagement_id: int, key: str | None) -> dict[str, Any]:
    session.flush()
    # The connection itself: what the session does around a query costs as much as the query.
    asked = {"engagement_id": engagement_id, "key": key}
    read: dict[str, Any] | None = session.connection().execute(statement, asked).scalar_one_or_none()
    if read is None:
        raise NotFound("There is no such engagement. Check the reference.")
    return read


def _case(read: dict[str, Any]) -> Case:
    over = _over(read["rounds"])
    return Case(
        id=read["id"],
        reference=read["reference"],
        offer=(read["offer_code"], read["offer_version"]),
        stage=read["stage"],
        standing=read["standing"],
        version=read["version"],
        head=read["head"],
        seal=read["seal"],
        stage_since=_moment(read["stage_since"]),
        advisor_id=read["advisor_id"],
        facts=_facts(read, over),
        promises=tuple(_promise(one) for one in _by_id(read["promised"]) if one["opened_seq"] >= over.since),
        stopped=tuple(_stopped(one) for one in _by_id(read["stopped"])),
        lead_advisors=tuple(one["id"] for one in _by_id(read["leads"])),
        urn=read["urn"],
        dates_version=read["dates_version"],
        addresses={
            "school_lead": read["lead_email"],
            "head": read["head_email"],
            **{one["kind"]: one["email"] for one in read["contacts"]},
            **{person["id"]: person["email"] for person in read["people"]},
        },
        names={person["id"]: person["name"] for person in read["people"]},
        seen=read["seen"],
        round=1 + len(read["rounds"]),
    )


class _Over(NamedTuple):
    """What rounds that are over have set aside, and the event `since` which the present one goes on."""

    meetings: frozenset[int] = frozenset()
    approvals: frozenset[int] = frozenset()
    evidence: Mapping[int, int] = MappingProxyType({})
    since: int = 0


_NOTHING_OVER = _Over()


def _over(rows: list[dict[str, Any]]) -> _Over:
    if not rows:
        return _NOTHING_OVER
    told = [_document(one["set_aside"]) for one in _by_id(rows)]
    return _Over(
        frozenset(number for one in told for number in one["meetings"]),
        frozenset(seq for one in told for seq in one["approvals"]),
        sum((Counter(dict(one["evidence"])) for one in told), Counter[int]()),
        max(one["seq"] for one in rows),
    )


def _document(kept: Any) -> dict[str, Any]:
    """SQLite gives a document within a document as its text."""
    read: dict[str, Any] = json.loads(kept) if isinstance(kept, str) else kept
    return read


def _facts(read: dict[str, Any], over: _Over) -> Facts:
    return Facts(
        order_number=read["order_number"],
        price_paid=None if read["price_paid"] is None else Decimal(read["price_paid"]),
        school_open=bool(read["school_open"]),
        lead_named=bool(read["lead_name"] and read["lead_email"]),
        participants=tuple(_person(one, over.evidence.get(one["id"], 0)) for one in _by_id(read["people"])),
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
                one["sequence"],
                one["id"] in over.meetings,
            )
            for one in _by_id(read["meetings"])
        ),
        judgements=tuple(
            JudgementFact(one["appointment"], one["kind"], one["outcome"], one["assessor"], one["seq"])
            for one in _by_id(read["judged"])
        ),
        approvals=tuple(
            ApprovalFact(one["subject"], one["user"], one["seq"], one["seq"] in over.approvals)
            for one in _by_id(read["approvals"])
        ),
        places=read["places"],
        advisor_id=read["advisor_id"],
    )


def _person(row: dict[str, Any], before: int) -> ParticipantFact:
    """`before` is how many versions of evidence they had sent in when they began again."""
    versions = [one for one in _by_id(row["versions"]) if one["id"] > before] if before else _by_id(row["versions"])
    unmet = [version["unmet"] for version in versions if version["unmet"] is not None]
    return ParticipantFact(
        id=row["id"],
        status=row["status"],
        phase=row["phase"],
        name_confirmed=bool(row["confirmed"]),
        phase_agreed=bool(row["agreed"]),
        sent=len(versions),
        returned=sum(bool(count) for count in unmet),
        unmet=unmet[-1] if unmet else None,
    )


def _promise(row: dict[str, Any]) -> PromiseFact:
    closed = row["closed_at"]
    return PromiseFact(
        row["id"],
        row["stage"],
        row["name"],
        row["owner"],
        row["what"],
        row["anchor"],
        row["status"],
        _moment(row["since"]),
        _moment(row["due_at"]),
        _moment(row["counted_from"]),
        row["count"],
        row["unit"],
        None if closed is None else _moment(closed),
    )


def _stopped(row: dict[str, Any]) -> StoppedTimer:
    stopped_at = row["suspended_at"]
    return StoppedTimer(
        row["name"],
        row["stage"],
        row["about"],
        _moment(row["armed_at"]),
        _moment(row["due_at"]),
        row["unit"],
        None if stopped_at is None else _moment(stopped_at),
    )


def _moment(text: str) -> datetime:
    """PostgreSQL writes a time with its zone into JSON, SQLite without: it is UTC there."""
    read = datetime.fromisoformat(text)
    return read.replace(tzinfo=UTC) if read.tzinfo is None else read


def _by_id(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(rows, key=lambda one: int(one["id"])) if len(rows) > 1 else rows
