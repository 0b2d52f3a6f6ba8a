"""The people of one engagement: the school's lead, the advisor, and those who take part, with their certificates."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from web.advisor.engagement import available_forms
from workflow.queries.places.frame import CaseFrame
from workflow.queries.places.people import certificates_of, participants_of
from workflow.store.tables.user import User
from workflow.usecases import users


def show(db: Session, frame: CaseFrame, user: User, _now: datetime) -> dict[str, Any]:
    engagement = frame.engagement
    return {
        "participants": participants_of(db, engagement.id),
        "certificates": certificates_of(db, engagement.id),
        "nominates": available_forms.nominates(frame.offer, engagement, user.role),
        "advisors": {one.email: one.name for one in users.advisors(db) if one.id != engagement.advisor_id},
    }
