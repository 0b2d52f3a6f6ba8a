"""What somebody at the council has to do, first what is theirs: the page that a day begins with.

Each group holds a few rows, the most pressing first, and says whether there are more, so that it costs the same however
many engagements there are.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from workflow.calendar.local_time import end_of_day, local_day
from workflow.domain.actor import ADVISING_ROLES, Actor
from workflow.offer.installed.editions import Edition
from workflow.queries.lists.engagement_list import EngagementRow, page
from workflow.queries.lists.wanted import Wanted

#: How many rows a group has at most, and how many are read to be put into groups by their days.
_SHOWN, _READ = 10, 40
_SUNDAY = 6


class Group(NamedTuple):
    """`name` is a word for its address, and `more` says that there are others."""

    name: str
    lines: Sequence[EngagementRow]
    more: bool


class Today(NamedTuple):
    """`groups` are those with something in them; `ahead` is what is due next where nothing is due this week."""

    groups: tuple[Group, ...]
    ahead: EngagementRow | None


class Days(NamedTuple):
    """When a day and its week end, in UTC. A week ends on Sunday."""

    now: datetime
    today: datetime
    week: datetime


def days_of(now: datetime, zone: ZoneInfo) -> Days:
    day = local_day(now, zone)
    return Days(now, end_of_day(day, zone), end_of_day(day + timedelta(days=_SUNDAY - day.weekday()), zone))


def today(session: Session, actor: Actor, now: datetime, zone: ZoneInfo, offer: Edition | None = None) -> Today:
    """Under one offer, or under all. An advisor sees what is theirs; a lead besides what nobody looks after and what is
    late with others; an assessor whatever the council owes, as anybody's visits and evidence are theirs to judge."""
    days = days_of(now, zone)
    mine = None if actor.role not in ADVISING_ROLES else actor.user_id
    owed = page(session, now, Wanted(offer=offer, advisor=mine, owes="council", due_by=days.week), size=_READ)
    groups = [*_by_day(owed.lines, days, more=bool(owed.after))]
    if actor.role in ADVISING_ROLES:
        groups += [
            _group(session, now, "schools", Wanted(offer=offer, advisor=mine, owes="school")),
            _group(session, now, "stuck", Wanted(offer=offer, advisor=mine, stuck=True, order="newest")),
        ]
    if actor.role == "lead_advisor":
        groups += [
            _group(session, now, "nobody", Wanted(offer=offer, advisor=0, standing="active")),
            _group(session, now, "team", Wanted(offer=offer, besides=mine, owes="council", due_by=now)),
            _group(session, now, "team-stuck", Wanted(offer=offer, besides=mine, stuck=True, order="newest")),
        ]
    later = Wanted(offer=offer, advisor=mine, owes="council", due_after=days.week)
    ahead = () if owed.lines else page(session, now, later, size=1).lines
    return Today(tuple(one for one in groups if one.lines), next(iter(ahead), None))


def _by_day(lines: Sequence[EngagementRow], days: Days, *, more: bool) -> Iterator[Group]:
    """What is late, due today, and due later this week. Beyond what was read there may be more of the last ones."""
    ends = {"late": days.now, "today": days.today, "week": days.week}
    start: datetime | None = None
    for name, end in ends.items():
        those = [one for one in lines if one.promise and _between(one.promise.due_at, start, end)]
        last = bool(lines) and those[-1:] == [lines[-1]]
        yield Group(name, those[:_SHOWN], len(those) > _SHOWN or (more and last))
        start = end


def _between(moment: datetime, start: datetime | None, end: datetime) -> bool:
    return (start is None or moment > start) and moment <= end


def _group(session: Session, now: datetime, name: str, wanted: Wanted) -> Group:
    found = page(session, now, wanted, size=_SHOWN)
    return Group(name, found.lines, bool(found.after))
