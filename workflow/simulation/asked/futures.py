"""The two futures that are held against one another: what is asked, and what is usual.

Both begin with the record as it is now and end on the same day, under the same seed; they differ in what is asked only.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from pathlib import Path

from workflow.calendar.local_time import end_of_day, local_day, moment_of
from workflow.errors import BadInput
from workflow.simulation import snapshot
from workflow.simulation.asked.question import Question, last_day
from workflow.simulation.habits import read_habits
from workflow.simulation.new_orders import MOST, Wanted, deal, highest_number
from workflow.simulation.run import offers_of_scenario, the_calendar
from workflow.simulation.scenario import DateRange, Scenario
from workflow.store.session import Store

_SEED = 1
_OPENS, _CLOSES = time(9), time(16)


@dataclass(frozen=True, slots=True)
class Ground:
    """Where the offers and the habits of an installation lie."""

    offers: Path
    habits: Path


def futures(question: Question, ground: Ground, store: Store, now: datetime) -> tuple[Scenario, Scenario]:
    """What happens if, and what happens if not. Raises BadInput for habits or orders that cannot be used."""
    as_it_is = Scenario(
        start=now,
        end=end_of_day(last_day(local_day(now))),
        seed=_SEED,
        habits=read_habits(ground.habits),
        offers=(ground.offers,),
        live=store.engine.url.render_as_string(hide_password=False),
    )
    offers = offers_of_scenario(as_it_is)
    wanted, calendar, last = _wanted(question, now), the_calendar(offers), highest_number(store)
    if last + question.orders > MOST:
        raise BadInput(f"There are {MOST:,} numbers for references, and not so many are left. Ask for fewer orders.")
    orders = deal([], wanted, calendar, dict(snapshot.advisors_of(store)), after=last) if wanted else ()
    changed = replace(
        as_it_is, absences=question.absences, no_visits=question.no_visits, orders=orders, code=question.code
    )
    return changed, as_it_is


def _wanted(question: Question, now: datetime) -> list[Wanted]:
    """Those of a month in progress come from now on."""
    days = question.orders_in
    if not question.orders or days is None:
        return []
    first, last = (moment_of(datetime.combine(day, clock)) for day, clock in _hours(days))
    return [Wanted(question.orders, max(first, now), max(last, now))]


def _hours(days: DateRange) -> tuple[tuple[date, time], tuple[date, time]]:
    return (days.first, _OPENS), (days.last, _CLOSES)
