"""What stands on a certificate: its number, which nobody can guess, and its words, dated on the day it was earned."""

import hmac
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy.orm import Session

from workflow.domain.person_name import person_name, printable_line
from workflow.engine.catalogue import offer_of, offers_of
from workflow.english import the
from workflow.errors import BadInput, NotFound
from workflow.offer.definition import Offer
from workflow.store.history.renewals import Named, renewed_by
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.participant import Participant
from workflow.store.tables.school import School

#: Letters and digits that cannot be taken for one another when read aloud.
_ALPHABET = "23456789ABCDEFGHJKMNPQRTUVWXYZ"
_SERIAL_GROUPS, _GROUP = 3, 4


@dataclass(frozen=True, slots=True)
class Printed:
    """What stands on a certificate, and in which revision of the offer's words, where the record has it.

    `renews` is the one of a former round that it takes the place of.
    """

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
    offer_revision: int | None = None
    renews: Named | None = None

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
        } | ({"renews": self.renews.serial} if self.renews else {})


class Holder(NamedTuple):
    """Whose certificate it is, and for what."""

    name: str
    phase: int
    school: str
    reference: str


def serial_for(key: str, secret: str) -> str:
    """`7KQ2-M9RT-WX4H`: always the same for one outbox key, and not to be guessed without the secret."""
    number = int.from_bytes(hmac.digest(secret.encode(), f"certificate {key}".encode(), "sha256"))
    letters = []
    for _ in range(_SERIAL_GROUPS * _GROUP):
        number, place = divmod(number, len(_ALPHABET))
        letters.append(_ALPHABET[place])
    return "-".join("".join(letters[start : start + _GROUP]) for start in range(0, len(letters), _GROUP))


def to_print(
    session: Session,
    engagement_id: int,
    participant_id: int,
    *,
    serial: str,
    owed_at: datetime,
    seq: int | None = None,
    offer: Offer | None = None,
) -> Printed:
    """What one participant's certificate says. It is dated on the local day it was earned, not the day it is made.

    `seq` is the event that owes it; without one, nobody owes it yet. `offer` is the version that owes it, where it may
    be another than that under which the engagement is.

    Raises BadInput for a name that cannot be printed, with what has to be done, or NotFound.
    """
    engagement, person = session.get_one(Engagement, engagement_id), session.get_one(Participant, participant_id)
    school = session.get_one(School, engagement.school_urn).name
    _agree_printable(person.certificate_name, school)
    offer = offer or offer_of(session, engagement)
    holder = Holder(person.certificate_name, person.phase, school, engagement.reference)
    revision = offers_of(session).revision(*offer.key)
    printed = printed_for(offer, holder, serial=serial, earned_on=offer.calendar.local_day(owed_at), revision=revision)
    return replace(printed, renews=renewed_by(session, engagement_id, participant_id, seq))


def printed_for(offer: Offer, holder: Holder, *, serial: str, earned_on: date, revision: int | None = None) -> Printed:
    """`revision` is that of the offer's words. Raises NotFound for an offer without certificates."""
    if offer.certificate is None:
        raise NotFound(f"There is no certificate in {the(offer.offer.title)}.")
    phase = offer.phase[holder.phase]
    return Printed(
        serial=serial,
        name=holder.name,
        phase=phase.number,
        phase_title=phase.title,
        phase_means=phase.means,
        school=holder.school,
        title=offer.certificate.title,
        offer=offer.offer.title,
        provider=offer.offer.provider,
        reference=holder.reference,
        issued_on=earned_on,
        valid_until=offer.certificate.valid_until(earned_on),
        offer_revision=revision,
    )


def _agree_printable(name: str, school: str) -> None:
    """Names are read when they are entered; those that were entered before that, or elsewhere, are read here."""
    try:
        person_name(name, f"The name “{name}”")
    except ValueError as error:
        raise BadInput(f"{error} Confirm the right name for the certificate, then try this again.") from None
    try:
        printable_line(school, f"The school's name, “{school}”,", len(school))
    except ValueError as error:
        raise BadInput(f"{error} Import the school with the right name, then try this again.") from None
