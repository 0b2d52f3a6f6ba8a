"""What each participant of one engagement has sent in, and what came of it: one line for each person."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from workflow.domain.lifecycles import REVIEWABLE_STATUSES
from workflow.queries.places.people import participants_of
from workflow.store.tables.participant import Participant
from workflow.store.tables.submission import Review, Submission


@dataclass(frozen=True, slots=True)
class SentEvidence:
    """`version` is the last one that was sent, nought where nothing was. `unmet` counts the criteria that its review
    found not met; None before one. `waits` says that the council has to decide about it."""

    person: Participant
    version: int = 0
    sent_at: datetime | None = None
    reviewed_at: datetime | None = None
    unmet: int | None = None

    @property
    def waits(self) -> bool:
        return self.person.status in REVIEWABLE_STATUSES


def read_evidence(session: Session, engagement_id: int) -> tuple[SentEvidence, ...]:
    """Two queries, however many people there are and however much they sent."""
    people = participants_of(session, engagement_id)
    last = {row.participant_id: row for row in _sent(session, engagement_id)}
    return tuple(_line(one, last.get(one.id)) for one in people)


def _sent(session: Session, engagement_id: int) -> list[Row[int, int, datetime, datetime, int]]:
    """Every version, the last of each person at the end."""
    decided = (Review.submission_id == Submission.id) & Review.taken_back.is_(False)
    rows = session.execute(
        select(Submission.participant_id, Submission.version, Submission.sent_at, Review.reviewed_at, Review.unmet)
        .join(Participant, Participant.id == Submission.participant_id)
        .outerjoin(Review, decided)
        .where(Participant.engagement_id == engagement_id)
        .order_by(Submission.version)
    )
    return list(rows)


def _line(person: Participant, row: Row[int, int, datetime, datetime, int] | None) -> SentEvidence:
    if row is None:
        return SentEvidence(person)
    return SentEvidence(person, row.version, row.sent_at, row.reviewed_at, row.unmet)
