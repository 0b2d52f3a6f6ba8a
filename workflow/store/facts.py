"""The row of an engagement and everything guards look at, locked and read in one query."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Row, Select, bindparam, func, select
from sqlalchemy.orm import Session

from workflow.errors import NotFound
from workflow.facts import AppointmentFact, ApprovalFact, Facts, JudgementFact, ParticipantFact
from workflow.store.action import Action
from workflow.store.appointment import ATTENDED, Appointment, Attendance
from workflow.store.dialect import json_rows, object_of
from workflow.store.engagement import Engagement
from workflow.store.event import Event
from workflow.store.judgement import Approval, Judgement
from workflow.store.participant import Participant
from workflow.store.school import School
from workflow.store.submission import Review, Submission


@dataclass(slots=True)
class Case:
    """One engagement as the engine holds it during a transaction. `seen` is the event a repeated key stands for."""

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
    seen: int | None = None

    def asked_by(self, user_id: int | None, about: int | None = None) -> Facts:
        """The facts as a guard sees them when this person asks, about the engagement or one of its small journeys."""
        return replace(self.facts, actor_id=user_id, about=about)


_e = Engagement.__table__.c
_unmet = (
    select(Review.unmet)
    .where(Review.submission_id == Submission.id, Review.taken_back.is_(False))
    .correlate(Submission.__table__)
    .scalar_subquery()
)
_versions = (
    select(
        json_rows(
            object_of(
                id=Submission.version,
                unmet=_unmet,
            )
        )
    )
    .where(Submission.participant_id == Participant.id)
    .correlate(Participant.__table__)
    .scalar_subquery()
)
_people = (
    select(
        json_rows(
            object_of(
                id=Participant.id,
                status=Participant.status,
                phase=Participant.phase,
                confirmed=Participant.name_confirmed,
                agreed=Participant.phase_agreed,
                versions=_versions,
            )
        )
    )
    .where(Participant.engagement_id == _e.id)
    .scalar_subquery()
)
_attended = (
    select(json_rows(object_of(id=Attendance.participant_id)))
    .where(Attendance.appointment_id == Appointment.id, Attendance.mark.in_(ATTENDED))
    .correlate(Appointment.__table__)
    .scalar_subquery()
)
_planned = (
    select(func.count(Action.id))
    .where(Action.appointment_id == Appointment.id)
    .correlate(Appointment.__table__)
    .scalar_subquery()
)
_meetings = (
    select(
        json_rows(
            object_of(
                id=Appointment.id,
                kind=Appointment.kind,
                status=Appointment.status,
                outputs=func.length(Appointment.outputs),
                attended=_attended,
                starts_at=Appointment.starts_at,
                planned=_planned,
            )
        )
    )
    .where(Appointment.engagement_id == _e.id)
    .scalar_subquery()
)
_judged = (
    select(
        json_rows(
            object_of(
                id=Judgement.id,
                appointment=Judgement.appointment_id,
                kind=Appointment.kind,
                outcome=Judgement.outcome,
                assessor=Judgement.assessor_id,
                seq=Judgement.seq,
            )
        )
    )
    .where(
        Judgement.engagement_id == _e.id,
        Appointment.id == Judgement.appointment_id,
        Judgement.taken_back.is_(False),
    )
    .scalar_subquery()
)
_approvals = (
    select(json_rows(object_of(id=Approval.id, subject=Approval.subject, user=Approval.user_id, seq=Approval.seq)))
    .where(Approval.engagement_id == _e.id, Approval.taken_back.is_(False))
    .scalar_subquery()
)
_other = Engagement.__table__.alias("as_of_snapshot")

_COLUMNS = (
    *Engagement.__table__.columns,
    select(School.is_open).where(School.urn == _e.school_urn).scalar_subquery().label("school_open"),
    _people.label("people"),
    _meetings.label("meetings"),
    _judged.label("judged"),
    _approvals.label("approvals"),
    select(_other.c.version).where(_other.c.id == _e.id).scalar_subquery().label("snapshot_version"),
    select(Event.seq)
    .where(Event.engagement_id == _e.id, Event.key == bindparam("key"))
    .scalar_subquery()
    .label("seen"),
)
_READ: Select[Any] = select(*_COLUMNS).where(_e.id == bindparam("engagement_id"))
_ALL: Select[Any] = select(*_COLUMNS)
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
    return {row.id: _case(row) for row in session.execute(_ALL, {"key": None})}


def _one(session: Session, statement: Select[Any], engagement_id: int, key: str | None) -> Row[Any]:
    row = session.execute(statement, {"engagement_id": engagement_id, "key": key}).one_or_none()
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


def _moment(text: str) -> datetime:
    """PostgreSQL writes a time with its zone into JSON, SQLite without: it is UTC there."""
    read = datetime.fromisoformat(text)
    return read.replace(tzinfo=UTC) if read.tzinfo is None else read


def _by_id(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(rows, key=lambda one: int(one["id"]))
