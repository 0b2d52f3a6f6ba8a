"""Every email of an offer as each of its readers gets it, without a database: an event that has everything to tell."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from config.settings import OFFERS
from workflow.domain.effects import Recipient, mention_key
from workflow.engine.catalogue import Catalogue
from workflow.mail.letter_rows import LetterRows
from workflow.mail.letters import Letter, write
from workflow.mail.signed_links import Links
from workflow.offer.definition import Offer
from workflow.offer.emails.blanks import names_in
from workflow.offer.loader import load_offers
from workflow.store.tables.appointment import Appointment
from workflow.store.tables.certificate import Certificate
from workflow.store.tables.contacts.contact import Contact
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.event import Event
from workflow.store.tables.owed_effect import OwedEffect
from workflow.store.tables.participant import Participant
from workflow.store.tables.submission import CriterionDecision
from workflow.store.tables.user import User

CATALOGUE = Catalogue(load_offers((OFFERS,)))
NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
LINKS = Links("https://recognition.example.org", "s" * 40)
LEAD, STAFF, ADVISOR, MANAGER = "Jenna Rowe", "Ada Pascoe", "Tamsin Hocking", "Denzil Vos"
CONTACT = "recognition@example.org"
TELEPHONE = "01872 300 123"
_STAFF = ("participants", "completed", "participant", "attended")
_WHO = {"participants": 2, "completed": 2, "participant": 2, "attended": 2, "advisor": 1, "lead_advisor": 2}


@dataclass(frozen=True)
class Read:
    """One letter, and who reads it."""

    email: str
    recipient: Recipient
    letter: Letter

    @property
    def id(self) -> str:
        return f"{self.email} to {self.recipient.token.replace(':', ' ')}"


def every_letter(offer: Offer, *, telephone: str = TELEPHONE) -> Iterator[Read]:
    for email in offer.emails.values():
        for recipient in readers(email.to):
            yield Read(email.name, recipient, _written(offer, email.name, recipient, telephone))


def _written(offer: Offer, name: str, recipient: Recipient, telephone: str) -> Letter:
    """The one that several reminders become is what two of them become."""
    if name != offer.policy.digest:
        return letter(offer, name, recipient, telephone=telephone)
    reminders = [one for one in offer.emails.values() if "promise_by" in names_in(one.summary or "")]
    likely = [one.name for one in reminders if recipient.audience in one.to] or [reminders[0].name]
    return letter(offer, likely[0], recipient, telephone=telephone, others=1)


def readers(audiences: tuple[str, ...]) -> Iterator[Recipient]:
    """Who may get it: besides its usual readers the school lead who takes part, and the lead advisor to whom a timer
    escalates or who looks after the school."""
    found = {audience: Recipient(audience, _WHO.get(audience)) for audience in audiences if audience != "invited"}
    yield from found.values()
    if "invited" in audiences:
        yield from (Recipient("school_lead"), *(Recipient("participants", one) for one in (1, 2)), Recipient("advisor"))
    yield from (Recipient(one, 1) for one in found if one in _STAFF)
    if "advisor" in found and "lead_advisor" not in found:
        yield Recipient("lead_advisor", 2)
        yield Recipient("advisor", 2)


def letter(offer: Offer, name: str, recipient: Recipient, *, telephone: str = TELEPHONE, others: int = 0) -> Letter:
    owed = [_owed(name, recipient, 1)]
    others_rows = [_owed(name, recipient, number) for number in range(2, others + 2)]
    return write(_rows(offer, owed[0], others_rows, telephone), owed[0], LINKS)


def _owed(name: str, recipient: Recipient, number: int) -> OwedEffect:
    return OwedEffect(
        id=number, engagement_id=number, seq=1, kind="email", name=name, recipient=recipient.token, reader="r",
        key=mention_key(number, 1),
        promise_to="name at least three staff", promise_due_at=NOW + timedelta(days=number),
    )  # fmt: skip


def _rows(offer: Offer, owed: OwedEffect, others: list[OwedEffect], telephone: str) -> LetterRows:
    every = [owed, *others]
    return LetterRows(
        offers=CATALOGUE,
        owed={owed.id: owed},
        others={"r": others},
        engagements={one.id: _engagement(offer, one.id) for one in every},
        schools={"900001": "Polwhevral School"},
        staff={one.id: 4 for one in every},
        events={(one.id, 1): _event(offer, one.id) for one in every},
        notes={(one.id, 1): "The hall is closed until Easter." for one in every},
        people={
            1: _person(1, LEAD, "jenna@polwhevral.example.org"),
            2: _person(2, STAFF, "ada@polwhevral.example.org"),
        },
        contacts={
            (one.id, kind): Contact(kind=kind, name=LEAD, email="jenna@polwhevral.example.org")
            for one in every
            for kind in ("deputy", "business_manager")
        },
        users={1: _user(1, ADVISOR, "advisor", telephone), 2: _user(2, MANAGER, "lead_advisor", telephone)},
        meetings={1: Appointment(id=1, kind=offer.appointments[0].name, uid="u", sequence=0, place="")},
        certificates={
            "7KQ2-M9RT-WX4H": Certificate(serial="7KQ2-M9RT-WX4H", pdf=b"%PDF", participant_id=2),
        },
        renewed={},
        failed={
            1: [CriterionDecision(criterion=offer.phases[0].criteria[0].code, text="Say more.", decision="not_met")]
        }
        if offer.phases[0].criteria
        else {},
        sent={},
    )


def _engagement(offer: Offer, number: int) -> Engagement:
    return Engagement(
        id=number, reference=f"{offer.offer.reference}-26-000{number}-K", offer_code=offer.offer.code,
        offer_version=offer.offer.version, school_urn="900001", stage=offer.stages[0].name, standing="active",
        lead_name=LEAD, lead_email="jenna@polwhevral.example.org", head_name="Morwenna Tyack",
        head_email="head@polwhevral.example.org", advisor_id=1, places=12,
    )  # fmt: skip


def _event(offer: Offer, number: int) -> Event:
    """It tells of a meeting, a person, a reason, a review, a step taken back and a refund."""
    data: dict[str, Any] = {
        "appointment": 1, "starts_at": f"2026-11-{16 + number}T13:30:00+00:00", "kind": offer.appointments[0].name,
        "participant": 2, "reason": "their own plans", "moves": [("participant", 2, "training", "withdrawn")],
        "of": 1, "refund": "132.50", "serial": "7KQ2-M9RT-WX4H",
    }  # fmt: skip
    if offer.phases[0].criteria:
        data["review"] = 1
    stage = offer.stages[0].name
    return Event(engagement_id=number, seq=1, name="hold", from_stage=stage, to_stage=stage, at=NOW, data=data)


def _person(number: int, name: str, email: str) -> Participant:
    return Participant(
        id=number, engagement_id=1, name=name, email=email, phase=1, status="working", certificate_name=f"Dr {name}"
    )


def _user(number: int, name: str, role: str, telephone: str) -> User:
    return User(id=number, name=name, email=f"user{number}@example.org", role=role, telephone=telephone)
