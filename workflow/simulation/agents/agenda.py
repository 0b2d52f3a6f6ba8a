"""What people have in mind to do, and when: the agenda of a caseload. Draws the moments; does nothing itself."""

import heapq
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from workflow.calendar.span import Span, Unit
from workflow.calendar.working_days import Calendar
from workflow.forecasting.route.act import Party, RouteAct
from workflow.offer.definition import Offer
from workflow.simulation.agents.act_context import SETTLING, words_of
from workflow.simulation.random_draws import Chance
from workflow.simulation.scenario import Scenario
from workflow.store.cases import Case

_UNITS: dict[Party, Unit] = {"council": "council days", "school": "school days", "participant": "school days"}
_FIRST, _MINUTES = time(9), 7 * 60
_MEETS = ("hold", "register")


@dataclass(frozen=True, slots=True, order=True)
class Intent:
    """An act that somebody means to do at a moment. The words order what falls on one moment, always alike."""

    at: datetime
    words: str
    engagement_id: int
    turn: int
    act: Any


class Agenda:
    """`next` is the earliest intent. Each act of an engagement is meant at most once at a time."""

    def __init__(self, scenario: Scenario, chance: Chance) -> None:
        self._plan, self._chance = scenario, chance
        self._waiting: list[Intent] = []
        self._meant: set[tuple[int, RouteAct]] = set()
        self._turns: Counter[tuple[int, RouteAct]] = Counter()

    @property
    def next(self) -> Intent | None:
        return self._waiting[0] if self._waiting else None

    def take(self) -> Intent:
        """The earliest intent, off the agenda."""
        intent = heapq.heappop(self._waiting)
        self._meant.discard((intent.engagement_id, intent.act))
        return intent

    def put_off(self, intent: Intent, day: date, calendar: Calendar) -> None:
        """To the first council day from this one on; whoever comes first in the morning is first."""
        later = day if calendar.is_open(day, "council days") else calendar.add(day, Span(1, "council days"))
        self._add(
            intent.engagement_id, intent.act, self._moment(later, calendar, intent.words), intent.turn, intent.words
        )

    def mean(self, case: Case, offer: Offer, calendar: Calendar, *, acts: tuple[RouteAct, ...], now: datetime) -> None:
        """Adds what nobody has in mind yet. Schools that have fallen silent mean nothing any more."""
        for act in acts:
            about = (case.id, act)
            if about in self._meant or act.doing == "put_right" or self._is_silent(case, act):
                continue
            self._turns[about] += 1
            words = " ".join(map(str, (*words_of(case, act), self._turns[about])))
            start, days = self._begins(case, offer, act, now)
            count = self._chance.within(days, words, "days")
            day = calendar.local_day(start)
            at = self._moment(calendar.add(day, Span(count, _UNITS[act.party])), calendar, words) if count else start
            self._add(case.id, act, max(at, now), self._turns[about], words)

    def _add(self, engagement_id: int, act: RouteAct, at: datetime, turn: int, words: str) -> None:
        self._meant.add((engagement_id, act))
        heapq.heappush(self._waiting, Intent(at, words, engagement_id, turn, act))

    def _is_silent(self, case: Case, act: RouteAct) -> bool:
        """From some stage on, and then for good."""
        if act.party == "council":
            return False
        return self._chance.happens(self._plan.habits.school.falls_silent, case.reference, "falls silent", case.stage)

    def _begins(self, case: Case, offer: Offer, act: RouteAct, now: datetime) -> tuple[datetime, tuple[int, int]]:
        """From when on an act can be done, and how many days people usually take from then on.

        A meeting is recorded when it is over; everything else when somebody gets round to it.
        """
        habits = self._plan.habits
        planned = [one for one in case.facts.booked(act.subject) if one.status == "booked"]
        if act.doing in _MEETS and planned:
            over = planned[-1].starts_at + offer.appointment[act.subject].lasts + SETTLING
            return max(now, over), habits.council.writes_up
        if act.party == "council":
            return now, habits.council.answers
        if act.party == "school":
            return now, habits.school.answers
        return now, habits.participant.evidence if act.doing == "send_in" else habits.participant.answers

    def _moment(self, day: date, calendar: Calendar, words: str) -> datetime:
        """Some minute between nine and four, local time."""
        minute = self._chance.within((0, _MINUTES - 1), words, "minute")
        return datetime.combine(day, _FIRST, calendar.zone) + timedelta(minutes=minute)
