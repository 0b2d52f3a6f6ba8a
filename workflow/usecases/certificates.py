"""Certificates: issued with their bytes, and checked against them."""

from datetime import datetime
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow import engine
from workflow.domain.actor import SYSTEM, Actor
from workflow.domain.effects import Effect, Recipient
from workflow.domain.happening import Owes, StatusChange
from workflow.engine.catalogue import offers_of
from workflow.engine.status_change import change_status
from workflow.errors import NotFound
from workflow.store.cases import lock_case
from workflow.store.lookups import by_serial
from workflow.store.tables.certificate import Certificate
from workflow.store.tables.participant import Participant
from workflow.usecases.certificate_text import Printed
from workflow.usecases.participants import certificate_name


def issue(
    session: Session,
    engagement_id: int,
    participant_id: int,
    printed: Printed,
    pdf: bytes,
    *,
    owed_seq: int,
    now: datetime,
) -> None:
    """Writes the certificate, moves its owner to recognised and owes the email that carries it, all or none.

    `owed_seq` is the event that owes it, and so the cause of this one.
    A participant who holds this very certificate already (the same serial) is left as they are.
    """
    case = lock_case(session, engagement_id)
    if session.scalar(select(Certificate.id).where(Certificate.serial == printed.serial)) is not None:
        return
    certificate = _certificate(engagement_id, participant_id, printed, pdf, now)
    session.add(certificate)
    session.flush()
    taken = [change_status(session, case, "certificate", certificate, "issue", actor=SYSTEM)]
    person = session.get_one(Participant, participant_id)
    if person.status != "recognised":
        taken.append(change_status(session, case, "participant", person, "recognise", actor=SYSTEM))
    offer = offers_of(session).machine(*case.offer).offer
    carrier = offer.certificate.email if offer.certificate else ""
    owes = [Owes(Effect("email", carrier), Recipient("participant", participant_id))]
    data = {"participant": participant_id, "serial": printed.serial}
    engine.record(
        session,
        case,
        "certificate_issued",
        actor=SYSTEM,
        now=now,
        data=data,
        statuses=taken,
        caused_by=owed_seq,
        owes=owes,
    )


def _certificate(engagement_id: int, participant_id: int, printed: Printed, pdf: bytes, now: datetime) -> Certificate:
    return Certificate(
        engagement_id=engagement_id,
        participant_id=participant_id,
        serial=printed.serial,
        status="draft",
        name=printed.name,
        school=printed.school,
        phase=printed.phase,
        phase_title=printed.phase_title,
        title=printed.title,
        offer=printed.offer,
        provider=printed.provider,
        issued_on=printed.issued_on,
        valid_until=printed.valid_until,
        pdf=pdf,
        sha256=sha256(pdf).hexdigest(),
        created_at=now,
    )


def revoke(
    session: Session,
    engagement_id: int,
    serial: str,
    *,
    reason: str,
    actor: Actor,
    now: datetime,
    note: str | None = None,
    caused_by: int | None = None,
) -> Certificate:
    """Withdraws a certificate; its owner is told, and whoever checks it.

    Raises NotFound, Conflict, NotAllowed or BadInput.
    """
    case = lock_case(session, engagement_id)
    held = _held(session, engagement_id, serial)
    step = change_status(session, case, "certificate", held, "revoke", actor=actor, reason=reason)
    data = {"participant": held.participant_id, "serial": held.serial}
    engine.record(
        session,
        case,
        "certificate_revoked",
        actor=actor,
        now=now,
        data=data,
        note=note,
        statuses=[step],
        caused_by=caused_by,
        owes=_to_owner(step, held),
    )
    return held


def reissue(
    session: Session, engagement_id: int, serial: str, *, reason: str, actor: Actor, now: datetime, name: str = ""
) -> Certificate:
    """Replaces a certificate that says something wrong: the old one is superseded, and a new one is owed to its owner.

    `name` is the right name; its owner has agreed to it. Raises NotFound, Conflict, NotAllowed or BadInput.
    """
    case = lock_case(session, engagement_id)
    held = _held(session, engagement_id, serial)
    step = change_status(session, case, "certificate", held, "supersede", actor=actor, reason=reason)
    person = session.get_one(Participant, held.participant_id)
    if name:
        person.certificate_name, person.name_confirmed = certificate_name(name), True
    data = {"participant": held.participant_id, "serial": held.serial}
    owes = [Owes(Effect("certificate", "completed"), Recipient("completed", held.participant_id))]
    engine.record(session, case, "certificate_superseded", actor=actor, now=now, data=data, statuses=[step], owes=owes)
    return held


def _to_owner(step: StatusChange, held: Certificate) -> list[Owes]:
    """What a certificate's step owes goes to the one whose certificate it is."""
    return [Owes(effect, Recipient("participant", held.participant_id)) for effect in step.owes]


def _held(session: Session, engagement_id: int, serial: str) -> Certificate:
    held = by_serial(session, serial)
    if held.engagement_id != engagement_id:
        raise NotFound("This engagement has no certificate with this number.")
    return held
