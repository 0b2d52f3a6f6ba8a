"""Who takes part in one engagement, and which certificates they hold."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.store.tables.certificate import Certificate
from workflow.store.tables.participant import Participant


def participants_of(session: Session, engagement_id: int) -> tuple[Participant, ...]:
    """In the order in which they were named."""
    mine = Participant.engagement_id == engagement_id
    return tuple(session.scalars(select(Participant).where(mine).order_by(Participant.id)))


def certificates_of(session: Session, engagement_id: int) -> tuple[Certificate, ...]:
    """Those that were replaced or withdrawn too."""
    mine = Certificate.engagement_id == engagement_id
    return tuple(session.scalars(select(Certificate).where(mine).order_by(Certificate.id)))
