"""How many engagements have come how far, and how long those under way have been at their stage."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from workflow.domain.standing import ENDED_EARLY
from workflow.offer.installed.all_versions import AllVersions
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
    """One stage: how many engagements `reached` it, and whose journey `won` by that, as it is their version's goal; of
    those that stand there now how many are what; `ages` are the active ones by how long they have been at it, in the
    order of `AGE_TITLES`."""

    name: str
    title: str
    reached: int
    won: int
    active: int
    on_hold: int
    completed: int
    ended_early: int
    ages: tuple[int, ...]


def count_stages(session: Session, known: AllVersions, now: datetime) -> list[StageCount]:
    """Every stage of the offer, in the order of the journey, whichever version an engagement is under; one at which a
    journey is given up, once some have been. One query, answered with a few rows for each stage."""
    age = case(
        *((Engagement.stage_since >= now - timedelta(days=most), place) for place, (most, _) in enumerate(AGES)),
        else_=len(AGES),
    )
    kinds = (Engagement.offer_version, Engagement.stage, Engagement.standing, age.label("age"))
    asked = select(*kinds, func.count()).where(Engagement.offer_code == known.code).group_by(*kinds)
    reached, won, counted = Counter[str](), Counter[str](), Counter[tuple[str, str, int]]()
    for version, stage, standing, old, number in session.execute(asked):
        counted[stage, standing, old] += number
        passed = known.passed(version, stage)
        reached.update(dict.fromkeys(passed, number))
        won.update({known.goal(version): number} if known.goal(version) in passed else {})
    shown = {name: title for name, title in known.titles.items() if name in known.on_the_way or reached[name]}
    return [_told(name, title, (reached[name], won[name]), counted) for name, title in shown.items()]


def _told(name: str, title: str, came: tuple[int, int], counted: Counter[tuple[str, str, int]]) -> StageCount:
    def number(*standings: str) -> int:
        return sum(many for (at, standing, _), many in counted.items() if at == name and standing in standings)

    return StageCount(
        name,
        title,
        *came,
        number("active"),
        number("on_hold"),
        number("completed"),
        number(*ENDED_EARLY),
        tuple(counted[name, "active", old] for old in range(len(AGE_TITLES))),
    )


def all_of(stages: Sequence[StageCount]) -> int:
    """How many engagements there are."""
    return sum(one.active + one.on_hold + one.completed + one.ended_early for one in stages)


def under_way(stages: Sequence[StageCount]) -> int:
    return sum(stage.active for stage in stages)
