"""The meetings of one engagement and what can be recorded about them. Visits have a place of their own."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from web.advisor.engagement import available_forms
from web.advisor.engagement.available_forms import Openings
from web.advisor.engagement.places import place
from web.formatting import PURPOSES
from workflow.queries.places.frame import CaseFrame
from workflow.queries.places.meetings import Meetings, read_meetings
from workflow.store.tables.appointment import Appointment, OfferedDate
from workflow.store.tables.user import User


@dataclass(frozen=True, slots=True)
class AppointmentText:
    """An appointment in words. `outputs` is what was agreed at it, or that nothing needs to be; `reason` is why it was
    cancelled; `offered` are the dates that the school can choose from."""

    id: int
    title: str
    purpose: str
    status: str
    starts_at: datetime
    offered: tuple[OfferedDate, ...]
    place: str
    outputs: str
    reason: str


def show(db: Session, frame: CaseFrame, user: User, now: datetime) -> dict[str, Any]:
    read = read_meetings(db, frame.offer, frame.engagement)
    return shown_at(read, available_forms.found(read, now, user.role), place.MEETINGS)


def shown_at(read: Meetings, openings: Openings, where: str) -> dict[str, Any]:
    """The dates and forms that stand at this place."""
    kinds = {kind.name for kind in read.offer.appointments if place.of_meeting(read.offer, kind.name) == where}
    forms = tuple(one for one in openings.meetings if one.kind.name in kinds)
    return {
        "meetings": list(in_words(read, (one for one in read.appointments if one.kind in kinds))),
        "openings": replace(openings, meetings=forms),
    }


def in_words(read: Meetings, dates: Iterable[Appointment]) -> Iterable[AppointmentText]:
    cancel = read.offer.status_transition.get(("appointment", "cancel"))
    for one in dates:
        kind = read.offer.appointment[one.kind]
        yield AppointmentText(
            id=one.id,
            title=kind.title,
            purpose=PURPOSES[one.purpose],
            status=one.status,
            starts_at=one.starts_at,
            offered=tuple(date for date in read.offered if date.appointment_id == one.id),
            place=one.place,
            outputs=one.outputs or ("Nothing written yet" if kind.outputs else "Not needed"),
            reason=cancel.reasons.get(one.reason or "", "") if cancel else "",
        )
