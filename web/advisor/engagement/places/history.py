"""What happened to one engagement, newest first and a page at a time."""

from datetime import datetime
from typing import Any

from flask import request
from sqlalchemy.orm import Session

from workflow.queries.history import history_page
from workflow.queries.places.frame import CaseFrame
from workflow.store.tables.user import User


def show(db: Session, frame: CaseFrame, _user: User, _now: datetime) -> dict[str, Any]:
    before = request.args.get("before", "")[:9]
    cut = int(before) if before.isascii() and before.isdecimal() else None
    page = history_page(db, frame.offer, frame.engagement.id, cut)
    return {"page": page, "seqs": {line.seq for line in page.lines}, "newest": cut is None}
