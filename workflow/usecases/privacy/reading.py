"""Who at the council looked at whose evidence, and when: written down each time."""

from collections.abc import Iterable
from datetime import datetime
from typing import Literal, NamedTuple

from sqlalchemy.orm import Session

from workflow.store.tables.access.evidence_read import EvidenceRead


class Look(NamedTuple):
    """`what` is the last version on a page, or the number of a file."""

    participant_id: int
    kind: Literal["page", "file"]
    what: str


def note(session: Session, looks: Iterable[Look], *, user_id: int, now: datetime) -> None:
    session.add_all(
        EvidenceRead(at=now, user_id=user_id, participant_id=one.participant_id, kind=one.kind, what=one.what)
        for one in looks
    )
