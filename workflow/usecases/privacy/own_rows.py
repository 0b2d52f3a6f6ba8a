"""One person's own rows are emptied, or go. What stays of a row says what happened and when, and not to whom."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from hashlib import sha256
from typing import Any, cast

from sqlalchemy import JSON, CursorResult, LargeBinary, delete, select, update
from sqlalchemy.orm import Session

from workflow.store.privacy.kinds import title_of
from workflow.store.privacy.owned import Where, owned
from workflow.store.privacy.subject import Contact, Subject
from workflow.store.record import JsonDocument, Record, new_salt, table_of
from workflow.store.tables.access.access_letter import AccessLetter
from workflow.store.tables.access.account_event import AccountEvent
from workflow.store.tables.access.invited_reader import InvitedReader, InvitedReaderSchool, ReaderEvent
from workflow.store.tables.access.second_factor import Passkey, RecoveryCode
from workflow.store.tables.access.session import KnownDevice, WebSession
from workflow.store.tables.certificate import Certificate
from workflow.store.tables.contacts.contact import Contact as ContactRow
from workflow.store.tables.contacts.crossing import Crossing
from workflow.store.tables.contacts.proposal import ContactProposal
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.owed_effect import OwedEffect
from workflow.store.tables.participant import EntryBasis, Participant
from workflow.store.tables.requests.data_request import DataRequest
from workflow.store.tables.requests.draft import Draft
from workflow.store.tables.requests.unsent_file import UnsentFile
from workflow.store.tables.sent_email import SentEmail
from workflow.store.tables.submission import CriterionDecision, Evidence, EvidenceAttachment
from workflow.store.tables.uploads.upload import Upload
from workflow.store.tables.user import CalendarFeed, SavedList, User
from workflow.store.tables.visit import Action
from workflow.store.unused_files import drop_unused

#: How somebody is called who was erased, on every page.
NAME = "Erased person"
_NOWHERE = "erased.invalid"
#: Rows that say nothing without the person, and go; of the others the marked columns are emptied.
_GOING: tuple[type[Record], ...] = (
    Draft,
    DataRequest,
    AccessLetter,
    WebSession,
    KnownDevice,
    Upload,
    InvitedReaderSchool,
    ReaderEvent,
    InvitedReader,
)
_EMPTIED: tuple[type[Record], ...] = (EntryBasis, Evidence, CriterionDecision, Action, OwedEffect, SentEmail)
_NOTHING = sha256(b"").hexdigest()
Gone = Counter[str]


def address_of(kind: str, number: int) -> str:
    """Where nobody can write to, and that no other row has."""
    return f"{kind}-{number}@{_NOWHERE}"


def is_erased(person: Participant) -> bool:
    return person.email.endswith(f"@{_NOWHERE}")


def in_force(session: Session, subject: Subject, today: date) -> Sequence[Certificate]:
    """Their certificates that anybody may rely on today."""
    theirs = Certificate.participant_id.in_(subject.participants) & (Certificate.status == "issued")
    current = Certificate.valid_until.is_(None) | (Certificate.valid_until >= today)
    return session.scalars(select(Certificate).where(theirs, current).order_by(Certificate.id)).all()


def empty(session: Session, subject: Subject, kept: Sequence[Certificate]) -> Gone:
    """Everything but the certificates `kept`. Their engagements are locked. Counts what went, by kind."""
    where, gone = owned(subject), Gone()
    _drop_owed(session, where[OwedEffect])
    _remove_files(session, where, gone)
    for record in _EMPTIED:
        gone += emptied(session, record, where[record])
    for record in _GOING:
        gone += _removed(session, record, where[record])
    _erase_certificates(session, where[Certificate], {one.id for one in kept}, gone)
    for person in session.scalars(select(Participant).where(where[Participant])):
        gone[title_of("participant.name")] += not is_erased(person)
        erase_participant(person)
    for contact in subject.contacts:
        erase_contact(session.get_one(Engagement, contact.engagement_id), contact)
        gone[title_of("engagement.lead_name")] += 1
    gone += erase_contact_rows(session, where[ContactRow], where[ContactProposal], where[Crossing])
    if subject.user_id is not None:
        erase_account(session, subject.user_id)
        gone[title_of("user_account.name")] += 1
    return gone


def erase_participant(person: Participant) -> None:
    person.name, person.email, person.certificate_name = NAME, address_of("participant", person.id), ""
    person.salt = new_salt()


def erase_contact(engagement: Engagement, contact: Contact) -> None:
    """A head need not be named at all."""
    is_lead = contact.role == "lead"
    setattr(engagement, f"{contact.role}_name", NAME if is_lead else "")
    setattr(engagement, f"{contact.role}_email", address_of("lead", engagement.id) if is_lead else "")
    engagement.salt = new_salt()


def erase_contact_rows(session: Session, contacts: Where, proposals: Where, crossings: Where) -> Gone:
    """Who was a contact, or was proposed for one. That it was somebody, and from when until when, stays."""
    gone, title = Gone(), title_of("contact.name")
    for one in session.scalars(select(ContactRow).where(contacts)):
        one.name, one.email, one.salt = NAME, address_of("contact", one.id), new_salt()
        gone[title] += 1
    for asked in session.scalars(select(ContactProposal).where(proposals)):
        asked.name, asked.email, asked.asked_by = NAME, address_of("proposal", asked.id), NAME
        asked.salt = new_salt()
        gone[title] += 1
    session.execute(delete(Crossing).where(crossings))
    return gone


def erase_certificate(one: Certificate) -> None:
    """Its number still leads to a page, which says all but whose it is. There is no file any more."""
    one.name, one.pdf, one.sha256, one.salt = "", b"", _NOTHING, new_salt()


def _erase_certificates(session: Session, where: Where, kept: set[int], gone: Gone) -> None:
    for one in session.scalars(select(Certificate).where(where)):
        if one.id not in kept:
            gone[title_of("certificate.name")] += bool(one.name)
            erase_certificate(one)


def _drop_owed(session: Session, where: Where) -> None:
    """Nothing is sent to them any more. A new fence shuts out whoever has it in hand."""
    open_still = where & OwedEffect.status.in_(("owed", "claimed", "dead"))
    dropped = update(OwedEffect).where(open_still).values(status="dropped", fence=OwedEffect.fence + 1)
    session.execute(dropped.execution_options(synchronize_session=False))


def _remove_files(session: Session, where: Mapping[type[Record], Where], gone: Gone) -> None:
    """A file that somebody else sent in as well stays theirs."""
    leading = (EvidenceAttachment, UnsentFile)
    hashes = {one for record in leading for one in session.scalars(select(record.sha256).where(where[record]))}
    for record in leading:
        gone += _removed(session, record, where[record])
    drop_unused(session, hashes)


def emptied(session: Session, record: type[Record], where: Where) -> Gone:
    """The marked columns of these rows say nothing any more."""
    table = table_of(record)
    marked = [one for one in table.columns if one.info]
    blank = {one.name: _blank(one.type) for one in marked}
    number = _count(session, update(table).where(where).values(blank))
    return Gone({title_of(f"{table.name}.{marked[0].name}"): number}) if number else Gone()


def _blank(kind: object) -> object:
    if isinstance(kind, LargeBinary):
        return b""
    return {} if isinstance(kind, JSON | JsonDocument) else ""


def _removed(session: Session, record: type[Record], where: Where) -> Gone:
    table = table_of(record)
    number = _count(session, delete(table).where(where))
    marked = next((one.name for one in table.columns if one.info), None)
    return Gone({title_of(f"{table.name}.{marked}"): number}) if number and marked else Gone()


def _count(session: Session, statement: Any) -> int:
    """How many rows it changed."""
    return cast("CursorResult[Any]", session.execute(statement)).rowcount


def erase_account(session: Session, number: int) -> None:
    """Nobody signs in with it again. Histories go on naming its number."""
    for record in (Passkey, RecoveryCode, SavedList, CalendarFeed):
        session.execute(delete(record).where(record.user_id == number))
    session.execute(update(AccountEvent).where(AccountEvent.user_id == number).values(data={}))
    user = session.get_one(User, number)
    user.name, user.email, user.telephone = NAME, address_of("account", number), ""
    user.password_hash = user.totp_sealed = ""
    user.subject = None
