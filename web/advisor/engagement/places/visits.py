"""The visits of one engagement: their dates, what was judged and by whom, and what the school has to do after them."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from web.advisor.engagement import available_forms, trigger_buttons
from web.advisor.engagement.places import meetings, place
from workflow.domain.guards import OUTCOME_TITLES
from workflow.engine import available
from workflow.queries.places.frame import CaseFrame
from workflow.queries.places.meetings import actions_of, judgements_of, read_meetings
from workflow.store.tables.user import User
from workflow.usecases import users


def show(db: Session, frame: CaseFrame, user: User, now: datetime) -> dict[str, Any]:
    offer, engagement = frame.offer, frame.engagement
    read = read_meetings(db, offer, engagement)
    openings = available_forms.found(read, now, user.role)
    found = available(db, engagement.id, users.actor_of(user))
    here = [one for one in found if place.of_trigger(offer, one.trigger) == place.VISITS]
    return meetings.shown_at(read, openings, place.VISITS) | {
        "actions": trigger_buttons.sorted_out(here, offer, user.role),
        "judged": {one.appointment_id: one for one in judgements_of(db, engagement.id)},
        "outcomes": OUTCOME_TITLES,
        "plan": actions_of(db, engagement.id),
    }
