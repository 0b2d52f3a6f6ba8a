"""What the address of a list asks for. A word nobody knows asks for nothing."""

from collections.abc import Mapping
from datetime import datetime
from typing import get_args
from zoneinfo import ZoneInfo

from workflow.domain.school_phases import SCHOOL_PHASES
from workflow.domain.standing import STANDINGS
from workflow.queries.lists.engagement_list import Order, Wanted
from workflow.queries.lists.today import days_of
from workflow.store.tables.promise import OWNERS

#: Everything by which a list is filtered, with the label of its field.
FILTERS: Mapping[str, str] = {
    "stage": "Stage",
    "standing": "State",
    "advisor": "Looked after by",
    "owes": "Whose move it is",
    "due": "Due",
    "phase": "Kind of school",
    "sending": "Messages",
}
MINE, NOBODY, OTHERS = "mine", "nobody", "others"


class Reading:
    """How addresses are read for somebody at this moment. `advisors` are by their numbers as an address has them."""

    def __init__(
        self, stages: Mapping[str, str], advisors: Mapping[str, str], user_id: int, now: datetime, zone: ZoneInfo
    ) -> None:
        self.stages, self.advisors, self.user_id = stages, advisors, user_id
        self.now, self.days = now, days_of(now, zone)

    def wanted(self, given: Mapping[str, str]) -> Wanted:
        stage, standing, phase = (given.get(name, "") for name in ("stage", "standing", "phase"))
        advisor, owes = given.get("advisor", ""), given.get("owes", "")
        after, by = self._due(given.get("due", ""))
        order: Order = next((one for one in get_args(Order) if one == given.get("order")), "due")
        return Wanted(
            stage=stage if stage in self.stages else None,
            standing=standing if standing in STANDINGS else None,
            advisor=self._advisor(advisor),
            besides=self.user_id if advisor == OTHERS else None,
            owes=owes if owes in OWNERS else None,
            due_after=after,
            due_by=by,
            stuck=given.get("sending") == "stuck",
            phase=phase if phase in SCHOOL_PHASES.values() else None,
            order=order,
        )

    def _advisor(self, text: str) -> int | None:
        if text in (MINE, NOBODY):
            return self.user_id if text == MINE else 0
        return int(text) if text in self.advisors else None

    def _due(self, text: str) -> tuple[datetime | None, datetime | None]:
        days = self.days
        within = {"late": (None, self.now), "today": (self.now, days.today), "week": (days.today, days.week)}
        return within.get(text, (None, None))
