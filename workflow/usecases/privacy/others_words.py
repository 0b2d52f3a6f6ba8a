"""What others wrote about somebody: their names and addresses go out of it, and the rest stays.

Where a text cannot be changed, as history keeps its digest, it goes as a whole, which is lawful there.
"""

from collections.abc import Iterable, Mapping

from sqlalchemy import ColumnElement, and_, delete, select, update
from sqlalchemy.orm import Session

from workflow.store.privacy.kinds import title_of
from workflow.store.privacy.marks import marks
from workflow.store.privacy.subject import Subject
from workflow.store.privacy.traces import Trace, traces
from workflow.store.privacy.words import Words
from workflow.store.record import new_salt
from workflow.store.tables.appointment import Appointment
from workflow.store.tables.event import Note
from workflow.store.tables.notes.case_note import CaseNote
from workflow.store.tables.uploads.upload import Upload
from workflow.usecases.privacy.own_rows import Gone

#: Columns that say who somebody else is. Another person may have the same name.
_OTHER_PEOPLE = frozenset(
    (
        "participant.name",
        "participant.email",
        "participant.certificate_name",
        "certificate.name",
        "engagement.lead_name",
        "engagement.lead_email",
        "engagement.head_name",
        "engagement.head_email",
        "contact.name",
        "contact.email",
        "contact_proposal.name",
        "contact_proposal.email",
        "user_account.name",
        "user_account.email",
        "invited_reader.name",
        "invited_reader.email",
        "access_letter.to_name",
        "access_letter.to_email",
    )
)

_LEAST_LETTERS = 3


def meetings_of(found: Iterable[Trace]) -> set[int]:
    """The meetings at which something was agreed that speaks of them."""
    return {one.row["id"] for one in found if one.name == "appointment.outputs"}


def take_out(session: Session, subject: Subject, words: Words) -> Gone:
    """The engagements of the meetings among them are locked, and the person's own rows are emptied. Counts the texts,
    by kind.

    While somebody else has the same name, it goes from what is written about the person's own engagements alone, and
    from everywhere else only the address does: the other would lose what is about them.
    """
    found, gone, marked = [*traces(session, words)], Gone(), {mark.name for mark in marks()} - _OTHER_PEOPLE
    is_shared = any(one.name in _OTHER_PEOPLE and one.name != "certificate.name" for one in found)
    for one in found:
        is_near = not is_shared or _engagement_of(session, one) in subject.engagements
        chosen = words if is_near else words.of_addresses()
        if one.name in marked and chosen.are_in(one.value):
            gone[title_of(one.name)] += 1
            _take_out(session, one, chosen)
    return gone


def _take_out(session: Session, one: Trace, words: Words) -> None:
    if one.table.name == Appointment.__tablename__:
        meeting = session.get_one(Appointment, one.row["id"])
        meeting.outputs, meeting.salt = words.without(meeting.outputs), new_salt()
    elif one.table.name == Note.__tablename__:
        session.execute(delete(one.table).where(_here(one)))
    else:
        session.execute(update(one.table).where(_here(one)).values({one.column: words.without(one.value)}))


def _engagement_of(session: Session, one: Trace) -> int | None:
    if "engagement_id" in one.table.c:
        number: int | None = session.scalar(select(one.table.c.engagement_id).where(_here(one)))
        return number
    if "note_id" in one.table.c:
        return session.scalar(select(CaseNote.engagement_id).where(CaseNote.id == one.row["note_id"]))
    return None


def remove_uploads(session: Session, words: Words) -> Gone:
    """Files that wait to be brought in with somebody in them: whoever uploaded one can do so again without them."""
    waiting = select(Upload.id, Upload.content).where(Upload.content.is_not(None))
    numbers = [number for number, content in session.execute(waiting) if content and words.are_in_bytes(content)]
    session.execute(delete(Upload).where(Upload.id.in_(numbers)))
    return Gone({title_of("upload.content"): len(numbers)}) if numbers else Gone()


def by_first_name(session: Session, subject: Subject) -> int:
    """In how many texts about their engagements a first name of theirs stands alone. It may be somebody else's, or a
    month, so only a reader can say."""
    given = {name.split()[0] for name in subject.names if len(name.split()[0]) >= _LEAST_LETTERS}
    if not given:
        return 0
    texts = {mark.name for mark in marks()} - _OTHER_PEOPLE - {"message.to_name", "message.to_email"}
    found = (one for one in traces(session, Words((), given)) if one.name in texts)
    return sum(_engagement_of(session, one) in subject.engagements for one in found)


def left(session: Session, words: Words) -> Mapping[str, int]:
    """Where they still stand, by the name of the column."""
    counted = Gone()
    for one in traces(session, words):
        counted[one.name] += 1
    return counted


def _here(one: Trace) -> ColumnElement[bool]:
    return and_(*(one.table.c[name] == value for name, value in one.row.items()))
