"""What the address of a list asks for. A word nobody knows asks for nothing; an offer that nobody knows is not found,
and a day that nobody can mean is told.
"""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import get_args
from zoneinfo import ZoneInfo

from web.lists.choices import Choices
from workflow.calendar.local_time import moment_of
from workflow.calendar.typed_date import Mistyped, read_date, typed
from workflow.domain.school_phases import SCHOOL_PHASES
from workflow.domain.standing import STANDINGS
from workflow.english import day_in_words
from workflow.queries.lists.today import days_of
from workflow.queries.lists.wanted import Order, Wanted
from workflow.store.tables.promise import OWNERS

#: Everything by which a list is filtered, with the label of its field.
FILTERS: Mapping[str, str] = {
    "stage": "Stage",
    "standing": "State",
    "advisor": "Looked after by",
    "owes": "Whose move it is",
    "due": "Due",
    "phase": "Kind of school",
    "trust": "Trust",
    "offer": "Offer",
    "sending": "Messages",
}
#: Days between which a meeting is or was, both included.
DAYS: Mapping[str, str] = {"from": "Meeting from", "to": "Meeting until"}
#: Years in which anybody could have a meeting here; another one is mistyped.
_YEARS = range(2000, 2100)
MINE, NOBODY, OTHERS = "mine", "nobody", "others"


class Reading:
    """How addresses are read for somebody at this moment."""

    def __init__(self, choices: Choices, user_id: int, now: datetime, zone: ZoneInfo) -> None:
        self.choices, self.user_id = choices, user_id
        self.now, self.days, self.zone = now, days_of(now, zone), zone

    def wanted(self, given: Mapping[str, str]) -> Wanted:
        """Raises NotFound for an offer that nobody knows: all others would be shown in its place."""
        choices = self.choices.of(given.get("offer", ""))
        stage, standing, phase = (given.get(name, "") for name in ("stage", "standing", "phase"))
        trust = given.get("trust", "")
        advisor, owes = given.get("advisor", ""), given.get("owes", "")
        after, by = self._due(given.get("due", ""))
        order: Order = next((one for one in get_args(Order) if one == given.get("order")), "due")
        return Wanted(
            stage=stage if stage in choices.stages else None,
            standing=standing if standing in STANDINGS else None,
            advisor=self._advisor(advisor),
            besides=self.user_id if advisor == OTHERS else None,
            owes=owes if owes in OWNERS else None,
            due_after=after,
            due_by=by,
            stuck=given.get("sending") == "stuck",
            phase=phase if phase in SCHOOL_PHASES.values() else None,
            trust=trust if trust in self.choices.trusts else None,
            offer=choices.edition,
            meets_from=self._midnight(day_typed(given.get("from", "")), later=timedelta()),
            meets_before=self._midnight(day_typed(given.get("to", "")), later=timedelta(days=1)),
            order=order,
        )

    def _advisor(self, text: str) -> int | None:
        if text in (MINE, NOBODY):
            return self.user_id if text == MINE else 0
        return int(text) if text in self.choices.advisors else None

    def _due(self, text: str) -> tuple[datetime | None, datetime | None]:
        days = self.days
        within = {"late": (None, self.now), "today": (self.now, days.today), "week": (days.today, days.week)}
        return within.get(text, (None, None))

    def _midnight(self, day: date | None, later: timedelta) -> datetime | None:
        return moment_of(datetime.combine(day + later, time()), self.zone) if day else None


def day_typed(text: str) -> date | None:
    """A day in one field, as an address has it. None where it is no day that anybody could mean."""
    try:
        found = read_date(typed(text, "", ""))
    except Mistyped:
        return None
    return found if found.year in _YEARS else None


def mistakes(given: Mapping[str, str]) -> dict[str, str]:
    """What is wrong with the days that were typed, by field."""
    days = {name: day_typed(given.get(name, "")) for name in DAYS}
    wrong = {
        name: f"{DAYS[name]}: enter a real date, such as 23/11/2026"
        for name, day in days.items()
        if day is None and given.get(name, "").strip()
    }
    first, last = days["from"], days["to"]
    if first and last and last < first:
        wrong["to"] = f"{DAYS['to']}: enter a day that is not before {day_in_words(first)}"
    return wrong


def kept(given: Mapping[str, str], choices: Choices) -> dict[str, str]:
    """What of an address a list under a name keeps: its filters and its order, and nothing that was searched for.
    Raises NotFound for an offer that nobody knows."""
    among = choices.of(given.get("offer", "")).of_each()
    known = {name: given.get(name, "") for name in (*FILTERS, "order")}
    days = {name: given.get(name, "") for name in DAYS if day_typed(given.get(name, ""))}
    return {name: value for name, value in known.items() if value and value in among[name]} | days


def told(filters: Mapping[str, str], choices: Choices) -> dict[str, str]:
    """What a list is filtered by, as people call it; what is not there any more as the list has it."""
    asked = filters.get("offer", "")
    among = choices.of(asked if asked in choices.editions.words else "").of_each()
    labels = {**FILTERS, **DAYS, "order": "Order"}
    return {labels[name]: among[name].get(value, value) if name in among else value for name, value in filters.items()}
