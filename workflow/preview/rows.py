"""The rows that a letter is made of, made up: as the record would have them, and kept nowhere."""

from collections.abc import Mapping, Sequence

from workflow.mail.letter_rows import LetterRows
from workflow.offer.check.rules.rounds import goes_round
from workflow.preview import made_up
from workflow.preview.made_up import ADVISOR_ID, LEAD_ADVISOR_ID, ONE, MadeUp, address
from workflow.preview.occasions import OWING, UNDONE, Occasion
from workflow.store.history.renewals import Named
from workflow.store.tables.appointment import Appointment
from workflow.store.tables.certificate import Certificate
from workflow.store.tables.contacts.contact import Contact
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.event import Event
from workflow.store.tables.owed_effect import OwedEffect
from workflow.store.tables.participant import Participant
from workflow.store.tables.sent_email import SentEmail
from workflow.store.tables.submission import CriterionDecision
from workflow.store.tables.user import User

_STILL_NEEDED = "Say more about what came of it."


def rows_of(about: MadeUp, together: Sequence[Occasion], others: Mapping[str, Sequence[OwedEffect]]) -> LetterRows:
    """Of occasions whose letters go out as one, the first is the one in hand; `others` are the rest in the outbox."""
    offer, first = about.offer, together[0]
    kind = next((str(one.data["kind"]) for one in together if "kind" in one.data), "")
    taken_back = next((one for one in offer.transitions if one.to), offer.transitions[0])
    return LetterRows(
        offers=about.catalogue,
        owed={},
        others=others,
        engagements={ONE: _engagement(about)},
        schools={made_up.URN: made_up.SCHOOL},
        staff={ONE: len(about.staff)},
        events={
            (ONE, UNDONE): _event(about, UNDONE, taken_back.trigger, first.stage, {}),
            **{
                (ONE, seq): _event(about, seq, one.name, one.stage, one.data) for seq, one in enumerate(together, OWING)
            },
        },
        notes={(ONE, OWING): made_up.NOTE},
        people={number: _person(about, number, name) for number, name in enumerate(about.staff, ONE)},
        contacts={(ONE, contact): _contact(contact, name) for contact, name in _BESIDE.items()},
        users={
            ADVISOR_ID: _user(ADVISOR_ID, made_up.ADVISOR, "advisor"),
            LEAD_ADVISOR_ID: _user(LEAD_ADVISOR_ID, made_up.LEAD_ADVISOR, "lead_advisor"),
        },
        meetings={ONE: Appointment(id=ONE, kind=kind, uid="made-up", sequence=0, place=made_up.PLACE)},
        certificates={made_up.SERIAL: Certificate(serial=made_up.SERIAL, pdf=b"")},
        renewed={made_up.SERIAL: Named(made_up.RENEWED, about.on)} if goes_round(offer) else {},
        failed={ONE: [*_failed(about)]},
        sent={ONE: SentEmail(to_name=made_up.STAFF[0], to_email=address(made_up.STAFF[0]))},
    )


_BESIDE = {"deputy": made_up.DEPUTY, "business_manager": made_up.BUSINESS_MANAGER}


def _engagement(about: MadeUp) -> Engagement:
    code, version = about.offer.key
    return Engagement(
        id=ONE,
        reference=about.reference,
        offer_code=code,
        offer_version=version,
        school_urn=made_up.URN,
        lead_name=made_up.LEAD,
        lead_email=address(made_up.LEAD),
        head_name=made_up.HEAD,
        head_email=address(made_up.HEAD),
        advisor_id=ADVISOR_ID,
    )


def _event(about: MadeUp, seq: int, name: str, stage: str, data: Mapping[str, object]) -> Event:
    return Event(engagement_id=ONE, seq=seq, at=about.now, name=name, to_stage=stage, data=dict(data))


def _person(about: MadeUp, number: int, name: str) -> Participant:
    """Each at a level of their own, as far as there are enough."""
    phases = sorted(about.offer.phase)
    phase = phases[(number - ONE) % len(phases)]
    return Participant(id=number, name=name, email=address(name), phase=phase, certificate_name=name)


def _contact(kind: str, name: str) -> Contact:
    return Contact(engagement_id=ONE, kind=kind, name=name, email=address(name))


def _user(number: int, name: str, role: str) -> User:
    return User(id=number, name=name, email=address(name), role=role, telephone=made_up.TELEPHONE)


def _failed(about: MadeUp) -> list[CriterionDecision]:
    """What a review of the first person's evidence found."""
    first = about.offer.phase.get(min(about.offer.phase, default=ONE))
    criteria = first.criteria[:1] if first else ()
    return [CriterionDecision(criterion=one.code, decision="not_met", text=_STILL_NEEDED) for one in criteria]


def owed_for(occasion: Occasion, recipient: str, about: MadeUp, seq: int = OWING, reader: str = "") -> OwedEffect:
    """The line of the outbox. A reminder waits for the others of its `reader`."""
    promise = occasion.promise
    return OwedEffect(
        key=occasion.key or f"made-up:{occasion.email}",
        engagement_id=ONE,
        seq=seq,
        kind="email",
        name=occasion.email,
        recipient=recipient,
        owed_at=about.now,
        promise_to=promise.what if promise else None,
        promise_due_at=promise.due_at if promise else None,
        reader=reader,
        paragraph="",
    )
