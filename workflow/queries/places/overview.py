"""What an overview of one engagement says: who owes what, what is next, what time will do, and what was done last."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from workflow.domain.actor import Actor
from workflow.domain.facts import AppointmentFact, Facts, ParticipantFact
from workflow.engine import Available, available_to
from workflow.forecasting.forecast import Foretold, forecast
from workflow.forecasting.nearest_route import NearestRoute, way_ahead
from workflow.forecasting.upcoming_timers import UpcomingTimer, flight_plan
from workflow.offer.definition import Offer
from workflow.queries.engagement_view import successors
from workflow.queries.open_promise import OpenPromise, anew, owing
from workflow.queries.places.frame import CaseFrame
from workflow.queries.places.others import OtherEngagement, other_engagements
from workflow.store.cases import read_case
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.school import School
from workflow.usecases.undo.last_step import NewestStep, newest_step


@dataclass(frozen=True, slots=True)
class Overview:
    """`successors` are of a closed school; `coming` is what time will do if nothing changes, `way` what has to be done
    before the certificates and `forecast` when they will come; `last` is what can be taken back. `round` counts how
    often the journey has gone its way, this time included; `others` are the school's other engagements."""

    offer: Offer
    engagement: Engagement
    facts: Facts
    participants: tuple[ParticipantFact, ...]
    appointments: tuple[AppointmentFact, ...]
    successors: tuple[School, ...]
    promise: OpenPromise | None
    triggers: tuple[Available, ...]
    coming: tuple[UpcomingTimer, ...]
    forecast: Foretold | None
    way: NearestRoute
    last: NewestStep | None
    round: int
    others: Sequence[OtherEngagement]


def read_overview(session: Session, frame: CaseFrame, actor: Actor, now: datetime) -> Overview:
    """The same few queries whatever was written to the school and however long the history is."""
    offer, case = frame.offer, read_case(session, frame.engagement.id)
    way, zone = way_ahead(session, case, offer, now), offer.calendar.zone
    return Overview(
        offer=offer,
        engagement=frame.engagement,
        facts=case.facts,
        participants=case.facts.participants,
        appointments=case.facts.appointments,
        successors=() if frame.school.is_open else tuple(successors(session, frame.school)),
        promise=owing(case.promise, zone, now=now, anew=anew(case.promise, case.promises, zone)),
        triggers=tuple(available_to(session, case, actor)),
        coming=tuple(flight_plan(session, case, offer, now)),
        forecast=forecast(session, case, offer, now, earliest=way.arrives),
        way=way,
        last=newest_step(session, case),
        round=case.round,
        others=other_engagements(session, frame.engagement),
    )
