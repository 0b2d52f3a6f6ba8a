"""A journey through any offer, one act after another: what its nearest route asks for is done by whoever may do it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.journeys import LEAD, PEOPLE, Journey
from web.installation import HABITS
from workflow.domain.effects import Recipient
from workflow.domain.facts import Facts
from workflow.engine.calendars import calendar_of
from workflow.engine.catalogue import offers_of
from workflow.forecasting.route.act import RouteAct
from workflow.forecasting.route.planner import plan_route
from workflow.offer.definition import Offer
from workflow.simulation.agents.act_context import ActContext
from workflow.simulation.agents.assignment import actor_for
from workflow.simulation.agents.perform import perform
from workflow.simulation.clock import VirtualClock
from workflow.simulation.habits import Habits, read_habits
from workflow.simulation.random_draws import Chance
from workflow.simulation.scenario import Scenario
from workflow.store.cases import Case, read_case
from workflow.store.tables.owed_effect import OwedEffect
from workflow.store.tables.promise import PromiseRow
from workflow.store.tables.timer import ArmedTimer
from workflow.store.tables.user import User
from workflow.usecases.participants import Nominee
from workflow.usecases.undo.undo import undo

#: What nobody's route asks for, once there is nothing more to do.
FURTHER = {"library": ("come_again", "come_again", "give_up_the_mark")}
#: What is said at a stage before anything else, as often as it stands here.
BACK = {"gate": {"gate_evening": ("change_more", "change_more")}}
PRICES = {"gate": "45.00", "library": "120.00", "mentoring": "265.00", "pledge": "10.00"}
_MINUTE = timedelta(minutes=1)
_GONE = ("withdrawn", "cancelled", "moved")


def _is_written_down(facts: Facts, kind: str) -> bool:
    return any(one.outputs_recorded for one in facts.held(kind))


def _in_the_morning(after: datetime) -> datetime:
    """Of the next day, so that whatever is done again soon after counts from the same day."""
    return (after + timedelta(days=1)).replace(hour=9, minute=30)


def usual() -> Habits:
    """Nobody misses anything, and everything is good enough at once."""
    habits = read_habits(HABITS)
    council = habits.council.model_copy(update={"returns": 0, "not_yet_met": 0})
    school = habits.school.model_copy(update={"no_show": 0, "falls_silent": 0})
    return habits.model_copy(update={"council": council, "school": school})


@dataclass
class Walk:
    """`passed` are the stages it came to, and `acts` what was done there."""

    journey: Journey
    code: str
    passed: list[str] = field(default_factory=list)
    acts: Counter[str] = field(default_factory=Counter)

    @classmethod
    def begin(cls, journey: Journey, code: str) -> "Walk":
        journey.begin(price=PRICES[code], order=f"W-{code}", offer=code)
        return cls(journey, code, [journey.stage])

    def steps(self) -> Iterator[RouteAct | str]:
        """Each act that comes next, for whoever walks to `do`; then what only a lead advisor says."""
        further = iter(FURTHER.get(self.code, ()))
        back = {stage: iter(said) for stage, said in BACK.get(self.code, {}).items()}
        while True:
            act = next(back.get(self.journey.stage, iter(())), None) or self._next() or next(further, None)
            if act is None:
                return
            self.journey.now = self._moment(act)
            VirtualClock().passes(self.journey.store, self.journey.now)
            yield act
            if self.journey.stage != self.passed[-1]:
                self.passed.append(self.journey.stage)

    def do(self, act: RouteAct | str) -> None:
        if isinstance(act, str):
            note = "The school says so." if self._offer_now().triggers[act][0].note else None
            self.journey.fire(act, LEAD, note=note)
            return
        self.acts[act.doing] += 1
        if act.doing == "nominate":
            self.journey.nominate(tuple(Nominee(one.name, one.email, 1) for one in PEOPLE[: act.count]))
            return
        with self.journey.store.writing() as session:
            case, offer, users = self._there(session)
            actor = actor_for(act, case, offer, users)
            assert actor is not None, act
            plan = Scenario(self.journey.now, self.journey.now, 1, usual(), ())
            calendar = calendar_of(session, offer, case)
            perform(ActContext(session, case, offer, calendar, plan, Chance(1), act, actor, self.journey.now, 1))

    def take_back(self) -> None:
        self.journey.now += _MINUTE
        with self.journey.store.writing() as session:
            undo(session, self.journey.id, reason="It was a slip.", actor=LEAD, now=self.journey.now)

    def picture(self) -> dict[str, Any]:
        """What counts now, whatever rows it lies in."""
        with self.journey.store.reading() as session:
            case = read_case(session, self.journey.id)
            facts = case.facts
            own = {"engagement_id": self.journey.id}
            owed = session.scalars(select(OwedEffect).filter_by(status="owed", **own))
            timers = session.scalars(select(ArmedTimer).filter_by(status="armed", **own))
            promises = session.scalars(select(PromiseRow).filter_by(status="open", **own))
            return {
                "place": (case.stage, case.standing, case.round),
                "people": sorted(
                    (one.id, one.status, one.phase, one.name_confirmed, one.phase_agreed)
                    for one in facts.participants
                    if one.status not in _GONE
                ),
                "meetings": sorted(
                    (one.kind, one.status, one.starts_at) for one in facts.appointments if one.status not in _GONE
                ),
                "attended": {one.kind: came for one in facts.appointments if (came := facts.attended(one.kind))},
                "agreed": {one.kind for one in facts.appointments if _is_written_down(facts, one.kind)},
                "judged": [(one.kind, one.outcome) for one in facts.judgements],
                "approved": sorted(one.subject for one in facts.approvals),
                "owed": Counter((one.kind, one.name, Recipient.parse(one.recipient).audience) for one in owed),
                "timers": Counter((one.name, one.due_at) for one in timers),
                "promises": Counter((one.owner, one.what, one.due_at) for one in promises),
            }

    def _next(self) -> RouteAct | None:
        with self.journey.store.reading() as session:
            case, offer, _ = self._there(session)
            route = plan_route(
                offer,
                calendar_of(session, offer, case),
                case.facts,
                stage=case.stage,
                standing=case.standing,
                now=self.journey.now,
                stages=1,
            )
            return route.now[0].act if route.now else None

    def _moment(self, act: RouteAct | str) -> datetime:
        """An hour on; a meeting is recorded once it is over."""
        now = _in_the_morning(self.journey.now)
        if isinstance(act, str) or act.doing not in ("hold", "register"):
            return now
        with self.journey.store.reading() as session:
            booked = self._there(session)[0].facts.booked(act.subject)
        return _in_the_morning(max([now, *(one.starts_at for one in booked)]))

    def _there(self, session: Session) -> tuple[Case, Offer, list[User]]:
        case = read_case(session, self.journey.id)
        offer = offers_of(session).machine(*case.offer).offer
        return case, offer, list(session.scalars(select(User).order_by(User.id)))

    def _offer_now(self) -> Offer:
        with self.journey.store.reading() as session:
            return self._there(session)[1]
