"""Whose turn it was while engagements waited: how many days the next move lay with the council and with schools."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import and_, func, literal, or_, select
from sqlalchemy.orm import Session

from workflow.forecasting.stay_counts import SECONDS_A_DAY, epoch
from workflow.offer.definition import Offer
from workflow.store.record import UtcDateTime
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.event import Event
from workflow.store.tables.promise import PromiseRow


class StageTurns(NamedTuple):
    """The days that each had the next move at a stage, of all engagements together. On hold nobody has it."""

    title: str
    council: int
    school: int


def count_turns(session: Session, offer: Offer, since: datetime, now: datetime) -> Sequence[StageTurns]:
    """Of the turns that ended since then, and those that go on. One query, answered with two rows for each stage.

    A turn begins with the event that opened its promise: what is taken up again after a hold remembers an older day.
    """
    until = func.coalesce(PromiseRow.closed_at, literal(now, UtcDateTime()))
    lasted = epoch(until) - epoch(Event.at)
    opened = and_(Event.engagement_id == PromiseRow.engagement_id, Event.seq == PromiseRow.opened_seq)
    goes_on = and_(PromiseRow.status == "open", Engagement.standing == "active")
    asked = (
        select(PromiseRow.stage, PromiseRow.owner, func.sum(lasted))
        .join(Event, opened)
        .join(Engagement, Engagement.id == PromiseRow.engagement_id)
        .where(Engagement.offer_code == offer.offer.code, or_(PromiseRow.closed_at >= since, goes_on))
        .group_by(PromiseRow.stage, PromiseRow.owner)
    )
    found = Counter({(stage, owner): int(seconds) for stage, owner, seconds in session.execute(asked)})
    return [
        StageTurns(one.title, *(round(found[one.name, owner] / SECONDS_A_DAY) for owner in ("council", "school")))
        for one in offer.stages
        if not one.final
    ]
