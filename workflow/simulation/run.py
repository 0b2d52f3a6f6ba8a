"""A whole rehearsal: every advisor's desk by itself, side by side, and then the post of all of them.

Desks share nothing but their readers, and nothing in a journey waits for an email to arrive. So they may run on as
many processors as there are, and the outcome is the same on one.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from pathlib import Path

from workflow.calendar.working_days import Calendar
from workflow.engine.catalogue import Offers
from workflow.offer.loader import load_offer, load_offers
from workflow.simulation import email_delivery, snapshot
from workflow.simulation.agents.caseload import Desk
from workflow.simulation.clock import Time
from workflow.simulation.effect_log import Entry
from workflow.simulation.metrics import WEEK, Tally, count_ends, count_overdue, monday_of
from workflow.simulation.scenario import Plan
from workflow.simulation.worker_pool import Team, Told
from workflow.store.session import Store

_MIDNIGHT = time()


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """What came of it. `calendar` is the newest offer's, by which days and weeks are told."""

    plan: Plan
    tally: Tally
    ledger: list[Entry]
    calendar: Calendar


@dataclass(frozen=True, slots=True)
class _Desk:
    """What one desk leaves behind."""

    tally: Tally
    bag: email_delivery.Bag


def rehearse(plan: Plan, told: Told) -> Rehearsed:
    """Raises BadInput for an offer that cannot be read, and NotFound for one that is not there."""
    offers = offers_of_plan(plan)
    calendar = the_calendar(offers)
    advisors = advisors_of(plan, offers)
    weeks, tally = len(_weeks(plan, calendar)), Tally()
    with Team(len(advisors)) as team:
        desks = team.do(_run_desk, [(plan, one) for one in advisors], steps=weeks, told=told)
        parts = email_delivery.sort([desk.bag for desk in desks], places=team.size)
        posted = team.do(_run_post, [(plan, *part) for part in parts], steps=1, told=_quietly)
    for desk in desks:
        tally.add(desk.tally)
    entries = [*(one for desk in desks for one in desk.bag.settled), *(one for those in posted for one in those)]
    ledger = sorted((one for one in entries if _is_new(one, plan.start)), key=lambda one: one.key)
    return Rehearsed(plan, tally, ledger, calendar)


def _is_new(entry: Entry, start: datetime) -> bool:
    return entry.settled_at is None or entry.settled_at >= start


def _quietly(_done: int, _of: int) -> None:
    """The post is quick."""


def _run_post(
    plan: Plan, engagements: email_delivery.Rows, letters: email_delivery.Rows, step: Callable[[], None]
) -> list[Entry]:
    entries = email_delivery.settle(offers_of_plan(plan), engagements, letters, plan.start, plan.end)
    step()
    return entries


def offers_of_plan(plan: Plan) -> Offers:
    """The installed offers, with the changed one in place of its own version, or beside the others if it is new."""
    return _offers(plan.offers, plan.changed)


@lru_cache(maxsize=1)
def _offers(folders: tuple[Path, ...], changed: Path | None) -> Offers:
    """Read once in each process."""
    found = load_offers(folders)
    if changed is not None:
        offer = load_offer(changed)
        found[offer.key] = offer
    return Offers(found)


def the_calendar(offers: Offers) -> Calendar:
    """Days and weeks are told by one calendar, whatever each engagement counts on."""
    return max(offers, key=lambda offer: offer.key).calendar


def advisors_of(plan: Plan, offers: Offers) -> list[int | None]:
    """Whose desks there are."""
    store = _begin(plan, offers, None) if plan.live is None else Store(plan.live, {"offers": offers})
    found = [advisor for advisor, _ in snapshot.advisors_of(store)]
    store.close()
    return found


def _begin(plan: Plan, offers: Offers, advisor_id: int | None) -> Store:
    if plan.live is None:
        store = snapshot.empty(offers)
        snapshot.made_up_people(store, plan.advisors, plan.start)
        return store
    live = Store(plan.live, {"offers": offers})
    store = snapshot.copy(live, offers, advisor_id)
    live.close()
    return store


def _run_desk(plan: Plan, advisor_id: int | None, step: Callable[[], None]) -> _Desk:
    """One desk from beginning to end, telling each week."""
    offers = offers_of_plan(plan)
    calendar, tally = the_calendar(offers), Tally()
    store = _begin(plan, offers, advisor_id)
    desk = Desk(store, plan, Time(), [one for one in plan.orders if one.advisor_id == advisor_id])
    desk.open()
    for week, end in _weeks(plan, calendar):
        desk.work(end)
        with store.reading() as session:
            count_overdue(session, end, week, tally)
        step()
    with store.reading() as session:
        count_ends(session, plan.start, calendar, tally)
    tally.acts, tally.refused, tally.names = desk.acts, desk.refused, desk.names
    bag = email_delivery.collect(store, plan.start, plan.end)
    store.close()
    return _Desk(tally, bag)


def _weeks(plan: Plan, calendar: Calendar) -> list[tuple[date, datetime]]:
    """Each week's Monday, and the moment at which the week is over, the last one with the rehearsal."""
    monday, weeks = monday_of(calendar.local_day(plan.start)), []
    while (end := datetime.combine(monday + WEEK, _MIDNIGHT, calendar.zone)) < plan.end:
        weeks.append((monday, end))
        monday += WEEK
    return [*weeks, (monday, plan.end)]
