"""Following the nearest route in a real record leads to the certificates, on the day that it names and not before."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from config.settings import OFFERS
from tasks.tick import pass_once
from tasks.world import World
from tests.journeys import ASSESSOR, PEOPLE, Journey
from tests.suite_size import LONG
from workflow.engine.calendars import calendar_of
from workflow.engine.catalogue import offers_of
from workflow.forecasting.route.planner import Leg, Route, plan_route
from workflow.simulation.agents.act_context import ActContext
from workflow.simulation.agents.assignment import actor_for
from workflow.simulation.agents.perform import perform
from workflow.simulation.habits import Habits, read_habits
from workflow.simulation.random_draws import Chance
from workflow.simulation.scenario import Scenario
from workflow.store.cases import read_case
from workflow.store.tables.appointment import OfferedDate
from workflow.store.tables.certificate import Certificate
from workflow.store.tables.user import User
from workflow.usecases import appointments, participants, registers
from workflow.usecases.participants import Nominee

pytestmark = LONG

ADA, BRYN, CARA = (person.email for person in PEOPLE)
MORNING, AFTER_THE_MEETING, MEETING = time(9), time(13), time(10)
STEP, DAY = timedelta(minutes=10), timedelta(days=1)


def smooth() -> Habits:
    """People as they usually are, except that three are named and nothing ever goes wrong."""
    usual = read_habits(OFFERS.parent / "rehearsal" / "usual.toml")
    council = usual.council.model_copy(update={"returns": 0.0, "not_yet_met": 0.0})
    school = usual.school.model_copy(update={"staff": (3, 3), "no_show": 0.0})
    return usual.model_copy(update={"council": council, "school": school})


class Follower:
    """Does what comes first on the route, on its day, and asks again. Each morning time passes by itself."""

    def __init__(self, journey: Journey, world: World) -> None:
        self.journey, self.world = journey, world
        with journey.store.reading() as session:
            self.zone = offers_of(session).latest().calendar.zone
        self.now = self._at((journey.now + DAY).date(), MORNING)
        self.plan = Scenario(self.now, self.now + 366 * DAY, 1, smooth(), offers=())
        self.done: list[tuple[str, str, date]] = []

    def _at(self, day: date, clock: time) -> datetime:
        return datetime.combine(day, clock, self.zone)

    def route(self) -> Route:
        with self.journey.store.reading() as session:
            case = read_case(session, self.journey.id)
            offer = offers_of(session).machine(*case.offer).offer
            return plan_route(
                offer,
                calendar_of(session, offer, case),
                case.facts,
                stage=case.stage,
                standing=case.standing,
                now=self.now,
            )

    def follow(self) -> None:
        while legs := self.route().legs:
            self._wait(legs[0])
            assert self.issued_on() == set(), "nobody holds a certificate while something is still to be done"
            with self.journey.store.writing() as session:
                self._do(session, legs)
            pass_once(self.world, self.now)
            self.done.append((legs[0].act.doing, legs[0].act.subject, self.now.date()))

    def _wait(self, leg: Leg) -> None:
        while self.now.date() < leg.day:
            self.now = self._at(self.now.date() + DAY, MORNING)
            pass_once(self.world, self.now)
        over = AFTER_THE_MEETING if leg.act.doing in ("hold", "register") else MORNING
        self.now = max(self.now + STEP, self._at(leg.day, over))

    def _do(self, session: Session, legs: tuple[Leg, ...]) -> None:
        case = read_case(session, self.journey.id)
        offer = offers_of(session).machine(*case.offer).offer
        act, users = legs[0].act, session.scalars(select(User).order_by(User.id)).all()
        actor = actor_for(act, case, offer, users)
        assert actor is not None
        if act.doing == "book":
            day = next(leg.day for leg in legs[1:] if leg.act.subject == act.subject)
            appointments.book(session, case.id, act.subject, self._at(day, MEETING), actor=actor, now=self.now)
        elif act.doing == "choose":
            first = session.scalars(select(OfferedDate).order_by(OfferedDate.starts_at).limit(1)).one()
            appointments.accept(session, case.id, first.id, actor=actor, now=self.now)
        elif act.doing == "nominate":
            named = [Nominee(f"Staff {one}", f"{one.lower()}@polwhevral.example.org", 1) for one in "ABC"[: act.count]]
            participants.nominate(session, case.id, named, actor=actor, now=self.now)
        else:
            calendar = calendar_of(session, offer, case)
            perform(ActContext(session, case, offer, calendar, self.plan, Chance(1), act, actor, self.now, turn=1))

    def issued_on(self) -> set[date]:
        with self.journey.store.reading() as session:
            return set(session.scalars(select(Certificate.issued_on)))


def just_begun(journey: Journey) -> None:
    """Nobody is named yet."""


def dates_on_offer(journey: Journey) -> None:
    journey.to("training_1")
    dates = [journey.now + timedelta(weeks=weeks) for weeks in (4, 5, 6)]
    journey._do(appointments.offer, "training_1", dates)


def one_missed_it(journey: Journey) -> None:
    journey.to("training_1").book("training_1")
    journey._do(registers.take_register, "training_1", {ADA: "present", BRYN: "present", CARA: "no_show"})


def one_was_returned(journey: Journey) -> None:
    ada, bryn, _ = PEOPLE
    journey.to("framework").evidence(ada, met=False).evidence(bryn, met=True)


def on_hold(journey: Journey) -> None:
    journey.to("training_2").fire("hold", note="Inspection.", values={"review_on": "2026-01-12"})


def not_yet_met(journey: Journey) -> None:
    journey.to("qa_visit").meet("qa_visit").plan()
    journey.fire("require_action", ASSESSOR, note="Write the policy down.")


#: How many acts are left, and the day of the last: ten school days for each meeting that is still to be agreed.
BEGINNINGS: dict[Callable[[Journey], None], tuple[int, date]] = {
    just_begun: (28, date(2026, 1, 6)),
    dates_on_offer: (24, date(2026, 1, 12)),
    one_missed_it: (23, date(2025, 12, 9)),
    one_was_returned: (18, date(2025, 11, 25)),
    on_hold: (23, date(2025, 12, 9)),
    not_yet_met: (8, date(2025, 10, 22)),
}


@pytest.mark.parametrize("begin", BEGINNINGS, ids=lambda one: one.__name__)
def test_each_act_on_its_day_leads_to_the_certificates_on_the_day_foretold(
    journey: Journey, world: World, begin: Callable[[Journey], None]
) -> None:
    begin(journey)
    follower = Follower(journey, world)
    told = follower.route()
    assert (len(told.legs), told.arrives) == BEGINNINGS[begin]
    follower.follow()
    assert sorted(follower.done) == sorted((leg.act.doing, leg.act.subject, leg.day) for leg in told.legs)
    assert (journey.stage, follower.issued_on()) == ("recognised", {told.arrives})
    with journey.store.reading() as session:
        assert session.scalar(select(func.count(Certificate.id))) == len(PEOPLE)
