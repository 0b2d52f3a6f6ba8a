"""How many engagements have come how far, and how long those under way have been at their stage."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from workflow.domain.standing import ENDED_EARLY
from workflow.offer.definition import Offer
from workflow.store.tables.engagement import Engagement

#: Up to how many days each age goes, with its words; the last has no end.
AGES: tuple[tuple[int, str], ...] = (
    (14, "2 weeks or less"),
    (28, "2 to 4 weeks"),
    (56, "4 to 8 weeks"),
    (112, "8 to 16 weeks"),
)
OLDEST = "Over 16 weeks"
AGE_TITLES = (*(title for _, title in AGES), OLDEST)


class StageCount(NamedTuple):
    """One stage: how many engagements `reached` it, and of those that stand there now how many are what; `ages` are the
    active ones by how long they have been at it, in the order of `AGE_TITLES`."""

    name: str
    title: str
    reached: int
    active: int
    on_hold: int
    completed: int
    ended_early: int
    ages: tuple[int, ...]


def count_stages(session: Session, offer: Offer, now: datetime) -> list[StageCount]:
    """Every stage of the offer, in the order of the journey. One query, answered with a few rows for each stage."""
    age = case(
        *((Engagement.stage_since >= now - timedelta(days=most), place) for place, (most, _) in enumerate(AGES)),
        else_=len(AGES),
    )
    kinds = (Engagement.stage, Engagement.standing, age.label("age"))
    asked = select(*kinds, func.count()).where(Engagement.offer_code == offer.offer.code).group_by(*kinds)
    counted = Counter({(stage, standing, old): number for stage, standing, old, number in session.execute(asked)})
    return _told(offer, counted)


def _told(offer: Offer, counted: Counter[tuple[str, str, int]]) -> list[StageCount]:
    def number(stage: str, *standings: str) -> int:
        return sum(many for (at, standing, _), many in counted.items() if at == stage and standing in standings)

    here = [sum(many for (at, _, _), many in counted.items() if at == stage.name) for stage in offer.stages]
    return [
        StageCount(
            stage.name,
            stage.title,
            sum(here[place:]),
            number(stage.name, "active"),
            number(stage.name, "on_hold"),
            number(stage.name, "completed"),
            number(stage.name, *ENDED_EARLY),
            tuple(counted[stage.name, "active", old] for old in range(len(AGE_TITLES))),
        )
        for place, stage in enumerate(offer.stages)
    ]


def under_way(stages: Sequence[StageCount]) -> int:
    return sum(stage.active for stage in stages)
