"""Everything that a batch of letters is made of, read in a dozen queries however many letters there are.

What is not here cannot be told: the functions that write a letter ask no database.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Select, func, select, tuple_
from sqlalchemy.orm import Session, undefer

from workflow.domain.contacts.kinds import CONTACTS, ON_THE_ROW
from workflow.domain.effects import FORMER, Recipient
from workflow.domain.lifecycles import SIDE_STATUSES
from workflow.engine.catalogue import Catalogue, offers_of
from workflow.store.dialect import among
from workflow.store.history.renewals import Named, renewed_with
from workflow.store.outbox.reminders import gathered
from workflow.store.tables.appointment import Appointment
from workflow.store.tables.certificate import Certificate
from workflow.store.tables.contacts.contact import Contact
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.event import Event, Note
from workflow.store.tables.owed_effect import OwedEffect
from workflow.store.tables.participant import Participant
from workflow.store.tables.school import School
from workflow.store.tables.sent_email import SentEmail
from workflow.store.tables.submission import CriterionDecision, Review
from workflow.store.tables.user import User

#: The number of an engagement and of one of its events.
Moment = tuple[int, int]
R = TypeVar("R", OwedEffect, Engagement, Participant, User, Appointment)


@dataclass(frozen=True, slots=True)
class LetterRows:
    """Rows by what finds them. `others` are a reader's other reminders, which go out with the one that is in hand.

    `staff` counts who takes part, by engagement; `failed` are the criteria that a review found not met; `renewed`
    are what certificates renew, by their numbers; `sent` are letters to addresses that are nobody's any more.
    """

    offers: Catalogue
    owed: Mapping[int, OwedEffect]
    others: Mapping[str, Sequence[OwedEffect]]
    engagements: Mapping[int, Engagement]
    schools: Mapping[str, str]
    staff: Mapping[int, int]
    events: Mapping[Moment, Event]
    notes: Mapping[Moment, str]
    people: Mapping[int, Participant]
    contacts: Mapping[tuple[int, str], Contact]
    users: Mapping[int, User]
    meetings: Mapping[int, Appointment]
    certificates: Mapping[str, Certificate]
    renewed: Mapping[str, Named]
    failed: Mapping[int, Sequence[CriterionDecision]]
    sent: Mapping[int, SentEmail]

    def event_of(self, owed: OwedEffect) -> Event:
        """The one that owes it."""
        return self.events[owed.engagement_id, owed.seq]


def read(session: Session, ids: Collection[int], now: datetime) -> LetterRows:
    """For the emails with these numbers in the outbox, and the reminders that go out with them."""
    owed = _by_id(session, OwedEffect, ids)
    others = gathered(session, {one.reader for one in owed.values()} - {""}, now)
    every = [*owed.values(), *(one for those in others.values() for one in those)]
    engagements = _by_id(session, Engagement, {one.engagement_id for one in every})
    if any(one.bought_version for one in engagements.values()):
        _read_again(session, every)
    events, notes = _events(session, every)
    told = [event.data for event in events.values()]
    serials = {data["serial"] for data in told if "serial" in data}
    reviews = {data["review"] for data in told if "review" in data}
    return LetterRows(
        offers=offers_of(session),
        owed=owed,
        others=others,
        engagements=engagements,
        schools=_schools(session, {one.school_urn for one in engagements.values()}),
        staff=_staff(session, engagements),
        events=events,
        notes=notes,
        people=_by_id(session, Participant, {*_numbers(every), *_of(told, "participant")}),
        contacts=_contacts(session, every),
        users=_by_id(session, User, {*_numbers(every, council=True), *_advisors(engagements.values())}),
        meetings=_by_id(session, Appointment, _of(told, "appointment")),
        certificates=_certificates(session, serials),
        renewed=renewed_with(session, serials, engagements),
        failed=_failed(session, reviews) if reviews else {},
        sent=_sent(session, every),
    )


def _by_id(session: Session, table: type[R], ids: Iterable[int]) -> dict[int, R]:
    wanted = sorted(ids)
    rows = session.scalars(select(table).where(among(table.id, "ids")), {"ids": wanted}) if wanted else ()
    return {row.id: row for row in rows}


def _read_again(session: Session, every: Iterable[OwedEffect]) -> None:
    """Of an engagement that has just gone on under another version, a letter that was read before does not know yet
    which version owed it."""
    again = select(OwedEffect).where(among(OwedEffect.id, "ids")).execution_options(populate_existing=True)
    session.scalars(again, {"ids": sorted(one.id for one in every)}).all()


def _of(told: Iterable[Mapping[str, int]], name: str) -> set[int]:
    return {data[name] for data in told if name in data}


def _numbers(every: Iterable[OwedEffect], *, council: bool = False) -> set[int]:
    """The numbers of the recipients who have one, at the council or among those who take part."""
    found = (Recipient.parse(one.recipient) for one in every)
    known = (one for one in found if one.audience != FORMER and one.at_council is council)
    return {one.id for one in known if one.id is not None}


def _sent(session: Session, every: Iterable[OwedEffect]) -> dict[int, SentEmail]:
    found = (Recipient.parse(one.recipient) for one in every)
    wanted = {one.id for one in found if one.audience == FORMER}
    rows = session.scalars(select(SentEmail).where(SentEmail.outbox_id.in_(wanted))) if wanted else ()
    return {row.outbox_id: row for row in rows}


def _contacts(session: Session, every: Iterable[OwedEffect]) -> dict[tuple[int, str], Contact]:
    """Those who are contacts now, of the kinds that stand on no engagement's own row and are written to."""
    beside = CONTACTS.keys() - ON_THE_ROW.keys()
    wanted = {one.engagement_id for one in every if one.recipient in beside}
    current = select(Contact).where(Contact.engagement_id.in_(wanted), Contact.until.is_(None))
    return {(one.engagement_id, one.kind): one for one in session.scalars(current)} if wanted else {}


def _advisors(engagements: Iterable[Engagement]) -> set[int]:
    return {one.advisor_id for one in engagements if one.advisor_id is not None}


def _schools(session: Session, urns: Collection[str]) -> dict[str, str]:
    return dict(session.execute(select(School.urn, School.name).where(School.urn.in_(urns))).all())


def _staff(session: Session, engagements: Collection[int]) -> dict[int, int]:
    query = (
        select(Participant.engagement_id, func.count())
        .where(among(Participant.engagement_id, "ids"), Participant.status.not_in(SIDE_STATUSES))
        .group_by(Participant.engagement_id)
    )
    return dict(session.execute(query, {"ids": list(engagements)}).all())


def _events(session: Session, every: Iterable[OwedEffect]) -> tuple[dict[Moment, Event], dict[Moment, str]]:
    """Those that owe these effects, and those that they took back."""
    owing = {(one.engagement_id, one.seq) for one in every}
    events, notes = _at(session, owing)
    undone = {(one.engagement_id, one.data["of"]) for one in events.values() if "of" in one.data} - owing
    return (events | _at(session, undone)[0], notes) if undone else (events, notes)


def _at(session: Session, moments: Collection[Moment]) -> tuple[dict[Moment, Event], dict[Moment, str]]:
    same = (Note.engagement_id == Event.engagement_id) & (Note.seq == Event.seq)
    query: Select[Event, str | None] = select(Event, Note.text).outerjoin(Note, same)
    rows = session.execute(query.where(tuple_(Event.engagement_id, Event.seq).in_(sorted(moments)))).all()
    events = {(event.engagement_id, event.seq): event for event, _ in rows}
    return events, {(event.engagement_id, event.seq): note for event, note in rows if note is not None}


def _certificates(session: Session, serials: Collection[str]) -> dict[str, Certificate]:
    query = select(Certificate).options(undefer(Certificate.pdf)).where(Certificate.serial.in_(serials))
    rows = session.scalars(query) if serials else ()
    return {one.serial: one for one in rows}


def _failed(session: Session, reviews: Collection[int]) -> dict[int, list[CriterionDecision]]:
    query = (
        select(CriterionDecision)
        .join(Review)
        .where(Review.id.in_(reviews), CriterionDecision.decision == "not_met")
        .order_by(CriterionDecision.criterion)
    )
    found: dict[int, list[CriterionDecision]] = {}
    for one in session.scalars(query):
        found.setdefault(one.review_id, []).append(one)
    return found
