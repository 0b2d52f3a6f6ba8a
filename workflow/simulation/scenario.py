"""What is rehearsed: from when to when, from which beginning, by which habits, and what is different from usual."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from workflow.simulation.habits import Habits


@dataclass(frozen=True, slots=True)
class DateRange:
    """From a first day to a last, both included."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Absence:
    """Somebody at the council is away. What is theirs to do waits."""

    user_id: int
    days: DateRange


@dataclass(frozen=True, slots=True)
class NewOrder:
    """An order that is made up. `number` tells it from the others and becomes the reference's. `different` is one that
    somebody asked for besides what a rehearsal begins with."""

    number: int
    at: datetime
    advisor_id: int | None
    different: bool = False


@dataclass(frozen=True, slots=True)
class Scenario:
    """`start` and `end` are in UTC. `live` is the record that is copied; without one the rehearsal begins empty, with
    this many `advisors`. `code` is the offer that new orders are for; without it they are for each in turn.

    `offers` are the folders of all offers, and `changed` one that stands in for an installed one of the same code and
    version. Where `people` is False nobody acts, and only time passes. In the days of `no_visits` no date is offered
    for a meeting that is judged. `names` are what people who are named are called; without any they are numbered.
    """

    start: datetime
    end: datetime
    seed: int
    habits: Habits
    offers: tuple[Path, ...]
    live: str | None = None
    changed: Path | None = None
    advisors: int = 1
    code: str | None = None
    people: bool = True
    absences: tuple[Absence, ...] = ()
    no_visits: tuple[DateRange, ...] = ()
    orders: tuple[NewOrder, ...] = ()
    names: tuple[str, ...] = ()

    def at_work(self, user_id: int | None, day: date) -> bool:
        return not any(one.user_id == user_id and day in one.days for one in self.absences)
