"""A whole rehearsal: every advisor's caseload by itself, side by side, and then the post of all of them.

Desks share nothing but their readers, and nothing in a journey waits for an email to arrive. So they may run on as
many processors as there are, and the outcome is the same on one.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from pathlib import Path

from workflow.calendar.working_days import Calendar
from workflow.engine.catalogue import Catalogue
from workflow.offer.loader import Loaded, load_offer, load_offers
from workflow.simulation import email_delivery, snapshot
from workflow.simulation.agents.caseload import Caseload
from workflow.simulation.clock import VirtualClock
from workflow.simulation.effect_log import Entry
from workflow.simulation.metrics import WEEK, Tally, count_ends, count_overdue, monday_of
from workflow.simulation.scenario import Scenario
from workflow.simulation.worker_pool import Progress, Team
from workflow.store.session import Store

_MIDNIGHT = time()


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """What came of it. `calendar` is the newest offer's, by which days and weeks are told."""

    scenario: Scenario
    tally: Tally
    ledger: list[Entry]
    calendar: Calendar


@dataclass(frozen=True, slots=True)
class _Desk:
    """What one caseload leaves behind."""

    tally: Tally
    outgoing: email_delivery.Outgoing


def rehearse(scenario: Scenario, told: Progress) -> Rehearsed:
    """Raises BadInput for an offer that cannot be read, and NotFound for one that is not there."""
    offers = offers_of_scenario(scenario)
    calendar = the_calendar(offers)
    advisors = advisors_of(scenario, offers)
    weeks, tally = len(_weeks(scenario, calendar)), Tally()
    with Team(len(advisors)) as team:
        caseloads = team.do(_run_caseload, [(scenario, one) for one in advisors], steps=weeks, told=told)
        parts = email_delivery.sort([caseload.outgoing for caseload in caseloads], places=team.size)
        posted = team.do(_run_post, [(scenario, *part) for part in parts], steps=1, told=_quietly)
    for caseload in caseloads:
        tally.add(caseload.tally)
    entries = [
        *(one for caseload in caseloads for one in caseload.outgoing.settled),
        *(one for those in posted for one in those),
    ]
    ledger = sorted((one for one in entries if _is_new(one, scenario.start)), key=lambda one: one.key)
    return Rehearsed(scenario, tally, ledger, calendar)


def _is_new(entry: Entry, start: datetime) -> bool:
    return entry.settled_at is None or entry.settled_at >= start


def _quietly(_done: int, _of: int) -> None:
    """The post is quick."""


def _run_post(
    scenario: Scenario, engagements: email_delivery.Rows, letters: email_delivery.Rows, step: Callable[[], None]
) -> list[Entry]:
    entries = email_delivery.settle(offers_of_scenario(scenario), engagements, letters, scenario.start, scenario.end)
    step()
    return entries


def offers_of_scenario(scenario: Scenario) -> Catalogue:
    """The installed offers, with the changed one in place of its own version, or beside the others if it is new."""
    return _offers(scenario.offers, scenario.changed)


@lru_cache(maxsize=1)
def _offers(folders: tuple[Path, ...], changed: Path | None) -> Catalogue:
    """Read once in each process."""
    found = dict(load_offers(folders).offers)
    if changed is not None:
        offer = load_offer(changed)
        found[offer.key] = offer
    return Catalogue(Loaded(found))


def the_calendar(offers: Catalogue) -> Calendar:
    """Days and weeks are told by one calendar, whatever each engagement counts on."""
    return max(offers, key=lambda offer: offer.key).calendar


def advisors_of(scenario: Scenario, offers: Catalogue) -> list[int | None]:
    """Whose caseloads there are."""
    store = _begin(scenario, offers, None) if scenario.live is None else Store(scenario.live, {"offers": offers})
    found = [advisor for advisor, _ in snapshot.advisors_of(store)]
    store.close()
    return found


def _begin(scenario: Scenario, offers: Catalogue, advisor_id: int | None) -> Store:
    if scenario.live is None:
        store = snapshot.empty(offers)
        snapshot.made_up_people(store, scenario.advisors, scenario.start)
        return store
    live = Store(scenario.live, {"offers": offers})
    store = snapshot.copy(live, offers, advisor_id)
    live.close()
    return store


def _run_caseload(scenario: Scenario, advisor_id: int | None, step: Callable[[], None]) -> _Desk:
    """One caseload from beginning to end, telling each week."""
    offers = offers_of_scenario(scenario)
    calendar, tally = the_calendar(offers), Tally()
    store = _begin(scenario, offers, advisor_id)
    caseload = Caseload(
        store, scenario, VirtualClock(), [one for one in scenario.orders if one.advisor_id == advisor_id]
    )
    caseload.open()
    for week, end in _weeks(scenario, calendar):
        caseload.work(end)
        with store.reading() as session:
            count_overdue(session, end, week, tally)
        step()
    with store.reading() as session:
        count_ends(session, scenario.start, calendar, tally)
    tally.acts, tally.refused, tally.names = caseload.acts, caseload.refused, caseload.names
    outgoing = email_delivery.collect(store, scenario.start, scenario.end)
    store.close()
    return _Desk(tally, outgoing)


def _weeks(scenario: Scenario, calendar: Calendar) -> list[tuple[date, datetime]]:
    """Each week's Monday, and the moment at which the week is over, the last one with the rehearsal."""
    monday, weeks = monday_of(calendar.local_day(scenario.start)), []
    while (end := datetime.combine(monday + WEEK, _MIDNIGHT, calendar.zone)) < scenario.end:
        weeks.append((monday, end))
        monday += WEEK
    return [*weeks, (monday, scenario.end)]
