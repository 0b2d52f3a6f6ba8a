"""The nearest way from where an engagement stands to its certificates, for it and for each of its people. Reads only.

It promises nothing: it hopes that all goes well the first time, and its days are the earliest. `promises` say who owes
what by when, and `forecast` when certificates usually come.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.calendar.working_days import Calendar
from workflow.domain.facts import Facts
from workflow.domain.lifecycles import SIDE_STATUSES
from workflow.engine.calendars import calendar_of
from workflow.english import day_in_words, listed
from workflow.forecasting.route.planner import Route, plan_route
from workflow.forecasting.route.telling import RouteLine, tell, tell_to
from workflow.offer.definition import Offer
from workflow.store.cases import Case
from workflow.store.lookups import goes_on_elsewhere
from workflow.store.tables.appointment import OfferedDate
from workflow.store.tables.participant import Participant

_TOMORROW = timedelta(days=1)
_STOPPED = {"deferred": "your part is put off", "withdrawn": "you no longer take part"}


@dataclass(frozen=True, slots=True)
class NearestRoute:
    """`goal` is what it leads to. `arrives` is the earliest local day for that; None where nothing is left to do, or
    where the way is `blocked`, which says in sentences why and who can help."""

    lines: tuple[RouteLine, ...] = ()
    goal: str = ""
    arrives: date | None = None
    blocked: str = ""

    @property
    def sentence(self) -> str:
        """Where the way comes to. Empty where nothing is left to do."""
        if self.arrives is None:
            return self.blocked
        day = day_in_words(self.arrives)
        return f"{self.goal.capitalize()} can come on {day} at the earliest, if all goes well the first time."


def way_ahead(session: Session, case: Case, offer: Offer, now: datetime) -> NearestRoute:
    """Whoever is asked, by name. Where the journey rests or has ended early, what takes it up again comes first."""
    if _has_arrived(offer, case.stage):
        return NearestRoute()
    route = _route(session, case, offer, now)
    return _way(offer, route, tell(offer, route.legs, case.names))


def way_ahead_of(session: Session, case: Case, offer: Offer, person: Participant, now: datetime) -> NearestRoute:
    """The same as one participant may read it: nobody else is named."""
    if _has_arrived(offer, case.stage):
        return NearestRoute()
    if person.status in SIDE_STATUSES:
        return NearestRoute(goal=_goal(offer), blocked=_stopped(session, offer, person))
    route = _route(session, case, offer, now)
    return _way(offer, route, tell_to(offer, route.legs, person.id))


def _way(offer: Offer, route: Route, lines: tuple[RouteLine, ...]) -> NearestRoute:
    if route.blocked:
        return NearestRoute(lines, _goal(offer), blocked=f"As things stand, the way ends here. {route.blocked}")
    return NearestRoute(lines, _goal(offer), route.arrives if lines else None)


def _has_arrived(offer: Offer, stage: str) -> bool:
    return stage in offer.goals or offer.stage[stage].final


def _goal(offer: Offer) -> str:
    return "the certificates" if offer.certificate else "the end of the journey"


def _route(session: Session, case: Case, offer: Offer, now: datetime) -> Route:
    calendar = calendar_of(session, offer, case)
    facts = _still_offered(session, case, calendar, now)
    return plan_route(offer, calendar, facts, stage=case.stage, standing=case.standing, now=now)


def _still_offered(session: Session, case: Case, calendar: Calendar, now: datetime) -> Facts:
    """The facts know the first date on offer. Once that has passed, the first that is left takes its place."""
    tomorrow = calendar.local_day(now) + _TOMORROW
    late = {
        one.id
        for one in case.facts.appointments
        if one.status == "offered" and calendar.local_day(one.starts_at) < tomorrow
    }
    if not late:
        return case.facts
    dates = session.scalars(
        select(OfferedDate).where(OfferedDate.appointment_id.in_(late)).order_by(OfferedDate.starts_at.desc())
    )
    left = {one.appointment_id: one.starts_at for one in dates if calendar.local_day(one.starts_at) >= tomorrow}
    meetings = (replace(one, starts_at=left.get(one.id, one.starts_at)) for one in case.facts.appointments)
    return replace(case.facts, appointments=tuple(meetings))


def _stopped(session: Session, offer: Offer, person: Participant) -> str:
    """Why somebody's own way goes no further, and who can let them rejoin."""
    if goes_on_elsewhere(session, person):
        return "Your own way goes on in another engagement."
    rejoin = offer.status_transition.get(("participant", "rejoin"))
    if rejoin is None or person.status not in rejoin.from_:
        who = "Nobody can let you rejoin in this journey."
    else:
        who = f"The {listed(rejoin.people, 'or')} can let you rejoin."
    return f"Your own way has stopped here, as {_STOPPED[person.status]}. {who}"
