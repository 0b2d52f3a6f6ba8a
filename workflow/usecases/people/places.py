"""Whether a school gives somebody's place to somebody else by itself, or asks its advisor, in words for a school."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.domain.email_address import as_kept
from workflow.domain.lifecycles import COMPLETED_STATUSES
from workflow.store.reversals import MISTAKE
from workflow.store.tables.participant import Participant
from workflow.usecases.people import away


def not_given(session: Session, leaving: Participant, email: str) -> Mapping[str, str]:
    """Why not, by the field of the form that it is about; nothing where the offer is to say."""
    if leaving.status in COMPLETED_STATUSES:
        done = f"{leaving.name} has completed what was asked"
        return {"name": f"{done}. Ask your advisor if somebody else is to come instead"}
    mine = (Participant.engagement_id == leaving.engagement_id) & (Participant.email == as_kept(email))
    there = session.scalar(select(Participant).where(mine, Participant.id != leaving.id))
    if there is None or (there.status, there.reason) == ("withdrawn", MISTAKE):
        return {}
    if away.is_away(there):
        return {"email": f"{away.since_and_why(session, there)} Ask your advisor if they are to take part again"}
    return {"email": f"{there.email} is the address of {there.name}, who takes part already. Name somebody else"}
