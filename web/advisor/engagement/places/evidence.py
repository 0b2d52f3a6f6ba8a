"""What each person has sent in as evidence, and what came of it. It is read and reviewed on the person's own page."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from workflow.queries.places.evidence import read_evidence
from workflow.queries.places.frame import CaseFrame
from workflow.store.tables.user import User


def show(db: Session, frame: CaseFrame, _user: User, _now: datetime) -> dict[str, Any]:
    lines = read_evidence(db, frame.engagement.id)
    return {"lines": lines, "to_review": [one for one in lines if one.waits and frame.is_open]}
