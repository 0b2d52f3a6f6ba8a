"""What a participant is shown of themselves: what they sent and what was decided, their meetings and certificates."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from workflow.errors import NotFound
from workflow.offer.definition import Offer
from workflow.queries.open_promise import OpenPromise, owing
from workflow.queries.participant_view import PersonView, view_person
from workflow.queries.schools.people import waits_for
from workflow.store.cases import Case
from workflow.store.tables.appointment import Appointment
from workflow.store.tables.certificate import Certificate
from workflow.store.tables.participant import Participant
from workflow.store.tables.submission import Evidence, EvidenceAttachment, Submission


class Ahead(NamedTuple):
    """A meeting that they are invited to."""

    title: str
    starts_at: datetime
    place: str


class OwnRecord(NamedTuple):
    """`deadline` is until when the school's people are to send in their evidence, and `reading` until when the council
    is to read what was sent; None where that is nobody's turn."""

    view: PersonView
    ahead: tuple[Ahead, ...]
    deadline: OpenPromise | None
    reading: OpenPromise | None

    @property
    def has_any(self) -> bool:
        return bool(self.ahead or self.view.attended or self.view.story or self.view.certificates)


def read(session: Session, offer: Offer, person: Participant, case: Case, now: datetime) -> OwnRecord:
    """Six queries, however much there is."""
    invited = [one.name for one in offer.appointments if "participants" in one.invite]
    booked = (Appointment.engagement_id == person.engagement_id) & (Appointment.status == "booked")
    found = session.scalars(
        select(Appointment)
        .where(booked, Appointment.kind.in_(invited), Appointment.starts_at > now)
        .order_by(Appointment.starts_at)
    )
    ahead = tuple(Ahead(offer.appointment[one.kind].title, one.starts_at, one.place) for one in found)
    is_for_evidence = waits_for(offer, case.stage, "everyone_decided")
    turn = owing(case.promise, offer.calendar.zone, now=now) if is_for_evidence else None
    of = {turn.owner: turn} if turn else {}
    return OwnRecord(view_person(session, person), ahead, of.get("school"), of.get("council"))


def own_file(session: Session, participant_id: int, number: int) -> EvidenceAttachment:
    """A file that they sent themselves. Raises NotFound for any other."""
    found = session.scalar(
        select(EvidenceAttachment)
        .join(Evidence, Evidence.id == EvidenceAttachment.evidence_id)
        .join(Submission, Submission.id == Evidence.submission_id)
        .where(EvidenceAttachment.id == number, Submission.participant_id == participant_id)
    )
    if found is None:
        raise NotFound("You have not sent in such a file.")
    return found


def own_certificate(session: Session, participant_id: int, serial: str) -> Certificate:
    """With its bytes. Raises NotFound for somebody else's."""
    own = (Certificate.participant_id == participant_id) & (Certificate.serial == serial) & (Certificate.name != "")
    found = session.scalar(select(Certificate).where(own).options(undefer(Certificate.pdf)))
    if found is None:
        raise NotFound("You have no certificate with this number.")
    return found
