"""Promises: who owes the next move of an engagement, and by when. Pure; the council's promises show too."""

from dataclasses import dataclass
from datetime import datetime

from workflow.definition import Offer, Promise
from workflow.facts import Facts
from workflow.guards import judge
from workflow.words import day_in_words


@dataclass(frozen=True, slots=True)
class Owing:
    """One promise as it stands. `due_at` is in UTC; `day` is the local day in words."""

    owner: str
    to: str
    due_at: datetime
    day: str
    late: bool


def owing(offer: Offer, stage: str, standing: str, since: datetime, facts: Facts, *, now: datetime) -> Owing | None:
    """The first promise of the stage that is not kept yet. None when nobody owes anything, or nobody is active."""
    if standing != "active":
        return None
    for promise in offer.stage[stage].promises:
        due_at = _due(offer, promise, since, facts)
        kept = promise.until is not None and judge(facts, promise.until) is None
        if due_at is not None and not kept:
            day = day_in_words(due_at.astimezone(offer.calendar.zone).date())
            return Owing(promise.owner, promise.to, due_at, day, now > due_at)
    return None


def _due(offer: Offer, promise: Promise, since: datetime, facts: Facts) -> datetime | None:
    """None for a promise about a meeting that has no date yet. Of dates to choose from, the first counts."""
    if promise.at is not None:
        agreed = [one for one in facts.booked(promise.at) if not facts.is_judged(one)]
        dates = [one.starts_at for one in agreed or facts.offered(promise.at)]
        if not dates:
            return None
        since = dates[-1]
    return offer.calendar.due(since, promise.within) if promise.within else offer.calendar.end_of_day(since)
