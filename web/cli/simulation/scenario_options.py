"""A scenario for a rehearsal, from what was asked for on the command line."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from sqlalchemy import select

from web.cli.context import CliContext
from web.cli.simulation import what_if_options
from web.installation import HABITS
from workflow.calendar.local_time import LOCAL, local_day
from workflow.domain.actor import COUNCIL_ROLES
from workflow.errors import BadInput
from workflow.simulation import snapshot
from workflow.simulation.habits import read_habits
from workflow.simulation.metrics import WEEK
from workflow.simulation.new_orders import Wanted, deal, highest_number
from workflow.simulation.run import offers_of_scenario, the_calendar
from workflow.simulation.scenario import NewOrder, Scenario
from workflow.store.session import Store
from workflow.store.tables.user import User
from workflow.usecases.offers.running import place_of

_JULY, _LAST = 7, 31


@dataclass(frozen=True, slots=True)
class ScenarioReader:
    """What was asked for on the command line, as a scenario."""

    cli: CliContext
    asked: dict[str, Any]

    def _offers(self, *, live: bool) -> Path:
        """An empty record has what stands in the folder; a copy of the record has what the record has."""
        if not live:
            return self.cli.settings.offers
        with self.cli.store.reading() as session:
            return place_of(session)

    def scenario(self) -> Scenario:
        """Raises BadInput with what is wrong."""
        schools, first = self.asked["schools"], self.asked["first"]
        if first is not None and schools is None:
            raise BadInput("A copy of the record begins now. Leave --from out, or begin empty with --schools.")
        start = datetime.combine(first, time(8), LOCAL).astimezone(UTC) if first else self.cli.now()
        bare = Scenario(
            start=start,
            end=self._end(start),
            seed=self.asked["seed"],
            habits=read_habits(self.asked["habits"] or HABITS),
            offers=(self._offers(live=not schools),),
            live=None if schools else self.cli.settings.database_url,
            changed=self.asked["changed"],
            advisors=self.asked["advisors"],
            code=self.asked["code"],
            people=not self.asked["nobody_acts"],
        )
        store = self._record(bare)
        users = _users(store)
        scenario = replace(
            bare,
            absences=what_if_options.absences(self.asked["away"], users),
            no_visits=what_if_options.no_visits(self.asked["no_visits"]),
            orders=self._orders(bare, store),
        )
        if schools:
            store.close()
        return scenario

    def _end(self, start: datetime) -> datetime:
        until: date | None = self.asked["until"]
        day = until or _next_july(local_day(start))
        end = datetime.combine(day, time(23, 59), LOCAL).astimezone(UTC)
        if end <= start:
            raise BadInput(f"The last day, {day:%Y-%m-%d}, lies before the first. Choose a later one with --until.")
        return end

    def _record(self, scenario: Scenario) -> Store:
        """The record whose people and numbers the scenario is about."""
        if scenario.live is not None:
            return self.cli.store
        store = snapshot.empty(offers_of_scenario(scenario))
        snapshot.made_up_people(store, scenario.advisors, scenario.start)
        return store

    def _orders(self, scenario: Scenario, store: Store) -> tuple[NewOrder, ...]:
        offers = offers_of_scenario(scenario)
        calendar = the_calendar(offers)
        usual = [Wanted(self.asked["schools"], scenario.start, scenario.end - WEEK)] if self.asked["schools"] else []
        different = what_if_options.orders(self.asked["orders"], calendar.zone, scenario.start, scenario.end)
        if scenario.code and (usual or different):
            # Whoever names an offer that is not there hears of it before a year is rehearsed.
            offers.latest(scenario.code)
        last = highest_number(store)
        what_if_options.agree_number(last + sum(one.count for one in (*usual, *different)))
        return deal(usual, different, calendar, dict(snapshot.advisors_of(store)), after=last)


def _users(store: Store) -> dict[str, int]:
    with store.reading() as session:
        found = session.execute(select(User.email, User.id).where(User.role.in_(COUNCIL_ROLES)))
        return {row.email: row.id for row in found}


def _next_july(day: date) -> date:
    this = date(day.year, _JULY, _LAST)
    return this if day < this else date(day.year + 1, _JULY, _LAST)
