"""Promises: whose turn it is, since when and by when. Pure; the council's promises count like everybody's.

The first promise of the stage that is not kept yet is in force, so each situation has exactly one owner. Its clock
runs from the moment its turn came. When the turn passes to somebody else and comes back, it goes on where it was.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from workflow.calendar.span import Span
from workflow.calendar.working_days import Calendar
from workflow.domain.facts import AppointmentFact, Facts, PromiseFact
from workflow.domain.guards import judge
from workflow.offer.definition import Offer, Promise

_ON_THE_DAY = Span(0, "days")
_INTERRUPTED = ("waiting", "paused")


def turn(
    offer: Offer, calendar: Calendar, stage: str, facts: Facts, known: Sequence[PromiseFact], *, now: datetime
) -> PromiseFact | None:
    """The promise in force at an active engagement: one of those `known`, oldest first, or a new one from now on."""
    name, promise = _first(offer, stage, facts)
    if promise is None:
        return None
    meeting = _meeting(promise, facts)
    anchor = f"{meeting.id}@{meeting.starts_at.isoformat()}" if meeting else ""
    told = [one for one in known if one.token == (stage, name, anchor)]
    still = next((one for one in told if one.status == "open"), None)
    if still is not None:
        return still
    if told and told[-1].status in _INTERRUPTED:
        return _gone_on(calendar, told[-1], anchored=meeting is not None, now=now)
    start, span = meeting.starts_at if meeting else now, promise.within or _ON_THE_DAY
    due = calendar.deadline(start, span)
    return PromiseFact(
        None, stage, name, promise.owner, promise.to, anchor, "open", now, due, start, span.count, span.unit
    )


def _first(offer: Offer, stage: str, facts: Facts) -> tuple[str, Promise | None]:
    for name, promise in offer.promises_at[stage].items():
        dated = promise.at is None or _meeting(promise, facts) is not None
        if dated and (promise.until is None or judge(facts, promise.until) is not None):
            return name, promise
    return "", None


def _meeting(promise: Promise, facts: Facts) -> AppointmentFact | None:
    """The date a promise is about: the latest agreed and not judged, or else on offer (whose first date counts)."""
    if promise.at is None:
        return None
    agreed = [one for one in facts.booked(promise.at) if not facts.is_judged(one)]
    dates = [*facts.offered(promise.at), *agreed]
    return dates[-1] if dates else None


def _gone_on(calendar: Calendar, before: PromiseFact, *, anchored: bool, now: datetime) -> PromiseFact:
    """The same promise as it was; after a pause it has as many days left, or is as many late, as when it was paused."""
    again = replace(before, id=None, status="open", closed_at=None)
    if before.status == "waiting" or anchored or before.closed_at is None:
        return again
    left = calendar.count(calendar.local_day(before.closed_at), calendar.local_day(before.due_at), before.unit)
    return replace(again, due_at=calendar.deadline(now, Span(left, before.unit)), counted_from=now, count=left)
