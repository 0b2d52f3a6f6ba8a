"""Certificates: issued with their bytes, and checked against them."""

import hmac
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow import engine, participants
from workflow.actor import SYSTEM
from workflow.change import Change
from workflow.effects import Effect, Recipient
from workflow.errors import NotFound
from workflow.offers import offers_of
from workflow.store.certificate import Certificate
from workflow.store.engagement import Engagement
from workflow.store.facts import lock_case
from workflow.store.participant import Participant
from workflow.store.school import School

#: Letters and digits that cannot be taken for one another when read aloud.
_ALPHABET = "23456789ABCDEFGHJKMNPQRTUVWXYZ"
_SERIAL_GROUPS, _GROUP = 3, 4


@dataclass(frozen=True, slots=True)
class Printed:
    """What stands on a certificate."""

    serial: str
    name: str
    phase: int
    phase_title: str
    phase_means: str
    school: str
    title: str
    offer: str
    provider: str
    reference: str
    issued_on: date
    valid_until: date | None

    def as_facts(self) -> dict[str, str]:
        """The facts as they are attached to the PDF, in words and ISO dates."""
        return {
            "serial": self.serial,
            "name": self.name,
            "phase": f"{self.phase} {self.phase_title}",
            "school": self.school,
            "title": self.title,
            "issued_on": self.issued_on.isoformat(),
            "valid_until": self.valid_until.isoformat() if self.valid_until else "",
        }


def serial_for(key: str, secret: str) -> str:
    """`7KQ2-M9RT-WX4H`: always the same for one outbox key, and not to be guessed without the secret."""
    number = int.from_bytes(hmac.digest(secret.encode(), f"certificate {key}".encode(), "sha256"))
    letters = []
    for _ in range(_SERIAL_GROUPS * _GROUP):
        number, place = divmod(number, len(_ALPHABET))
        letters.append(_ALPHABET[place])
    return "-".join("".join(letters[start : start + _GROUP]) for start in range(0, len(letters), _GROUP))


def to_print(session: Session, engagement_id: int, participant_id: int, *, serial: str, owed_at: datetime) -> Printed:
    """What one participant's certificate says. It is dated on the local day it was earned, not the day it is made."""
    engagement, person = session.get_one(Engagement, engagement_id), session.get_one(Participant, participant_id)
    offer = offers_of(session).machine(engagement.offer_code, engagement.offer_version).offer
    if offer.certificate is None:
        raise NotFound(f"The offer {offer.offer.title} has no certificate.")
    phase, local = offer.phase[person.phase], owed_at.astimezone(offer.calendar.zone)
    until = offer.certificate.valid_until(local)
    return Printed(
        serial=serial, name=person.certificate_name, phase=phase.number, phase_title=phase.title,
        phase_means=phase.means, school=session.get_one(School, engagement.school_urn).name,
        title=offer.certificate.title, offer=offer.offer.title, provider=offer.offer.provider,
        reference=engagement.reference, issued_on=local.date(), valid_until=until.date() if until else None,
    )  # fmt: skip


def issue(session: Session, engagement_id: int, participant_id: int, printed: Printed, pdf: bytes, *,
          now: datetime) -> None:  # fmt: skip
    """Writes the certificate, moves its owner to recognised and owes the email that carries it, all or none.

    A participant who holds this very certificate already (the same serial) is left as they are.
    """
    case = lock_case(session, engagement_id)
    if session.scalar(select(Certificate.id).where(Certificate.serial == printed.serial)) is not None:
        return
    session.add(_certificate(engagement_id, participant_id, printed, pdf, now))
    person = session.get_one(Participant, participant_id)
    person.status = participants.MACHINE.move(person.status, "recognise")
    offer = offers_of(session).machine(*case.offer).offer
    carrier = offer.certificate.email if offer.certificate else ""

    def owe(change: Change, seq: int) -> None:
        change.owe_one(Effect("email", carrier), Recipient("participant", participant_id), seq)

    engine.record(session, case, "certificate_issued", actor=SYSTEM, now=now, owe=owe,
                  data={"participant": participant_id, "serial": printed.serial})  # fmt: skip


def _certificate(engagement_id: int, participant_id: int, printed: Printed, pdf: bytes, now: datetime) -> Certificate:
    return Certificate(
        engagement_id=engagement_id, participant_id=participant_id, serial=printed.serial, status="issued",
        name=printed.name, school=printed.school, phase=printed.phase, phase_title=printed.phase_title,
        title=printed.title, offer=printed.offer, provider=printed.provider, issued_on=printed.issued_on,
        valid_until=printed.valid_until, pdf=pdf, sha256=sha256(pdf).hexdigest(), created_at=now,
    )  # fmt: skip


def of_participant(session: Session, participant_id: int) -> Certificate | None:
    """The certificate a participant holds now."""
    return session.scalar(
        select(Certificate)
        .where(Certificate.participant_id == participant_id, Certificate.status == "issued")
        .order_by(Certificate.id.desc())
    )


def by_serial(session: Session, serial: str) -> Certificate:
    """Raises NotFound."""
    found = session.scalar(select(Certificate).where(Certificate.serial == serial.strip().upper()))
    if found is None:
        raise NotFound("There is no certificate with this number. Check it against the certificate, letter by letter.")
    return found
