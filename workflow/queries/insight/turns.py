"""Whose turn it was while engagements waited: how many days the next move lay with the council and with schools."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import and_, func, literal, or_, select
from sqlalchemy.orm import Session, aliased

from workflow.domain.happening import VERSION_CHANGED
from workflow.forecasting.stay_counts import SECONDS_A_DAY, epoch
from workflow.offer.installed.all_versions import AllVersions
from workflow.store.record import UtcDateTime, holds
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.event import Event
from workflow.store.tables.promise import PromiseRow


class StageTurns(NamedTuple):
    """The days that each had the next move at a stage, of all engagements together. On hold nobody has it."""

    title: str
    council: int
    school: int


def count_turns(session: Session, known: AllVersions, since: datetime, now: datetime) -> Sequence[StageTurns]:
    """Of the turns that ended since then, and those that go on. One query, answered with two rows for each stage.

    A turn begins with the event that opened its promise: what is taken up again after a hold remembers an older day.
    A turn in the middle of which an engagement went on under another version is one of the stage that it goes on at.
    """
    until = func.coalesce(PromiseRow.closed_at, literal(now, UtcDateTime()))
    lasted = epoch(until) - epoch(Event.at)
    opened = and_(Event.engagement_id == PromiseRow.engagement_id, Event.seq == PromiseRow.opened_seq)
    goes_on = and_(PromiseRow.status == "open", Engagement.standing == "active")
    moved = aliased(Event)
    by_move = and_(
        moved.engagement_id == PromiseRow.engagement_id,
        moved.seq == PromiseRow.closed_seq,
        holds(moved.name, VERSION_CHANGED),
    )
    stage = func.coalesce(moved.to_stage, PromiseRow.stage).label("at")
    asked = (
        select(stage, PromiseRow.owner, func.sum(lasted))
        .join(Event, opened)
        .outerjoin(moved, by_move)
        .join(Engagement, Engagement.id == PromiseRow.engagement_id)
        .where(Engagement.offer_code == known.code, or_(PromiseRow.closed_at >= since, goes_on))
        .group_by(stage, PromiseRow.owner)
    )
    found = Counter({(stage, owner): int(seconds) for stage, owner, seconds in session.execute(asked)})
    return [
        StageTurns(title, *(round(found[name, owner] / SECONDS_A_DAY) for owner in ("council", "school")))
        for name, title in known.passing.items()
    ]
