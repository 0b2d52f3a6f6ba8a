"""One participant whole, as the advisor's page and `recognition participant show` tell it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.domain.lifecycles import HELD_STATUSES
from workflow.engine.catalogue import offers_of
from workflow.offer.definition import Offer
from workflow.queries import evidence_history
from workflow.queries.evidence_history import StoryLine
from workflow.store.history.renewals import Renewals, renewals_among
from workflow.store.tables.appointment import Appointment, Attendance
from workflow.store.tables.certificate import Certificate
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.participant import EntryBasis, Participant


@dataclass(frozen=True, slots=True)
class Attended:
    """One line of a register. `mark` is empty where the register does not name the person."""

    title: str
    starts_at: datetime
    mark: str


@dataclass(frozen=True, slots=True)
class PersonView:
    """`waiting` are the criteria to be decided about now. `before` says in words which participation this follows."""

    person: Participant
    offer: Offer
    basis: EntryBasis | None
    attended: tuple[Attended, ...]
    story: tuple[StoryLine, ...]
    waiting: tuple[StoryLine, ...]
    certificates: tuple[Certificate, ...]
    renewals: Mapping[str, Renewals]
    before: str


_FOLLOWS = {
    "replaces": "takes the place of {name}",
    "transferred": "came from {reference}",
    "higher_phase": "was recognised at phase {phase} before, in {reference}",
}
_REVIEWABLE = ("submitted", "in_review")


def view_person(session: Session, person: Participant) -> PersonView:
    engagement = session.get_one(Engagement, person.engagement_id)
    lines = tuple(evidence_history.story(session, person.id))
    last = max((one.version for one in lines), default=0)
    undecided = tuple(one for one in lines if one.version == last and not one.decision)
    own = select(Certificate).where(Certificate.participant_id == person.id).order_by(Certificate.id)
    certificates = tuple(session.scalars(own))
    offer = offers_of(session).machine(engagement.offer_code, engagement.offer_version).offer
    return PersonView(
        person=person,
        offer=offer,
        basis=session.get(EntryBasis, person.id),
        attended=tuple(_attended(session, offer, person)),
        story=lines,
        waiting=undecided if person.status in _REVIEWABLE else (),
        certificates=certificates,
        renewals=renewals_among(session, certificates),
        before=_before(session, person),
    )


def _attended(session: Session, offer: Offer, person: Participant) -> list[Attended]:
    """Every meeting of this engagement that took place, with the mark its register gives the person."""
    mine = (Attendance.appointment_id == Appointment.id) & (Attendance.participant_id == person.id)
    held = session.execute(
        select(Appointment, Attendance.mark)
        .join(Attendance, mine)
        .where(Appointment.engagement_id == person.engagement_id, Appointment.status.in_(HELD_STATUSES))
        .order_by(Appointment.starts_at)
    )
    return [Attended(offer.appointment[one.kind].title, one.starts_at, mark) for one, mark in held]


def _before(session: Session, person: Participant) -> str:
    if person.before_id is None or person.before_how is None:
        return ""
    before = session.get_one(Participant, person.before_id)
    there = session.get_one(Engagement, before.engagement_id)
    words = _FOLLOWS[person.before_how]
    return words.format(name=before.name, reference=there.reference, phase=before.phase)
