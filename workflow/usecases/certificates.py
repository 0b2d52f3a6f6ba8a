"""Certificates: issued with their bytes, replaced, sent again and withdrawn, in every standing of an engagement."""

from datetime import datetime
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow import engine
from workflow.domain.actor import SYSTEM, Actor
from workflow.domain.change import EventData
from workflow.domain.effects import Effect, Recipient
from workflow.domain.happening import Owes, StatusChange
from workflow.engine.catalogue import offers_of
from workflow.engine.status_change import change_status, judge_status
from workflow.english import in_words
from workflow.errors import BadInput, Conflict, NotFound, Problem, WorkflowError
from workflow.offer.definition import Offer
from workflow.store.cases import Case, lock_case
from workflow.store.history.renewals import Named, renewed_by
from workflow.store.lookups import by_serial
from workflow.store.tables.certificate import Certificate
from workflow.store.tables.event import Event
from workflow.store.tables.owed_effect import OwedEffect
from workflow.store.tables.participant import Participant
from workflow.usecases.certificate_text import Printed
from workflow.usecases.participants import certificate_name

#: The event that asks for a certificate to be replaced.
_ASKED = "replacement_asked"


class PrintedTooSoon(WorkflowError):
    """The certificate that it renews is another one by now, so it is printed again."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


def issue(
    session: Session,
    engagement_id: int,
    participant_id: int,
    printed: Printed,
    pdf: bytes,
    *,
    owed_seq: int,
    now: datetime,
    offer: Offer | None = None,
) -> None:
    """Writes the certificate, moves its owner to recognised and owes the email that carries it, all or none.

    `owed_seq` is the event that owes it, and so the cause of this one. Where that asked for a certificate to be
    replaced, the old one is superseded here and not before: it is valid until the new one is printed. If it was
    withdrawn since, nobody is owed another. One of a former round that it renews stands or is superseded, as the page
    of the version that owes it says, `offer`; left out, it is the engagement's own. A participant who holds this very
    certificate already (the same serial) is left as they are.

    Raises PrintedTooSoon where it names another one than it renews by now.
    """
    case = lock_case(session, engagement_id)
    if session.scalar(select(Certificate.id).where(Certificate.serial == printed.serial)) is not None:
        return
    asked = session.get(Event, (engagement_id, owed_seq))
    replaced = by_serial(session, asked.data["replaces"]) if asked and "replaces" in asked.data else None
    if replaced and replaced.status == "revoked":
        return
    if renewed_by(session, engagement_id, participant_id, owed_seq) != printed.renews:
        raise PrintedTooSoon
    taken = _printed(session, case, _certificate(engagement_id, participant_id, printed, pdf, now))
    taken += _supersede(session, case, replaced, asked) if asked and replaced else []
    own = offers_of(session).machine(*case.offer).offer
    taken += _renew(session, offer or own, printed.renews) if printed.renews else []
    named = {how: one.serial for how, one in (("replaces", replaced), ("renews", printed.renews)) if one}
    owes = _carrier(own, participant_id)
    told = {"participant": participant_id, "serial": printed.serial, **named}
    _record(session, case, told, taken, owes, owed_seq=owed_seq, now=now)


def _record(
    session: Session,
    case: Case,
    data: EventData,
    taken: list[StatusChange],
    owes: list[Owes],
    *,
    owed_seq: int,
    now: datetime,
) -> None:
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


def _carrier(offer: Offer, participant_id: int) -> list[Owes]:
    """The email that carries a certificate to its owner."""
    carrier = offer.certificate.email if offer.certificate else ""
    return [Owes(Effect("email", carrier), Recipient("participant", participant_id))]


def _printed(session: Session, case: Case, certificate: Certificate) -> list[StatusChange]:
    """The certificate is issued, and with it its owner is recognised who was not before."""
    session.add(certificate)
    session.flush()
    taken = [change_status(session, case, "certificate", certificate, "issue", actor=SYSTEM)]
    person = session.get_one(Participant, certificate.participant_id)
    if person.status != "recognised":
        taken.append(change_status(session, case, "participant", person, "recognise", actor=SYSTEM))
    return taken


def _supersede(session: Session, case: Case, replaced: Certificate, asked: Event) -> list[StatusChange]:
    """By the right and for the reason of whoever asked for it."""
    if replaced.status != "issued":
        return []
    by, reason = Actor.of(asked.actor), asked.data["reason"]
    return [change_status(session, case, "certificate", replaced, "supersede", actor=by, reason=reason)]


def _renew(session: Session, offer: Offer, earlier: Named) -> list[StatusChange]:
    """By the right of the page, which says what becomes of the earlier one. Nobody is told of it as of a fault."""
    held, terms = by_serial(session, earlier.serial), offer.certificate
    was = held.status
    if terms is None or terms.earlier == "stands" or was != "issued":
        return []
    held.status = "superseded"
    return [StatusChange("certificate", held.id, was, held.status, ())]


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
        offer_revision=printed.offer_revision,
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
    """Asks for a certificate that says something wrong to be replaced: a new one is owed to its owner, and the old one
    is superseded in the transaction that writes the new one.

    `name` is the right name; its owner has agreed to it. Raises NotFound, Conflict, NotAllowed or BadInput.
    """
    case = lock_case(session, engagement_id)
    held = _held(session, engagement_id, serial)
    judge_status(session, case, "certificate", held, "supersede", actor=actor, reason=reason)
    _agree_once(session, held)
    person = session.get_one(Participant, held.participant_id)
    if name:
        person.certificate_name, person.name_confirmed = certificate_name(name), True
    elif not person.name_confirmed:
        told = f"Nobody has agreed yet that “{person.certificate_name}” is printed. Give the name its owner agreed to."
        raise BadInput("The name is not agreed.", (Problem("name", told),))
    data = {"participant": person.id, "replaces": held.serial, "reason": reason}
    owes = [Owes(Effect("certificate", "completed"), _new_one(held))]
    engine.record(session, case, _ASKED, actor=actor, now=now, data=data, owes=owes)
    return held


def send_again(session: Session, engagement_id: int, serial: str, *, actor: Actor, now: datetime) -> Certificate:
    """Owes the email that carries a certificate once more, to the address its owner has now.

    Raises NotFound, or Conflict for one that is not current.
    """
    case = lock_case(session, engagement_id)
    held = _held(session, engagement_id, serial)
    if held.status != "issued":
        raise Conflict(f"The certificate {held.serial} is {in_words(held.status)}, so it is not sent again.")
    owes = _carrier(offers_of(session).machine(*case.offer).offer, held.participant_id)
    data = {"participant": held.participant_id, "serial": held.serial}
    engine.record(session, case, "certificate_sent_again", actor=actor, now=now, data=data, owes=owes)
    return held


def _new_one(held: Certificate) -> Recipient:
    return Recipient("completed", held.participant_id)


def _agree_once(session: Session, held: Certificate) -> None:
    """Raises Conflict while a new one is being made, or waits for somebody to free it."""
    asked = select(Event.seq).where(Event.engagement_id == held.engagement_id, Event.name == _ASKED)
    waiting = select(OwedEffect).where(
        OwedEffect.engagement_id == held.engagement_id,
        OwedEffect.seq.in_(asked),
        OwedEffect.status.in_(("owed", "claimed", "dead")),
        OwedEffect.recipient == _new_one(held).token,
    )
    found = session.scalars(waiting.limit(1)).first()
    if found is not None:
        stuck = " It is stuck: put right what is wrong with it and try it again." if found.status == "dead" else ""
        raise Conflict(f"A new certificate in place of {held.serial} is being made already.{stuck}")


def _to_owner(step: StatusChange, held: Certificate) -> list[Owes]:
    """What a certificate's step owes goes to the one whose certificate it is."""
    return [Owes(effect, Recipient("participant", held.participant_id)) for effect in step.owes]


def _held(session: Session, engagement_id: int, serial: str) -> Certificate:
    held = by_serial(session, serial)
    if held.engagement_id != engagement_id:
        raise NotFound("This engagement has no certificate with this number.")
    return held
