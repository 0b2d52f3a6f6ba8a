"""What became of an invitation to read about several schools: written with every act on it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.domain.actor import Actor
from workflow.store.tables.access.invited_reader import ReaderEvent

#: What its history says of each thing that may become of one.
TITLES = {
    "invited": "Invited",
    "asked_again": "Sent another letter",
    "came_in": "Came in",
    "ended": "Ended",
    "ran_out": "Ran out",
}
#: How much of it is shown.
SHOWN = 20


def note(session: Session, reader_id: int, name: str, by: Actor, now: datetime) -> None:
    """`name` is one of `TITLES`."""
    if name not in TITLES:
        raise KeyError(name)
    session.add(ReaderEvent(reader_id=reader_id, at=now, by=by.token, name=name, data={}))


def latest(session: Session, reader_id: int) -> Sequence[ReaderEvent]:
    """The newest first."""
    own = select(ReaderEvent).where(ReaderEvent.reader_id == reader_id)
    return session.scalars(own.order_by(ReaderEvent.id.desc()).limit(SHOWN)).all()
