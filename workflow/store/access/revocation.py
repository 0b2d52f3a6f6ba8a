"""Links and sessions of a school, a participant or a reader of several end with what they were given for, whoever
changes it and how.

A letter went to one address, and its link and the session that it begins are that reader's. When the contact's or the
participant's address changes, when an engagement goes on at another school, when a participant leaves, or when the
council ends an invitation, they are removed in the same transaction. This listens to what is flushed, so that no use
case has to remember it.
"""

from collections.abc import Iterator, Mapping

from sqlalchemy import delete, event, inspect
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import History

from workflow.store.record import Record, table_of
from workflow.store.tables.access.access_letter import AccessLetter
from workflow.store.tables.access.invited_reader import InvitedReader
from workflow.store.tables.access.session import WebSession
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.participant import Participant

#: Letters first: whoever is using a link at this moment holds its row, so their session is there to be found after it.
_TABLES = (table_of(AccessLetter), table_of(WebSession))
_ALWAYS: Mapping[type[Record], tuple[str, ...]] = {
    Engagement: ("lead_email", "school_urn"),
    Participant: ("email", "engagement_id"),
    InvitedReader: ("email", "ended_at"),
}
_OF: Mapping[type[Record], str] = {
    Engagement: "engagement_id",
    Participant: "participant_id",
    InvitedReader: "reader_id",
}
_LEFT = "withdrawn"


def listen(sessions: type[Session]) -> None:
    event.listen(sessions, "after_flush", _revoke)


def _revoke(session: Session, _context: object) -> None:
    ended = [*_ended(session)]
    for table in _TABLES if ended else ():
        for column, number in ended:
            session.connection().execute(delete(table).where(table.c[column] == number))


def _ended(session: Session) -> Iterator[tuple[str, int]]:
    for row in session.dirty:
        if isinstance(row, Engagement | Participant | InvitedReader) and _has_ended(row):
            yield _OF[type(row)], row.id


def _has_ended(row: Engagement | Participant | InvitedReader) -> bool:
    if isinstance(row, Participant) and row.status == _LEFT and _changes(row, "status"):
        return True
    return any(_changes(row, name) for name in _ALWAYS[type(row)])


def _changes(row: Record, name: str) -> bool:
    history: History = inspect(row).attrs[name].history
    return bool(history.has_changes())
