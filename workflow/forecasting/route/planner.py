"""The planner: from where an engagement stands to what it makes for: what to do, and the earliest days. Pure.

It asks the guards of the page what is missing and the remedies who can do something about it, one stage after another.
So a route is never longer than what the page asks for, and another offer has routes without a line of code.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from workflow.calendar.working_days import Calendar
from workflow.domain.facts import Facts
from workflow.domain.guards import Rule, judge
from workflow.english import in_words
from workflow.forecasting.route.act import Chain, RouteAct
from workflow.forecasting.route.act_results import after
from workflow.forecasting.route.remedies import COMPLETING, everybody_completes, in_order, remedy
from workflow.forecasting.route.situation import Situation
from workflow.offer.definition import Offer
from workflow.offer.graph import Graph
from workflow.offer.installed.worked_out import once
from workflow.offer.triggers import Transition

_MEETS = ("hold", "register")


@dataclass(frozen=True, slots=True)
class Leg:
    """One act of a route, the stage it belongs to, and the earliest day for it. `waits` counts the acts of its chain
    that come first: those that wait for nothing can be done now, once their stage has come."""

    act: RouteAct
    stage: str
    day: date
    waits: int


@dataclass(frozen=True, slots=True)
class Route:
    """`legs` in the order of their days within each stage. `blocked` says in a sentence why it ends early, if it does.
    `arrives` is the day on which the last of them may be done: on that day the certificates can go out."""

    legs: tuple[Leg, ...]
    arrives: date
    blocked: str = ""

    @property
    def now(self) -> tuple[Leg, ...]:
        """What can be done now, by different people side by side."""
        return tuple(one for one in self.legs if one.stage == self.legs[0].stage and not one.waits)


class _Blocked(Exception):
    """Nobody can do anything about a guard; its message is what the guard says."""


def plan_route(
    offer: Offer,
    calendar: Calendar,
    facts: Facts,
    *,
    stage: str,
    standing: str,
    now: datetime,
    stages: int | None = None,
) -> Route:
    """The shortest list of acts from here to the goal, or over the next `stages` of the way. `now` is in UTC."""
    today = calendar.local_day(now)
    planner = _Planner(Situation(offer, calendar, stage, facts, today), today)
    try:
        if standing not in ("active", "completed"):
            planner.take_up(standing)
        for transition in _way(offer, stage)[:stages]:
            planner.take(transition)
    except _Blocked as blocked:
        return Route(tuple(planner.legs), planner.day, str(blocked))
    return Route(tuple(planner.legs), planner.day)


def _way(offer: Offer, start: str) -> tuple[Transition, ...]:
    """The fewest transitions that lead to what the journey makes for. Raises _Blocked where none do."""
    way = _ways(offer).get(start)
    if way is None:
        raise _Blocked(f"Nothing leads from “{offer.stage[start].title}” to the end of the journey.")
    return way


@once
def _ways(offer: Offer) -> Mapping[str, tuple[Transition, ...]]:
    """By the stage that they lead from; none from where none do."""
    graph, found = Graph(offer.stage, _leading_on(offer)), dict[str, tuple[Transition, ...]]()
    for start in offer.stage:
        way = next((way for stage, way in graph.ways_from(start).items() if stage in offer.goals), None)
        if way is not None:
            found[start] = tuple(one.model_copy(update={"from_": (leaves,)}) for leaves, one in way)
    return found


def _leading_on(offer: Offer) -> Iterator[tuple[str, str, tuple[str, Transition]]]:
    """What leads an active engagement from one stage to another, with the one stage that it leaves there."""
    for one in offer.transitions:
        if one.to is not None and "active" in one.standing.from_:
            yield from ((stage, one.to, (stage, one)) for stage in one.from_ if stage != one.to)


def _certifies_unasked(offer: Offer, transition: Transition) -> bool:
    """It sends certificates to those who completed, and nothing on the page asks whether anybody did."""
    if not any(one.kind == "certificate" for one in transition.effects):
        return False
    return not any(rule.guard in COMPLETING for one in offer.transitions for rule in one.guards)


class _Planner:
    """Gathers legs; `day` is the earliest day for whatever comes next."""

    def __init__(self, at: Situation, day: date) -> None:
        self.at, self.day = at, day
        self.legs: list[Leg] = []

    def take_up(self, standing: str) -> None:
        """The verb that makes a journey active again where it stopped. Everything else waits for it."""
        ways = (one for one in self.at.offer.transitions if self.at.stage in one.from_ and one.to is None)
        found = next((one for one in ways if standing in one.standing.from_ and one.standing.to == "active"), None)
        if found is None:
            raise _Blocked(f"Nothing in this offer takes up a journey again that is {in_words(standing)}.")
        self.day = self._do((RouteAct("fire", "council", found.trigger),), self.day)

    def take(self, transition: Transition) -> None:
        """Everything that lets this transition through, and the transition itself where it does not go by itself."""
        first = len(self.legs)
        try:
            self._let_through(transition, first)
        finally:
            self.legs[first:] = sorted(self.legs[first:], key=lambda leg: (leg.day, leg.waits))

    def _let_through(self, transition: Transition, first: int) -> None:
        """`first` is the number of its first leg. Raises _Blocked."""
        self.at = replace(self.at, stage=transition.from_[0], today=self.day)
        start, taken_up = self.day, sum(leg.stage == self.at.stage for leg in self.legs)
        if _certifies_unasked(self.at.offer, transition):
            taken_up += self._side_by_side(everybody_completes(self.at), start, taken_up)
        for rule in in_order(transition.guards):
            self._meet(rule, start, taken_up)
        if not transition.automatic:
            waits = max((leg.waits + 1 for leg in self.legs[first:]), default=taken_up)
            self.day = self._do((RouteAct("fire", "council", transition.trigger),), self.day, waits)

    def _side_by_side(self, chains: list[Chain], start: date, waits: int) -> int:
        """Returns how many acts come one after another at most."""
        for chain in chains:
            self.day = max(self.day, self._do(chain, start, waits))
        return max(map(len, chains), default=0)

    def _meet(self, rule: Rule, start: date, waits: int) -> None:
        """What meets a guard. Where that asks for more, such as what people do who are only just named, it follows."""
        while chains := self._missing(rule):
            before = self.at
            longest = self._side_by_side(chains, start, waits)
            if self.at is before:  # It is put right outside the journey, where no fact can tell of it.
                return
            start, waits = self.day, waits + longest

    def _missing(self, rule: Rule) -> list[Chain]:
        refusal = judge(self.at.facts, rule)
        if refusal is None:
            return []
        chains = remedy(self.at, rule)
        if chains is None:
            raise _Blocked(refusal.sentence)
        return chains

    def _do(self, chain: Chain, day: date, waits: int = 0) -> date:
        """Adds the acts of a chain one after another. Returns the day of the last."""
        for number, act in enumerate(chain, waits):
            day = self._earliest(act, day)
            self.legs.append(Leg(act, self.at.stage, day, number))
            self.at = after(self.at, act, day)
        return day

    def _earliest(self, act: RouteAct, day: date) -> date:
        """A meeting has its day; whoever writes down a past one does so on a working day."""
        planned = self.at.planned(act.subject) if act.doing in _MEETS else None
        if planned is not None and self.at.local(planned.starts_at) >= day:
            return self.at.local(planned.starts_at)
        return self.at.working_day(act.party, day)
