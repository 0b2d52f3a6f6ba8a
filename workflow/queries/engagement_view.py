"""One engagement whole, as the advisor's page and `recognition engagement show` tell it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.domain.actor import Actor
from workflow.domain.facts import Facts
from workflow.engine import Available, available
from workflow.engine.catalogue import offers_of
from workflow.errors import NotFound, OutOfUse
from workflow.forecasting.forecast import Foretold, forecast
from workflow.forecasting.nearest_route import NearestRoute, way_ahead
from workflow.forecasting.upcoming_timers import UpcomingTimer, flight_plan
from workflow.offer.definition import Offer
from workflow.queries.history import HistoryLine, history_of
from workflow.queries.open_promise import OpenPromise, anew, owing
from workflow.store.cases import read_case
from workflow.store.history.renewals import Renewals, renewals_among
from workflow.store.tables.appointment import Appointment, OfferedDate
from workflow.store.tables.certificate import Certificate
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.health.setback import Setback
from workflow.store.tables.owed_effect import OwedEffect
from workflow.store.tables.participant import Participant
from workflow.store.tables.school import School, SchoolLink
from workflow.store.tables.sent_email import SentEmail
from workflow.store.tables.timer import ArmedTimer
from workflow.store.tables.user import User
from workflow.store.tables.visit import Action
from workflow.usecases.contacts import contacts
from workflow.usecases.contacts.contacts import Held


@dataclass(frozen=True)
class CaseView:
    """Everything about one engagement, in the order a page tells it. `successors` are of a closed school. `offered` are
    the dates to choose from, `coming` what time will do if nothing changes, `forecast` when the certificates will come,
    and `way` what has to be done before. `contacts` are
    those who spoke for the school at any time."""

    offer: Offer
    engagement: Engagement
    school: School
    successors: tuple[School, ...]
    advisor: User | None
    facts: Facts
    promise: OpenPromise | None
    triggers: tuple[Available, ...]
    participants: tuple[Participant, ...]
    appointments: tuple[Appointment, ...]
    offered: tuple[OfferedDate, ...]
    actions: tuple[Action, ...]
    history: tuple[HistoryLine, ...]
    messages: tuple[SentEmail, ...]
    owed: tuple[OwedEffect, ...]
    certificates: tuple[Certificate, ...]
    renewals: Mapping[str, Renewals]
    timers: tuple[ArmedTimer, ...]
    coming: tuple[UpcomingTimer, ...]
    forecast: Foretold | None
    way: NearestRoute
    setback: Setback | None
    contacts: tuple[Held, ...]
    round: int

    @property
    def stage_title(self) -> str:
        return self.offer.stage[self.engagement.stage].title


def view_case(session: Session, engagement_id: int, actor: Actor, now: datetime) -> CaseView:
    """Raises NotFound, or OutOfUse where its offer cannot be used or has no such stage."""
    engagement = session.get(Engagement, engagement_id)
    if engagement is None:
        raise NotFound("There is no such engagement. Check the reference.")
    offer = offer_in_use(session, engagement)
    case = read_case(session, engagement_id)

    def rows(record: Any, order: Any) -> tuple[Any, ...]:
        return tuple(session.scalars(select(record).where(record.engagement_id == engagement_id).order_by(order)))

    running = tuple(one for one in rows(ArmedTimer, ArmedTimer.due_at) if one.status in ("armed", "suspended"))
    people, actions = rows(Participant, Participant.id), rows(Action, Action.id)
    way, zone = way_ahead(session, case, offer, now), offer.calendar.zone
    return CaseView(
        offer=offer,
        engagement=engagement,
        school=(school := session.get_one(School, engagement.school_urn)),
        successors=() if school.is_open else tuple(successors(session, school)),
        advisor=session.get(User, engagement.advisor_id) if engagement.advisor_id else None,
        facts=case.facts,
        promise=owing(case.promise, zone, now=now, anew=anew(case.promise, case.promises, zone)),
        triggers=tuple(available(session, engagement_id, actor)),
        participants=people,
        appointments=rows(Appointment, Appointment.starts_at),
        offered=tuple(_offered(session, engagement_id)),
        actions=actions,
        history=history_of(session, offer, engagement_id, people, actions),
        messages=rows(SentEmail, SentEmail.sent_at),
        owed=tuple(one for one in rows(OwedEffect, OwedEffect.id) if one.status not in ("done", "dropped")),
        certificates=(certificates := rows(Certificate, Certificate.id)),
        renewals=renewals_among(session, certificates),
        timers=running,
        coming=tuple(flight_plan(session, case, offer, now)),
        forecast=forecast(session, case, offer, now, earliest=way.arrives),
        way=way,
        setback=session.scalar(select(Setback).where(Setback.engagement_id == engagement_id)),
        contacts=contacts.held(session, engagement),
        round=case.round,
    )


def offer_in_use(session: Session, engagement: Engagement) -> Offer:
    """The offer of an engagement. Raises OutOfUse where it cannot be used, or has no such stage."""
    offer = offers_of(session).machine(engagement.offer_code, engagement.offer_version).offer
    if engagement.stage not in offer.stage:
        raise OutOfUse(
            f"{engagement.reference} stands at “{engagement.stage}”, and its offer has no such stage. Compare its "
            "history with a backup: “recognition audit verify” says what is wrong."
        )
    return offer


def successors(session: Session, school: School) -> Sequence[School]:
    """The open schools that take its place, as far as the register says so."""
    link = (SchoolLink.link_urn == School.urn) & (SchoolLink.urn == school.urn)
    return session.scalars(select(School).join(SchoolLink, link).where(School.is_open).order_by(School.urn)).all()


def _offered(session: Session, engagement_id: int) -> Sequence[OfferedDate]:
    waiting = (Appointment.engagement_id == engagement_id) & (Appointment.status == "offered")
    dates = select(OfferedDate).join(Appointment, Appointment.id == OfferedDate.appointment_id).where(waiting)
    return session.scalars(dates.order_by(OfferedDate.starts_at)).all()
