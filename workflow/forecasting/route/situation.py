"""Where a route has come to: an offer, a stage, the facts as they would be, and the days on which dates fall. Pure."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from workflow.calendar.span import Span, Unit
from workflow.calendar.working_days import Calendar
from workflow.domain.facts import AppointmentFact, Facts
from workflow.forecasting.route.act import Party
from workflow.offer.definition import Offer

_DAY = timedelta(days=1)
_UNITS: dict[Party, Unit] = {"council": "council days", "school": "school days", "participant": "school days"}


@dataclass(frozen=True, slots=True)
class Situation:
    """`facts` are those of `today`, the day that the route has come to, with what it has done since."""

    offer: Offer
    calendar: Calendar
    stage: str
    facts: Facts
    today: date

    def with_facts(self, **changes: Any) -> "Situation":
        return Situation(self.offer, self.calendar, self.stage, replace(self.facts, **changes), self.today)

    def working_day(self, party: Party, day: date) -> date:
        """The first day from this one on at which they are at work."""
        unit = _UNITS[party]
        return day if self.calendar.is_open(day, unit) else self.calendar.add(day, Span(1, unit))

    def meeting_day(self, kind: str, agreed_on: date) -> date:
        """The first day for a meeting agreed on a day: after its notice, with both the school and the council there."""
        notice = self.offer.appointment[kind].notice
        day = self.calendar.add(agreed_on, notice) if notice else agreed_on + _DAY
        while not (self.calendar.is_open(day, "school days") and self.calendar.is_open(day, "council days")):
            day += _DAY
        return day

    def planned(self, kind: str) -> AppointmentFact | None:
        """The date of this kind that is agreed and has not taken place, the latest if there are several."""
        ahead = [one for one in self.facts.booked(kind) if one.status == "booked"]
        return ahead[-1] if ahead else None

    def choosable(self, kind: str) -> AppointmentFact | None:
        """Dates that the school may choose from, the first of them still ahead when it is next at work."""
        chosen = max(self.today + _DAY, self.working_day("school", self.today))
        there = [one for one in self.facts.offered(kind) if self.local(one.starts_at) >= chosen]
        return there[-1] if there else None

    def local(self, moment: datetime) -> date:
        return self.calendar.local_day(moment)
