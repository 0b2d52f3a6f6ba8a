"""Which rows are whose: of every table that holds something about people, how one person's own rows are found.

Rows that are nobody's own, such as a note or what was agreed at a meeting, may speak of people all the same; `words`
and `traces` find them.
"""

from collections.abc import Mapping

from sqlalchemy import ColumnElement, Select, select

from workflow.domain.effects import Recipient
from workflow.store.privacy.subject import Subject
from workflow.store.record import Record
from workflow.store.tables.access.access_letter import AccessLetter
from workflow.store.tables.access.account_event import AccountEvent
from workflow.store.tables.access.evidence_read import EvidenceRead
from workflow.store.tables.access.invited_reader import InvitedReader, InvitedReaderSchool, ReaderEvent
from workflow.store.tables.access.session import KnownDevice, WebSession
from workflow.store.tables.appointment import Attendance
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
from workflow.store.tables.submission import (
    CriterionDecision,
    Evidence,
    EvidenceAttachment,
    Review,
    StoredFile,
    Submission,
)
from workflow.store.tables.uploads.upload import Upload
from workflow.store.tables.user import User
from workflow.store.tables.visit import Action

#: Tables whose rows are nobody's own.
NOBODYS = frozenset(
    (
        "appointment",
        "note",
        "case_note_version",
        "case_note_file",
        "bulk_job",
        "bulk_row",
        "receipt",
        "setback",
    )
)
_AUDIENCES = ("participant", "participants", "completed", "invited", "attended")
Where = ColumnElement[bool]


def owned(subject: Subject) -> Mapping[type[Record], Where]:
    """One person's own rows, table by table, in the order in which people read them."""
    people = subject.participants
    sent = select(Submission.id).where(Submission.participant_id.in_(people))
    pieces = select(Evidence.id).where(Evidence.submission_id.in_(sent))
    files = select(EvidenceAttachment.sha256).where(EvidenceAttachment.evidence_id.in_(pieces))
    chosen = select(UnsentFile.sha256).where(UnsentFile.participant_id.in_(people))
    reviews = select(Review.id).where(Review.submission_id.in_(sent))
    to_them = OwedEffect.recipient.in_([Recipient(one, number).token for one in _AUDIENCES for number in people])
    return {
        Participant: Participant.id.in_(people),
        Engagement: Engagement.id.in_([one.engagement_id for one in subject.contacts]),
        EntryBasis: EntryBasis.participant_id.in_(people),
        Attendance: Attendance.participant_id.in_(people),
        Submission: Submission.participant_id.in_(people),
        Evidence: Evidence.submission_id.in_(sent),
        EvidenceAttachment: EvidenceAttachment.evidence_id.in_(pieces),
        StoredFile: StoredFile.sha256.in_(files) | StoredFile.sha256.in_(chosen),
        Review: Review.submission_id.in_(sent),
        CriterionDecision: CriterionDecision.review_id.in_(reviews),
        Certificate: Certificate.participant_id.in_(people),
        Action: Action.participant_id.in_(people),
        OwedEffect: to_them,
        SentEmail: SentEmail.to_email.in_(subject.addresses)
        | SentEmail.outbox_id.in_(select(OwedEffect.id).where(to_them)),
        EvidenceRead: EvidenceRead.participant_id.in_(people) | (EvidenceRead.user_id == subject.user_id),
        ContactRow: ContactRow.email.in_(subject.addresses),
        ContactProposal: ContactProposal.email.in_(subject.addresses),
        Crossing: Crossing.email.in_(subject.addresses),
        AccessLetter: AccessLetter.to_email.in_(subject.addresses) | (AccessLetter.user_id == subject.user_id),
        Draft: Draft.participant_id.in_(people) | (Draft.user_id == subject.user_id),
        DataRequest: DataRequest.participant_id.in_(people),
        UnsentFile: UnsentFile.participant_id.in_(people),
        **_of_reader(subject.addresses),
        **_of_account(subject, people),
    }


def _read_by(addresses: tuple[str, ...]) -> Select[int]:
    return select(InvitedReader.id).where(InvitedReader.email.in_(addresses))


def _of_reader(addresses: tuple[str, ...]) -> Mapping[type[Record], Where]:
    return {
        InvitedReaderSchool: InvitedReaderSchool.reader_id.in_(_read_by(addresses)),
        ReaderEvent: ReaderEvent.reader_id.in_(_read_by(addresses)),
        InvitedReader: InvitedReader.email.in_(addresses),
    }


def _of_account(subject: Subject, people: tuple[int, ...]) -> Mapping[type[Record], Where]:
    user_id, reads = subject.user_id, WebSession.reader_id.in_(_read_by(subject.addresses))
    return {
        User: User.id == user_id,
        AccountEvent: AccountEvent.user_id == user_id,
        WebSession: WebSession.participant_id.in_(people) | (WebSession.user_id == user_id) | reads,
        KnownDevice: KnownDevice.user_id == user_id,
        Upload: Upload.user_id == user_id,
    }
