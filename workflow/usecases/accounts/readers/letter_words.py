"""What the letters to readers of several schools tell: of which schools, who invited them, and until when."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from workflow.calendar.local_time import day_told
from workflow.store.tables.access.access_letter import AccessLetter
from workflow.store.tables.access.invited_reader import InvitedReader
from workflow.store.tables.user import User
from workflow.usecases.accounts.readers import scope


def words_of(session: Session, letter: AccessLetter) -> Mapping[str, str]:
    """`invited_by` is empty where it was nobody with an account."""
    reader = session.get_one(InvitedReader, letter.reader_id)
    by = session.get(User, reader.invited_by) if reader.invited_by else None
    return {
        "schools": scope.told(session, [reader])[reader.id],
        "invited_by": by.name if by else "",
        "until": day_told(reader.until),
    }
