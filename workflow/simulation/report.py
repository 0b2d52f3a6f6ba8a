"""A rehearsal told week by week, and in a few numbers that can be held against those of another."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from workflow.simulation.metrics import WEEK, emails_by_day, monday_of
from workflow.simulation.run import Rehearsed
from workflow.store.tables.promise import OWNERS


@dataclass(frozen=True, slots=True)
class Week:
    """`late` counts promises past their day when the week ends, by owner. `acts` counts what each person at the
    council did, by name; `emails` what went out, `busiest` on the fullest day; `certificates` those issued so far."""

    monday: date
    late: dict[str, int]
    acts: dict[str, int]
    emails: int
    busiest: int
    certificates: int

    def as_json(self) -> dict[str, Any]:
        return {
            "week": self.monday.isoformat(),
            "late": self.late,
            "acts": self.acts,
            "emails": self.emails,
            "emails_on_the_busiest_day": self.busiest,
            "certificates": self.certificates,
        }


@dataclass(frozen=True, slots=True)
class SimulationReport:
    """`summary` holds the numbers that matter most, under the words they are told in; `days` emails by local day."""

    weeks: tuple[Week, ...]
    summary: dict[str, int]
    days: dict[date, int]
    places: dict[str, int]
    refused: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        return {
            "summary": self.summary,
            "weeks": [week.as_json() for week in self.weeks],
            "emails_per_day": {day.isoformat(): count for day, count in self.days.items()},
            "engagements_in_the_end": self.places,
            "refused": list(self.refused),
        }


def report(rehearsed: Rehearsed) -> SimulationReport:
    """Every week of the rehearsal, quiet ones included."""
    tally, days = rehearsed.tally, emails_by_day(rehearsed.ledger, rehearsed.calendar)
    first, last = (rehearsed.calendar.local_day(one) for one in (rehearsed.scenario.start, rehearsed.scenario.end))
    monday, weeks = monday_of(first), []
    while monday <= last:
        weeks.append(_week(rehearsed, days, monday))
        monday += WEEK
    places = Counter({f"{standing}, {stage}": count for (standing, stage), count in sorted(tally.places.items())})
    return SimulationReport(
        tuple(weeks), _summary(rehearsed, weeks, days), dict(sorted(days.items())), dict(places), tuple(tally.refused)
    )


def _week(rehearsed: Rehearsed, days: Counter[date], monday: date) -> Week:
    tally = rehearsed.tally
    within = [monday + WEEK / 7 * number for number in range(7)]
    acts = Counter({name: sum(tally.acts[user, day] for day in within) for user, name in sorted(tally.names.items())})
    return Week(
        monday=monday,
        late={owner: tally.overdue[monday, owner] for owner in OWNERS},
        acts=dict(+acts),
        emails=sum(days[day] for day in within),
        busiest=max(days[day] for day in within),
        certificates=sum(count for day, count in tally.certificates.items() if day < monday + WEEK),
    )


def _summary(rehearsed: Rehearsed, weeks: list[Week], days: Counter[date]) -> dict[str, int]:
    standings: Counter[str] = Counter()
    for (standing, _), count in rehearsed.tally.places.items():
        standings[standing] += count
    return {
        "engagements": standings.total(),
        "completed": standings["completed"],
        "lapsed": standings["lapsed"],
        "certificates": sum(rehearsed.tally.certificates.values()),
        "emails": days.total(),
        "emails on the busiest day": max(days.values(), default=0),
        "late at the council, worst week": max((week.late["council"] for week in weeks), default=0),
        "late at schools, worst week": max((week.late["school"] for week in weeks), default=0),
        "acts of the busiest advisor in a week": max((max(week.acts.values(), default=0) for week in weeks), default=0),
    }
