"""One act about to be done in a rehearsal: where, by whom, when, and everything that may decide how it goes."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.acts.act import Done, Occasion, perform
from workflow.acts.registry import ACTS
from workflow.calendar.working_days import Calendar
from workflow.domain.actor import Actor
from workflow.forecasting.route.act import RouteAct
from workflow.offer.definition import Offer
from workflow.simulation.random_draws import Chance
from workflow.simulation.scenario import Scenario
from workflow.store.cases import Case
from workflow.store.tables.participant import Participant

#: How long a meeting is past before anybody writes it down.
SETTLING = timedelta(minutes=10)


def words_of(case: Case, act: RouteAct) -> tuple[object, ...]:
    """What a draw about an act is called by. People are called by their places: their rows would have other numbers at
    another caseload, or if somebody else ordered too."""
    places = tuple(place for place, one in enumerate(case.facts.participants) if one.id in act.people)
    return case.reference, act.doing, act.subject, places


@dataclass(frozen=True, slots=True)
class ActContext:
    """`turn` counts how often this act was done before at this engagement; it keeps draws apart."""

    session: Session
    case: Case
    offer: Offer
    calendar: Calendar
    scenario: Scenario
    chance: Chance
    act: RouteAct
    actor: Actor
    now: datetime
    turn: int

    @property
    def id(self) -> int:
        return self.case.id

    def do(self, act: str, **values: object) -> Done:
        """Does the act of this name. Raises whatever the use case raises."""
        return perform(ACTS[act], Occasion(self.session, self.id, self.offer, self.actor, self.now), **values)

    def about(self, *more: object) -> tuple[object, ...]:
        """What a draw is about: this act of this engagement, this time."""
        return (*words_of(self.case, self.act), self.turn, *more)

    def emails(self) -> list[str]:
        """The addresses of the people whom the act is about."""
        there = select(Participant.email).where(Participant.id.in_(self.act.people)).order_by(Participant.id)
        return list(self.session.scalars(there))

    def newest(self, number: int) -> list[str]:
        """The addresses of those who were named last."""
        own = select(Participant.email).where(Participant.engagement_id == self.id).order_by(Participant.id.desc())
        return list(self.session.scalars(own.limit(number))) if number else []
