"""What the figures are made of, each read at most once for a page, and none for a file that needs it not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import pairwise

from sqlalchemy.orm import Session

from workflow.calendar.local_time import local_day
from workflow.forecasting.stay_counts import StayCount, count_stays
from workflow.offer.definition import Offer
from workflow.offer.installed.all_versions import AllVersions
from workflow.queries.insight.kept_promises import begins, months_back
from workflow.queries.insight.stages import StageCount, count_stages
from workflow.queries.insight.turns import StageTurns, count_turns
from workflow.queries.outlines import editions_of

#: How far back the figures look: a year, and the month in progress.
MONTHS = 13


@dataclass(frozen=True)
class Reading:
    """One offer in all of its versions, as it stands at one moment."""

    db: Session
    known: AllVersions
    now: datetime

    @property
    def offer(self) -> Offer:
        """The newest of them."""
        return self.known.newest

    @property
    def code(self) -> str:
        return self.offer.offer.code

    @property
    def today(self) -> date:
        return local_day(self.now)

    @cached_property
    def of_offer(self) -> str:
        """What an address of a list needs besides, so that it is of this offer; empty where there is no other."""
        return f"&offer={self.code}" if len(editions_of(self.db).offers) > 1 else ""

    @cached_property
    def months(self) -> Sequence[date]:
        """The first days of the months that are looked at, of which this one is the last."""
        return months_back(self.now, MONTHS)

    @cached_property
    def stages(self) -> Sequence[StageCount]:
        return count_stages(self.db, self.known, self.now)

    @cached_property
    def stays(self) -> Sequence[StayCount]:
        return count_stays(self.db, self.code, begins(self.months[0]), self.now)

    @cached_property
    def turns(self) -> Sequence[StageTurns]:
        return count_turns(self.db, self.known, begins(self.months[0]), self.now)

    @cached_property
    def months_ahead(self) -> dict[date, date]:
        """The last day of each of the coming twelve months, this one the first, by its first day."""
        firsts = [self.months[-1]]
        while len(firsts) < MONTHS:
            firsts.append((firsts[-1] + timedelta(days=32)).replace(day=1))
        return {first: after - timedelta(days=1) for first, after in pairwise(firsts)}
