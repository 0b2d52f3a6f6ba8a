"""What a rehearsal is judged by, week by week: what is late, who has how much to do, what is sent, who is certified."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflow.calendar.working_days import Calendar
from workflow.simulation.effect_log import Entry
from workflow.store.tables.certificate import Certificate
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.promise import PromiseRow

WEEK = timedelta(days=7)


@dataclass(slots=True)
class Tally:
    """What one caseload, or all of them, counted. Weeks are called by their Monday, days by their local date.

    `overdue` is by week and owner, `acts` by day and user, `certificates` by day, `places` by standing and stage in the
    end. `refused` holds what somebody meant to do and could not, and why.
    """

    overdue: Counter[tuple[date, str]] = field(default_factory=Counter)
    acts: Counter[tuple[int, date]] = field(default_factory=Counter)
    certificates: Counter[date] = field(default_factory=Counter)
    places: Counter[tuple[str, str]] = field(default_factory=Counter)
    names: dict[int, str] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)

    def add(self, other: "Tally") -> None:
        self.overdue.update(other.overdue)
        self.acts.update(other.acts)
        self.certificates.update(other.certificates)
        self.places.update(other.places)
        self.names |= other.names
        self.refused += other.refused


def count_overdue(session: Session, now: datetime, monday: date, tally: Tally) -> None:
    """Promises that are open and past their day, by whose turn it is."""
    late = (
        select(PromiseRow.owner, func.count())
        .join(Engagement, Engagement.id == PromiseRow.engagement_id)
        .where(PromiseRow.status == "open", PromiseRow.due_at < now, Engagement.standing == "active")
        .group_by(PromiseRow.owner)
    )
    for owner, number in session.execute(late):
        tally.overdue[monday, owner] += number


def count_ends(session: Session, since: datetime, calendar: Calendar, tally: Tally) -> None:
    """The certificates issued since then, and where every engagement stands."""
    issued = select(Certificate.created_at).where(Certificate.created_at >= since)
    for moment in session.scalars(issued):
        tally.certificates[calendar.local_day(moment)] += 1
    standings = select(Engagement.standing, Engagement.stage, func.count())
    for standing, stage, number in session.execute(standings.group_by(Engagement.standing, Engagement.stage)):
        tally.places[standing, stage] += number


def emails_by_day(ledger: Iterable[Entry], calendar: Calendar) -> Counter[date]:
    """How many emails go out on each local day; several reminders in one email are one."""
    sent = {(one.letter, one.settled_at) for one in ledger if one.kind == "email" and one.status == "done"}
    return Counter(calendar.local_day(moment) for _, moment in sent if moment is not None)


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())
