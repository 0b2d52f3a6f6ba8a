"""What most commands begin with: which engagement, who does it and when, and times as people type them."""

from datetime import date, datetime
from typing import Any

import click
from sqlalchemy.orm import Session

from web.cli.acting import actor_for
from web.cli.desk import Desk
from workflow import queries
from workflow.definition import Offer
from workflow.offers import offers_of
from workflow.store.engagement import Engagement


def asked(session: Session, desk: Desk, ref: str, email: str | None) -> tuple[int, dict[str, Any]]:
    """The engagement, and who does it when. Raises NotFound or UsageError."""
    return queries.engagement_id(session, ref), {"actor": actor_for(session, email), "now": desk.now()}


def offer_of(session: Session, engagement_id: int) -> Offer:
    one = session.get_one(Engagement, engagement_id)
    return offers_of(session).machine(one.offer_code, one.offer_version).offer


def local_time(text: str, offer: Offer) -> datetime:
    """A time without a zone is local."""
    try:
        given = datetime.fromisoformat(text)
    except ValueError:
        sentence = f"“{text}” is not a time; write it like 2026-12-01T13:30."
        raise click.BadParameter(sentence, param_hint="WHEN") from None
    return given.replace(tzinfo=offer.calendar.zone) if given.tzinfo is None else given.astimezone(offer.calendar.zone)


def a_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(f"“{text}” is not a day; write it like 2026-12-01.") from None
