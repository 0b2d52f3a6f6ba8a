"""The people of one engagement: the school's lead, the advisor, and those who take part, with their certificates."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from web.advisor.engagement import available_forms
from workflow.acts.contacts import HOW
from workflow.queries.lists.returned import returned
from workflow.queries.places.frame import CaseFrame
from workflow.queries.places.people import certificates_of, participants_of
from workflow.store.history.renewals import renewals_among
from workflow.store.tables.user import User
from workflow.usecases import users
from workflow.usecases.accounts.readers import invitations
from workflow.usecases.contacts import contacts, proposals


def show(db: Session, frame: CaseFrame, user: User, now: datetime) -> dict[str, Any]:
    engagement, certificates = frame.engagement, certificates_of(db, frame.engagement.id)
    held = contacts.held(db, engagement)
    came_back = returned(db, [engagement.reference]) if frame.stuck else {}
    there = users.advisors(db, engagement.offer_code)
    return {
        "contacts": held,
        "current": {one.kind: one for one in held if one.until is None},
        "proposed": proposals.open_ones(db, engagement.id, now),
        "returned": {one.contact: one.number for one in came_back.get(engagement.reference, ()) if one.contact},
        "HOW": HOW,
        "readers": invitations.of_school(db, engagement.school_urn, frame.school.trust_code, now),
        "participants": participants_of(db, engagement.id),
        "certificates": certificates,
        "renewals": renewals_among(db, certificates),
        "nominates": available_forms.nominates(frame.offer, engagement, user.role),
        "advisors": {one.email: one.name for one in there if one.id != engagement.advisor_id},
    }
