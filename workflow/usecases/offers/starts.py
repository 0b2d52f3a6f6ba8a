"""From which day orders are for a version of an offer."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflow.domain.actor import Actor
from workflow.store.tables.offers.offer_revision import OfferRevision
from workflow.store.tables.offers.offer_start import OfferStart
from workflow.usecases.offers.permission import agree_may


def of_all(session: Session) -> Mapping[tuple[str, str], date]:
    """By code and version; what has always been there is not in it."""
    last = select(func.max(OfferStart.id)).group_by(OfferStart.code, OfferStart.version)
    rows = session.scalars(select(OfferStart).where(OfferStart.id.in_(last)))
    return {(one.code, one.version): one.starts_on for one in rows}


def begin_on(session: Session, revision: OfferRevision, day: date, *, actor: Actor, now: datetime) -> None:
    """Orders of that day and later are for it; what has begun stays as it is. Raises NotAllowed."""
    agree_may(actor)
    session.add(
        OfferStart(code=revision.code, version=revision.version, starts_on=day, set_at=now, set_by=actor.user_id)
    )
