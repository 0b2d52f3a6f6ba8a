"""What is read of an engagement, in one query: its row, and beside it as JSON everything that guards look at."""

from sqlalchemy import String, bindparam, cast, func, or_, select

from workflow.store.dialect import json_rows, object_of
from workflow.store.record import holds, table_of
from workflow.store.tables.access.offer_role import role_in
from workflow.store.tables.appointment import ATTENDED, Appointment, Attendance
from workflow.store.tables.contacts.contact import Contact
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.event import Event
from workflow.store.tables.participant import Participant
from workflow.store.tables.promise import PromiseRow
from workflow.store.tables.rounds.round import Round
from workflow.store.tables.school import School
from workflow.store.tables.submission import Review, Submission
from workflow.store.tables.timer import ArmedTimer
from workflow.store.tables.user import User
from workflow.store.tables.visit import Action, Approval, Judgement

#: Under a short name: drivers keep the shorter statements ready.
ENGAGEMENT = table_of(Engagement).alias("e")
_e = ENGAGEMENT.c
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
                name=Participant.name,
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
_contacts = (
    select(json_rows(object_of(kind=Contact.kind, email=Contact.email)))
    .where(Contact.engagement_id == _e.id, Contact.until.is_(None))
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
                sequence=Appointment.sequence,
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
                name=PromiseRow.name,
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
                opened_seq=PromiseRow.opened_seq,
            )
        )
    )
    .where(
        PromiseRow.engagement_id == _e.id,
        ~holds(PromiseRow.status, "dropped"),
        or_(PromiseRow.stage == _e.stage, holds(PromiseRow.status, "open")),
    )
    .scalar_subquery()
)
_rounds = (
    select(json_rows(object_of(id=Round.id, seq=Round.seq, set_aside=Round.set_aside)))
    .where(Round.engagement_id == _e.id, Round.taken_back.is_(False))
    .scalar_subquery()
)
_stopped = (
    select(
        json_rows(
            object_of(
                id=ArmedTimer.id,
                name=ArmedTimer.name,
                stage=ArmedTimer.stage,
                about=ArmedTimer.about,
                armed_at=ArmedTimer.armed_at,
                due_at=ArmedTimer.due_at,
                unit=ArmedTimer.unit,
                suspended_at=ArmedTimer.suspended_at,
            )
        )
    )
    .where(ArmedTimer.engagement_id == _e.id, holds(ArmedTimer.status, "suspended"))
    .scalar_subquery()
)
_leads = (
    select(json_rows(object_of(id=User.id)))
    .where(role_in(_e.offer_code) == "lead_advisor", User.disabled_at.is_(None))
    .scalar_subquery()
)
_other = table_of(Engagement).alias("other")

#: Everything as one object: each column more would have to be described and converted by itself.
CASE = object_of(
    id=_e.id,
    reference=_e.reference,
    offer_code=_e.offer_code,
    offer_version=_e.offer_version,
    stage=_e.stage,
    standing=_e.standing,
    version=_e.version,
    head=_e.head,
    seal=_e.seal,
    stage_since=_e.stage_since,
    advisor_id=_e.advisor_id,
    order_number=_e.order_number,
    price_paid=cast(_e.price_paid, String()),
    places=_e.places,
    lead_name=_e.lead_name,
    lead_email=_e.lead_email,
    head_email=_e.head_email,
    urn=_e.school_urn,
    school_open=select(School.is_open).where(School.urn == _e.school_urn).scalar_subquery(),
    dates_version=select(School.dates_version).where(School.urn == _e.school_urn).scalar_subquery(),
    people=_people,
    contacts=_contacts,
    meetings=_meetings,
    judged=_judged,
    approvals=_approvals,
    promised=_promised,
    rounds=_rounds,
    stopped=_stopped,
    leads=_leads,
    snapshot_version=select(_other.c.version).where(_other.c.id == _e.id).scalar_subquery(),
    seen=select(Event.seq).where(Event.engagement_id == _e.id, Event.key == bindparam("key")).scalar_subquery(),
)
