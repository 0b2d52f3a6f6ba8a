"""What is read of an engagement, in one query: its row, and beside it as JSON everything that guards look at."""

from sqlalchemy import bindparam, func, or_, select

from workflow.store.dialect import json_rows, object_of
from workflow.store.record import holds
from workflow.store.tables.appointment import ATTENDED, Appointment, Attendance
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.event import Event
from workflow.store.tables.participant import Participant
from workflow.store.tables.promise import PromiseRow
from workflow.store.tables.school import School
from workflow.store.tables.submission import Review, Submission
from workflow.store.tables.visit import Action, Approval, Judgement

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
                email=Participant.email,
                versions=_versions,
            )
        )
    )
    .where(Participant.engagement_id == _e.id)
    .scalar_subquery()
)
_attended = (
    select(json_rows(object_of(id=Attendance.participant_id)))
    .where(Attendance.appointment_id == Appointment.id, holds(Attendance.mark, *ATTENDED))
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
                purpose=Appointment.purpose,
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
_promised = (
    select(
        json_rows(
            object_of(
                id=PromiseRow.id,
                stage=PromiseRow.stage,
                owner=PromiseRow.owner,
                what=PromiseRow.what,
                anchor=PromiseRow.anchor,
                status=PromiseRow.status,
                since=PromiseRow.since,
                due_at=PromiseRow.due_at,
                counted_from=PromiseRow.counted_from,
                count=PromiseRow.count,
                unit=PromiseRow.unit,
                closed_at=PromiseRow.closed_at,
            )
        )
    )
    .where(
        PromiseRow.engagement_id == _e.id,
        PromiseRow.status != "dropped",
        or_(PromiseRow.stage == _e.stage, holds(PromiseRow.status, "open")),
    )
    .scalar_subquery()
)
_other = Engagement.__table__.alias("as_of_snapshot")

COLUMNS = (
    *Engagement.__table__.columns,
    select(School.is_open).where(School.urn == _e.school_urn).scalar_subquery().label("school_open"),
    select(School.dates_version).where(School.urn == _e.school_urn).scalar_subquery().label("dates_version"),
    _people.label("people"),
    _meetings.label("meetings"),
    _judged.label("judged"),
    _approvals.label("approvals"),
    _promised.label("promised"),
    select(_other.c.version).where(_other.c.id == _e.id).scalar_subquery().label("snapshot_version"),
    select(Event.seq)
    .where(Event.engagement_id == _e.id, Event.key == bindparam("key"))
    .scalar_subquery()
    .label("seen"),
)
