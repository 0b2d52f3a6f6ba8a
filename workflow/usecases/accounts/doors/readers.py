"""Readers of several schools come in by a letter as schools do: once, by pressing a button, for a while.

What they may read is not kept with the session: each query asks which schools that are now.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from workflow.domain.actor import Actor
from workflow.errors import NotFound
from workflow.store.access.readable import is_open
from workflow.store.record import UtcDateTime
from workflow.store.session import Store
from workflow.store.tables.access.invited_reader import InvitedReader
from workflow.store.tables.access.session import WebSession
from workflow.store.tables.access.subject import Subject
from workflow.usecases.accounts import access_letters, sessions
from workflow.usecases.accounts.credentials.secrets import digest_of
from workflow.usecases.accounts.doors.sign_in import Visit
from workflow.usecases.accounts.policy import AccessPolicy
from workflow.usecases.accounts.readers import history
from workflow.usecases.accounts.readers.invitations import INVITATION, LINK

_NOW = bindparam("now", type_=UtcDateTime())
#: Asked with every request of a reader, so it is put together once.
_HOLDS = (
    select(InvitedReader, WebSession)
    .join(WebSession, WebSession.reader_id == InvitedReader.id)
    .where(
        WebSession.secret_digest == bindparam("digest"),
        WebSession.until > _NOW,
        WebSession.used_at > bindparam("rested", type_=UtcDateTime()),
        is_open(_NOW),
    )
)


class Reading(NamedTuple):
    """Who reads, and the session under which they do."""

    reader: InvitedReader
    session: WebSession


def invited(session: Session, secret: str, now: datetime, *, lock: bool = False) -> InvitedReader:
    """Whom this link lets in. To look uses nothing up. Raises NotFound."""
    letter = access_letters.of_link(session, secret, now, lock=lock)
    if letter is None or letter.purpose not in (INVITATION, LINK):
        raise NotFound(access_letters.NO_LINK)
    mine = (InvitedReader.id == letter.reader_id) & (InvitedReader.email == letter.to_email) & is_open(now)
    wanted = select(InvitedReader).where(mine)
    reader = session.scalar(wanted.with_for_update() if lock else wanted)
    if reader is None:
        raise NotFound(access_letters.NO_LINK)
    if lock:
        letter.used_at = now
    return reader


def come_in(store: Store, secret: str, visit: Visit, policy: AccessPolicy) -> str:
    """Once: the secret of a session. Raises NotFound."""
    with store.writing() as session:
        reader = invited(session, secret, visit.now, lock=True)
        reader.seen_at = visit.now
        history.note(session, reader.id, "came_in", Actor("system"), visit.now)
        until = min(visit.now + policy.guest_absolute, reader.until)
        return sessions.begin(session, Subject(reader_id=reader.id), visit.place, now=visit.now, until=until)


def read(session: Session, secret: str, now: datetime, idle: timedelta) -> Reading | None:
    """None for a session that ended or rested for too long, or whose invitation has ended."""
    asked = {"digest": digest_of(secret), "now": now, "rested": now - idle}
    found = session.execute(_HOLDS, asked).one_or_none()
    return Reading(*found) if found else None
