"""Who at the council has read whose evidence, the newest first: for auditors."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from workflow.store.tables.access.evidence_read import EvidenceRead
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.participant import Participant
from workflow.store.tables.user import User

PAGE = 50


class ReadLine(NamedTuple):
    """One look. `what` is the last version that was on the page, or the number of the file."""

    id: int
    at: datetime
    by: str
    of: str
    participant_id: int
    reference: str
    kind: str
    what: str


def read(session: Session, participant_id: int | None = None, before: int | None = None) -> Sequence[ReadLine]:
    """A page of them, and one more where there are more, in one query. `before` is the number of the last one seen."""
    wanted = [] if participant_id is None else [EvidenceRead.participant_id == participant_id]
    if before is not None:
        wanted.append(EvidenceRead.id < before)
    rows = session.execute(
        select(EvidenceRead, User.name, Participant.name, Engagement.reference)
        .join(User, User.id == EvidenceRead.user_id)
        .join(Participant, Participant.id == EvidenceRead.participant_id)
        .join(Engagement, Engagement.id == Participant.engagement_id)
        .where(*wanted)
        .order_by(EvidenceRead.id.desc())
        .limit(PAGE + 1)
    )
    return [_line(row) for row in rows]


def _line(row: Row[EvidenceRead, str, str, str]) -> ReadLine:
    one, by, of, reference = row
    return ReadLine(one.id, one.at, by, of, one.participant_id, reference, one.kind, one.what)
