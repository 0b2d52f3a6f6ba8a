"""The meetings of one engagement: their dates, the dates on offer, what was judged, and what is to be done after it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.domain.facts import Facts
from workflow.offer.definition import AppointmentKind, Offer
from workflow.offer.installed.worked_out import once
from workflow.queries.places.people import participants_of
from workflow.store.cases import read_case
from workflow.store.tables.appointment import Appointment, OfferedDate
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.participant import Participant
from workflow.store.tables.user import User
from workflow.store.tables.visit import Action, Judgement


@dataclass(frozen=True, slots=True)
class Meetings:
    """Everything that forms about meetings follow from. `offered` are the dates that the school can choose from."""

    offer: Offer
    engagement: Engagement
    facts: Facts
    participants: tuple[Participant, ...]
    appointments: tuple[Appointment, ...]
    offered: tuple[OfferedDate, ...]


@dataclass(frozen=True, slots=True)
class JudgedVisit:
    """What was said about one visit, by whom: empty where nobody of the council is known for it."""

    appointment_id: int
    outcome: str
    at: datetime
    by: str


def read_meetings(session: Session, offer: Offer, engagement: Engagement) -> Meetings:
    case = read_case(session, engagement.id)
    people, dates = participants_of(session, engagement.id), appointments_of(session, engagement.id)
    waiting = [one.id for one in dates if one.status == "offered"]
    offered = tuple(_offered(session, waiting)) if waiting else ()
    return Meetings(offer, engagement, case.facts, people, dates, offered)


def appointments_of(session: Session, engagement_id: int) -> tuple[Appointment, ...]:
    mine = Appointment.engagement_id == engagement_id
    return tuple(session.scalars(select(Appointment).where(mine).order_by(Appointment.starts_at)))


@once
def judged_kinds(offer: Offer) -> tuple[AppointmentKind, ...]:
    """The kinds of meeting that end in a judgement: visits."""
    judged = {one.records.of for one in offer.transitions if one.records.judgement}
    return tuple(kind for kind in offer.appointments if kind.name in judged)


def actions_of(session: Session, engagement_id: int) -> tuple[Action, ...]:
    """What has to be done besides the journey itself, as it was written down."""
    return tuple(session.scalars(select(Action).where(Action.engagement_id == engagement_id).order_by(Action.id)))


def judgements_of(session: Session, engagement_id: int) -> tuple[JudgedVisit, ...]:
    """Oldest first, without those that were taken back."""
    rows = session.execute(
        select(Judgement.appointment_id, Judgement.outcome, Judgement.at, User.name)
        .outerjoin(User, User.id == Judgement.assessor_id)
        .where(Judgement.engagement_id == engagement_id, Judgement.taken_back.is_(False))
        .order_by(Judgement.id)
    )
    return tuple(JudgedVisit(which, outcome, at, name or "") for which, outcome, at, name in rows)


def _offered(session: Session, which: Sequence[int]) -> Sequence[OfferedDate]:
    dates = select(OfferedDate).where(OfferedDate.appointment_id.in_(which)).order_by(OfferedDate.starts_at)
    return session.scalars(dates).all()
