"""What participants have asked about their data and nobody has answered yet: for administrators, by when it is due."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.store.tables.engagement import Engagement
from workflow.store.tables.participant import Participant
from workflow.store.tables.requests.data_request import DataRequest

PAGE = 50


class WaitingRequest(NamedTuple):
    """`late` where the month is over."""

    id: int
    kind: str
    said: str
    asked_at: datetime
    due_at: datetime
    late: bool
    name: str
    email: str
    reference: str


def waiting(session: Session, now: datetime) -> Sequence[WaitingRequest]:
    """At most a page of them, in one query: what is answered makes room for the next."""
    rows = session.execute(
        select(DataRequest, Participant.name, Participant.email, Engagement.reference)
        .join(Participant, Participant.id == DataRequest.participant_id)
        .join(Engagement, Engagement.id == Participant.engagement_id)
        .where(DataRequest.answered_at.is_(None))
        .order_by(DataRequest.due_at, DataRequest.id)
        .limit(PAGE)
    )
    return [
        WaitingRequest(one.id, one.kind, one.said, one.asked_at, one.due_at, one.due_at < now, name, email, reference)
        for one, name, email, reference in rows
    ]
