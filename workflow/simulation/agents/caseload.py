"""One caseload: the engagements of one advisor, brought through the time of a rehearsal.

It goes from one moment at which something happens to the next: a timer falls due, an order comes in, somebody acts.
What time does is done by whoever is handed in as `time`, so that the same people can be set to act on a real record.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.engine import left_by
from workflow.engine.calendars import calendar_of
from workflow.engine.catalogue import offers_of
from workflow.errors import WorkflowError
from workflow.forecasting.route.planner import plan_route
from workflow.offer.definition import Offer
from workflow.simulation import new_orders
from workflow.simulation.agents.act_context import ActContext
from workflow.simulation.agents.agenda import Agenda, Intent
from workflow.simulation.agents.assignment import actor_for
from workflow.simulation.agents.perform import perform
from workflow.simulation.random_draws import Chance
from workflow.simulation.scenario import NewOrder, Scenario
from workflow.store.cases import Case, read_case
from workflow.store.session import Store
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.event import Event
from workflow.store.tables.user import User


class PassesTime(Protocol):
    """Whoever does what time does."""

    def asks(self, session: Session) -> datetime | None:
        """When it wants to be let pass next; a moment that has passed means at once."""

    def passes(self, store: Store, now: datetime) -> None:
        """Does everything that is due."""


#: Begins the engagement of an order, for the offer of a code where one is named. Returns its number.
Accepts = Callable[[Session, NewOrder, str | None], int]
_DAY = timedelta(days=1)


def _goes_round_by_itself(offer: Offer) -> bool:
    fired = (one for timer in offer.timers for one in offer.triggers.get(timer.trigger or "", ()))
    return any(one.to and offer.leads_back(stage, one.to) for one in fired for stage in one.from_)


class Caseload:
    """`acts` counts what each person at the council did each day; `refused` holds what could not be done, and why."""

    def __init__(
        self,
        store: Store,
        scenario: Scenario,
        time: PassesTime,
        new: Iterable[NewOrder] = (),
        accept: Accepts = new_orders.accept,
    ) -> None:
        self._store, self._plan, self._time, self._accept = store, scenario, time, accept
        self._chance = Chance(scenario.seed)
        self._agenda = Agenda(scenario, self._chance)
        self._orders = sorted(new, key=lambda one: (one.at, one.number), reverse=True)
        self._cases: dict[int, Case] = {}
        self._timer: datetime | None = None
        self._passed = scenario.start
        self.acts: Counter[tuple[int, date]] = Counter()
        self.refused: list[str] = []
        with store.reading() as session:
            self._users = list(session.scalars(select(User).order_by(User.id)))
            self._goes_round = any(_goes_round_by_itself(offer) for offer in offers_of(session))
        self.names = {user.id: user.name for user in self._users}

    def open(self) -> None:
        """Everybody sees where things stand, and makes up their mind."""
        self._let_pass(self._plan.start)
        if self._plan.people:
            with self._store.reading() as session:
                for number in session.scalars(select(Engagement.id).order_by(Engagement.id)).all():
                    self._look(session, number, self._plan.start)

    def work(self, until: datetime) -> None:
        """Everything that happens before `until`, in the order of time, whatever else has happened there meanwhile."""
        now = self._plan.start
        with self._store.reading() as session:
            self._timer = self._time.asks(session)
        while (moment := self._next()) is not None and moment < until:
            now = max(moment, now)
            if self._orders and self._orders[-1].at == moment:
                self._begin(self._orders.pop())
            elif self._agenda.next is not None and self._agenda.next.at == moment:
                self._act(self._agenda.take())
            else:
                self._let_pass(now)

    def _next(self) -> datetime | None:
        """The next moment at which something happens. What time does comes after what people do at the same moment."""
        moments = [self._timer] if self._timer else []
        moments += [self._orders[-1].at] if self._orders else []
        moments += [self._agenda.next.at] if self._agenda.next else []
        return min(moments, default=None)

    def _let_pass(self, now: datetime) -> None:
        """What time led back to an earlier stage is looked at again: until then nobody had anything to do there."""
        self._time.passes(self._store, now)
        with self._store.reading() as session:
            self._timer = self._time.asks(session)
            if self._goes_round:
                begun = select(Event.engagement_id).where(Event.name == "round_began", Event.at >= self._passed)
                for number in set(session.scalars(begun)) & self._cases.keys():
                    self._look(session, number, now)
        self._passed = now

    def _begin(self, order: NewOrder) -> None:
        with self._store.writing() as session:
            number = self._accept(session, order, self._plan.code)
            self._look(session, number, order.at)

    def _act(self, intent: Intent) -> None:
        """What cannot be done any more is noted; everybody looks again and goes on from there."""
        try:
            with self._store.writing() as session:
                if self._play(session, intent):
                    self._look(session, intent.engagement_id, intent.at)
        except WorkflowError as refused:
            self.refused.append(f"{intent.words}: {refused}")
            with self._store.reading() as session:
                self._look(session, intent.engagement_id, intent.at)

    def _play(self, session: Session, intent: Intent) -> bool:
        """False where whoever should do it is away or has done enough today; it is put off then.

        People act on what they saw when they looked last. The use case looks again, and refuses where it must.
        """
        case = self._cases[intent.engagement_id]
        offer = offers_of(session).machine(*case.offer).offer
        calendar = calendar_of(session, offer, case)
        actor = actor_for(intent.act, case, offer, self._users)
        if actor is None:
            return False
        day = calendar.local_day(intent.at)
        if actor.user_id is not None:
            if not self._plan.at_work(actor.user_id, day) or self._is_full(actor.user_id, day):
                self._agenda.put_off(intent, day + _DAY, calendar)
                return False
            self.acts[actor.user_id, day] += 1
        perform(
            ActContext(
                session, case, offer, calendar, self._plan, self._chance, intent.act, actor, intent.at, intent.turn
            )
        )
        return True

    def _is_full(self, user_id: int, day: date) -> bool:
        return self.acts[user_id, day] >= self._plan.habits.council.acts_a_day

    def _look(self, session: Session, engagement_id: int, now: datetime) -> None:
        """What can be done at an engagement now, by whom: the beginning of its nearest route."""
        self._timer = self._time.asks(session)
        if not self._plan.people:
            return
        case = self._cases[engagement_id] = left_by(session, engagement_id) or read_case(session, engagement_id)
        if case.standing != "active":
            return
        offer = offers_of(session).machine(*case.offer).offer
        calendar = calendar_of(session, offer, case)
        route = plan_route(offer, calendar, case.facts, stage=case.stage, standing=case.standing, now=now, stages=1)
        self._agenda.mean(case, offer, calendar, acts=tuple(leg.act for leg in route.now), now=now)
