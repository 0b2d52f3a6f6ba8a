"""How many of a reader's schools are at which stage, and where somebody is late. One query for all of them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import and_, case, func, select
from sqlalchemy.orm import Session

from workflow.domain.standing import STANDINGS
from workflow.offer.installed.editions import Edition
from workflow.queries.lists.wanted import Wanted, conditions
from workflow.queries.outlines import editions_of
from workflow.store.record import holds
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.promise import OWNERS, PromiseRow
from workflow.store.tables.school import School


class AtStage(NamedTuple):
    """So many are under way at a stage; of them the council or the school is late with what is theirs."""

    name: str
    title: str
    active: int
    late: Mapping[str, int]


class Counts(NamedTuple):
    """The stages at which somebody is, in the order of the journey, and all engagements by their standing."""

    stages: Sequence[AtStage]
    standings: Mapping[str, int]


def stage_counts(session: Session, reader_id: int, now: datetime, offer: Edition | None = None) -> Counts:
    """Under one offer, or under all."""
    late = [func.sum(case((and_(PromiseRow.owner == one, PromiseRow.due_at < now), 1), else_=0)) for one in OWNERS]
    place = (Engagement.offer_code, Engagement.offer_version, Engagement.stage, Engagement.standing)
    wanted = (
        select(*place, func.count(), *late)
        .select_from(Engagement)
        .join(School, School.urn == Engagement.school_urn)
        .outerjoin(PromiseRow, and_(PromiseRow.engagement_id == Engagement.id, holds(PromiseRow.status, "open")))
        .where(*conditions(Wanted(reader=reader_id, now=now, offer=offer)))
        .group_by(*place)
    )
    titles = editions_of(session).stages(offer)
    standings, found = dict.fromkeys(STANDINGS, 0), dict[str, AtStage]()
    for _, _, stage, standing, number, *by_owner in session.execute(wanted):
        standings[standing] += number
        if standing == "active":
            before = found.get(stage, AtStage(stage, titles.get(stage, stage), 0, dict.fromkeys(OWNERS, 0)))
            both = {one: before.late[one] + more for one, more in zip(OWNERS, by_owner, strict=True)}
            found[stage] = before._replace(active=before.active + number, late=both)
    order = [*titles]
    stages = sorted(found.values(), key=lambda one: order.index(one.name) if one.name in order else len(order))
    return Counts(stages, {name: number for name, number in standings.items() if number})
