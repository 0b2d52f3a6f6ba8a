"""What has been kept for long enough goes by itself: a little with each pass, and never the history.

The periods are those of the marks. What belongs to an engagement goes two years after it ends, as a whole and in one
transaction with an event that says so; certificates stay, as they can be checked. What is kept for days goes by its
day.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, delete, exists, func, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from workflow import engine
from workflow.domain.actor import SYSTEM
from workflow.domain.standing import OPEN_STANDINGS
from workflow.store.cases import lock_case
from workflow.store.privacy.kinds import title_of
from workflow.store.privacy.marks import Period, kept
from workflow.store.privacy.subject import Contact, Subject
from workflow.store.record import Record, new_salt, table_of
from workflow.store.session import Store
from workflow.store.tables.access.access_letter import AccessLetter
from workflow.store.tables.access.evidence_read import EvidenceRead
from workflow.store.tables.access.invited_reader import InvitedReader
from workflow.store.tables.access.session import KnownDevice, WebSession
from workflow.store.tables.appointment import Appointment
from workflow.store.tables.certificate import Certificate
from workflow.store.tables.contacts.contact import Contact as ContactRow
from workflow.store.tables.contacts.crossing import Crossing
from workflow.store.tables.contacts.proposal import ContactProposal
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.event import Event, Note
from workflow.store.tables.notes.case_note import CaseNote, CaseNoteFile, CaseNoteVersion
from workflow.store.tables.owed_effect import OwedEffect
from workflow.store.tables.participant import Participant
from workflow.store.tables.requests.bulk import BulkJob, BulkRow
from workflow.store.tables.requests.data_request import DataRequest
from workflow.store.tables.requests.draft import Draft
from workflow.store.tables.requests.receipt import Receipt
from workflow.store.tables.requests.unsent_file import UnsentFile
from workflow.store.tables.sent_email import SentEmail
from workflow.store.tables.uploads.upload import Upload
from workflow.store.tables.user import User
from workflow.store.tables.visit import Action
from workflow.store.unused_files import drop_unused
from workflow.usecases.accounts import account_history
from workflow.usecases.people import unsent_files
from workflow.usecases.privacy import own_rows
from workflow.usecases.privacy.own_rows import Gone

KEPT_LONG_ENOUGH = "kept_long_enough"
#: How much one pass takes in hand, so that nobody waits for it: engagements and accounts, and rows of each table.
AT_ONCE, ROWS_AT_ONCE = 10, 1000
#: Rows that are kept for days, from when on.
_BY_DAY: Mapping[type[Record], InstrumentedAttribute[datetime] | InstrumentedAttribute[datetime | None]] = {
    Draft: Draft.changed_at,
    UnsentFile: UnsentFile.kept_at,
    DataRequest: DataRequest.answered_at,
    Receipt: Receipt.at,
    Upload: Upload.created_at,
    AccessLetter: AccessLetter.asked_at,
    WebSession: WebSession.used_at,
    KnownDevice: KnownDevice.used_at,
    EvidenceRead: EvidenceRead.at,
    InvitedReader: InvitedReader.until,
}
#: Texts of an engagement that are nobody's own.
_ITS_OWN: tuple[type[Record], ...] = (SentEmail, OwedEffect, Action, BulkRow)


@dataclass(frozen=True, slots=True)
class Due:
    """Whose time is up: the references of engagements, the numbers of accounts, and how many rows by kind."""

    engagements: Mapping[int, str]
    accounts: tuple[int, ...]
    rows: Mapping[str, int]

    @property
    def is_nothing(self) -> bool:
        return not (self.engagements or self.accounts or self.rows)


def due(session: Session, now: datetime) -> Due:
    """What the next pass takes in hand. Changes nothing."""
    engagements = {row.id: row.reference for row in session.execute(_ended(now).limit(AT_ONCE))}
    accounts = tuple(session.scalars(_closed(now).limit(AT_ONCE)))
    counted = {
        _title(record): min(session.scalar(select(func.count()).select_from(record).where(old)) or 0, ROWS_AT_ONCE)
        for record, old in _old(now).items()
    }
    return Due(engagements, accounts, {title: number for title, number in counted.items() if number})


def sweep(store: Store, now: datetime) -> Due:
    """One pass: each engagement in a transaction of its own. Returns what went."""
    with store.reading() as session:
        found = due(session, now)
    for number in found.engagements:
        with store.writing() as session:
            erase_engagement(session, number, now)
    with store.writing() as session:
        for number in found.accounts:
            own_rows.erase_account(session, number)
            account_history.note(session, number, "erased", SYSTEM, now)
        for record, old in _old(now).items():
            key = next(iter(table_of(record).primary_key))
            some = key.in_(session.scalars(select(key).where(old).order_by(key).limit(ROWS_AT_ONCE)).all())
            _remove(session, record, some)
        _empty_old_jobs(session, now)
    return found


def _remove(session: Session, record: type[Record], some: ColumnElement[bool]) -> None:
    if record is UnsentFile:
        unsent_files.remove(session, some)
    else:
        session.execute(delete(record).where(some))


def erase_engagement(session: Session, number: int, now: datetime) -> Gone:
    """Everybody in it, and every text about it, but for its history and its certificates."""
    case = lock_case(session, number)
    people = session.scalars(select(Participant.id).where(Participant.engagement_id == number)).all()
    subject = Subject((), (), tuple(people), (Contact(number, "lead"), Contact(number, "head")), (number,), None)
    checked = session.scalars(select(Certificate).where(Certificate.engagement_id == number)).all()
    gone = own_rows.empty(session, subject, checked)
    gone += own_rows.erase_contact_rows(
        session,
        ContactRow.engagement_id == number,
        ContactProposal.engagement_id == number,
        Crossing.engagement_id == number,
    )
    for record in _ITS_OWN:
        gone += own_rows.emptied(session, record, table_of(record).c.engagement_id == number)
    _remove_notes(session, number)
    for meeting in session.scalars(select(Appointment).where(Appointment.engagement_id == number)):
        if meeting.outputs:
            meeting.outputs, meeting.salt = "", new_salt()
    session.flush()
    engine.record(session, case, KEPT_LONG_ENOUGH, actor=SYSTEM, now=now)
    return gone


def _remove_notes(session: Session, number: int) -> None:
    notes = select(CaseNote.id).where(CaseNote.engagement_id == number)
    files = CaseNoteFile.note_id.in_(notes)
    hashes = set(session.scalars(select(CaseNoteFile.sha256).where(files)))
    session.execute(delete(CaseNoteFile).where(files))
    drop_unused(session, hashes)
    session.execute(update(CaseNoteVersion).where(CaseNoteVersion.note_id.in_(notes)).values(text=""))
    session.execute(delete(Note).where(Note.engagement_id == number))


def _empty_old_jobs(session: Session, now: datetime) -> None:
    """What was written for many at once goes when it would for one whose journey ended that day."""
    old = (BulkJob.created_at < kept("bulk_job", "note_text").begin(now)) & (BulkJob.note_text != "")
    session.execute(update(BulkJob).where(old).values(note_text=""))


def _ended(now: datetime) -> Select[int, str]:
    """Engagements that ended long enough ago, and from which nothing has gone since."""
    mine = Event.engagement_id == Engagement.id
    is_end = Event.from_standing.in_(OPEN_STANDINGS) & Event.to_standing.not_in(OPEN_STANDINGS)
    ended = select(func.max(Event.at)).where(mine, is_end).correlate(Engagement).scalar_subquery()
    since = aliased(Event)
    gone = exists().where(since.engagement_id == Engagement.id, since.name == KEPT_LONG_ENOUGH, since.at >= ended)
    begin = kept("participant", "name").begin(now)
    is_over = Engagement.standing.not_in(OPEN_STANDINGS) & (ended < begin) & ~gone
    return select(Engagement.id, Engagement.reference).where(is_over).order_by(Engagement.id)


def _closed(now: datetime) -> Select[int]:
    begin = kept("user_account", "name").begin(now)
    return select(User.id).where(User.disabled_at < begin, User.name != own_rows.NAME).order_by(User.id)


def _old(now: datetime) -> Mapping[type[Record], ColumnElement[bool]]:
    return {record: since < _kept(record).begin(now) for record, since in _BY_DAY.items()}


def _kept(record: type[Record]) -> Period:
    table = table_of(record)
    return kept(table.name, next(one.name for one in table.columns if one.info))


def _title(record: type[Record]) -> str:
    table = table_of(record)
    return title_of(f"{table.name}.{next(one.name for one in table.columns if one.info)}")
