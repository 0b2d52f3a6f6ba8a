"""The letters of one engagement: those on their way or stuck, and the exact copies of those that went out."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from flask import request
from sqlalchemy.orm import Session

from web.advisor.engagement.places import place
from web.formatting import day
from web.wire.row_number import row_number
from workflow.domain import effects
from workflow.domain.contacts.kinds import CONTACTS, SCHOOL_LEAD
from workflow.domain.effects import Recipient
from workflow.queries.places.frame import CaseFrame
from workflow.queries.places.messages import sent_letters, unsettled
from workflow.queries.places.people import participants_of
from workflow.store.tables.owed_effect import OwedEffect
from workflow.store.tables.participant import Participant
from workflow.store.tables.user import User
from workflow.usecases.contacts import contacts
from workflow.usecases.contacts.contacts import Held


def show(db: Session, frame: CaseFrame, _user: User, _now: datetime) -> dict[str, Any]:
    people = participants_of(db, frame.engagement.id)
    speaking = contacts.current(db, frame.engagement)
    readers = _readers(frame, people, speaking)
    to = request.args.get("to", "")
    chosen = to if to in readers else ""
    page = sent_letters(db, frame.engagement.id, to=chosen, before=row_number(request.args.get("before", "")))
    return {
        "owed": [
            (row, _recipient(frame, people, speaking, row), _right_there(frame, row))
            for row in unsettled(db, frame.engagement.id)
        ],
        "days": [(said, list(letters)) for said, letters in groupby(page.letters, lambda one: day(one.email.sent_at))],
        "older": page.older,
        "newest": "before" not in request.args,
        "readers": readers,
        "to": chosen,
    }


def _readers(frame: CaseFrame, people: Sequence[Participant], speaking: Mapping[str, Held]) -> dict[str, str]:
    """With whom there may be a conversation, by what the address calls them."""
    engagement = frame.engagement
    known = {"school_lead": f"{engagement.lead_name or 'Nobody named yet'} (school lead)"}
    known |= {kind: f"{one.name} ({one.title.lower()})" for kind, one in speaking.items() if kind != SCHOOL_LEAD}
    return known | {str(one.id): one.name for one in people} | {"council": "The council’s own staff"}


def _right_there(frame: CaseFrame, row: OwedEffect) -> str:
    """Where on these pages the name and address of whom it is for can be put right."""
    who, reference = Recipient.parse(row.recipient), frame.engagement.reference
    if who.audience in CONTACTS:
        return place.of_contact(reference, who.audience)
    if not (who.is_participant and who.id):
        return ""
    return place.of_correction(reference, who.id) if row.kind == "email" else place.of_person(reference, who.id)


def _recipient(frame: CaseFrame, people: Sequence[Participant], speaking: Mapping[str, Held], row: OwedEffect) -> str:
    """Who an owed effect is for, by name where the case knows it."""
    who = Recipient.parse(row.recipient)
    match who.audience:
        case kind if kind in CONTACTS:
            return speaking[kind].name if kind in speaking else f"the {CONTACTS[kind].lower()}"
        case "advisor":
            return frame.advisor.name if frame.advisor else "the advisor"
        case "lead_advisor":
            return "the lead advisor"
        case effects.FORMER:
            return "whoever was invited before"
        case _:
            names = {person.id: person.name for person in people}
            return names.get(who.id or 0, "somebody who has left")
