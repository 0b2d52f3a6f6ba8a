"""What happened to one engagement, newest first and a page at a time."""

from datetime import datetime
from typing import Any

from flask import request
from sqlalchemy.orm import Session

from web.wire.row_number import row_number
from workflow.acts.registry import ACTS
from workflow.acts.rollout.versions import others
from workflow.domain.standing import OPEN_STANDINGS
from workflow.queries.history import history_page
from workflow.queries.places.frame import CaseFrame
from workflow.store.tables.user import User


def show(db: Session, frame: CaseFrame, user: User, _now: datetime) -> dict[str, Any]:
    cut = row_number(request.args.get("before", ""))
    page = history_page(db, frame.offer, frame.engagement.id, cut)
    return {
        "page": page,
        "seqs": {line.seq for line in page.lines},
        "newest": cut is None,
        "versions": others(db, frame.offer) if may_change(frame, user) else {},
    }


def may_change(frame: CaseFrame, user: User) -> bool:
    """Whether another version may be chosen for it."""
    return user.role in ACTS["change_version"].pages and frame.engagement.standing in OPEN_STANDINGS
