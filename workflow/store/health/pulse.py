"""The pulse: a beat owed by whoever lets time pass, delivered by whoever delivers. Without one, something stalls."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.store.dialect import insert_if_absent
from workflow.store.record import table_of
from workflow.store.tables.health.pulse import Pulse

_NAME = "delivery"
#: A new beat is owed so long after the last one.
EVERY = timedelta(seconds=10)
#: Without a beat for so long, the service stalls.
STALLED = timedelta(seconds=45)


def owe(session: Session, now: datetime) -> bool:
    """Whether a beat is owed: the one in progress, or a new one when it is time."""
    insert_if_absent(session, table_of(Pulse), {"name": _NAME, "owed_at": None, "felt_at": None, "took": 0.0})
    row = session.scalars(select(Pulse).with_for_update()).one()
    if row.owed_at is None and (row.felt_at is None or now - row.felt_at >= EVERY):
        row.owed_at = now
    return row.owed_at is not None


def feel(session: Session, now: datetime) -> None:
    """Delivers the beat that is owed, if one is."""
    row = session.scalars(select(Pulse).where(Pulse.owed_at.is_not(None)).with_for_update()).one_or_none()
    if row is not None and row.owed_at is not None:
        row.took, row.felt_at, row.owed_at = (now - row.owed_at).total_seconds(), now, None


def look(session: Session) -> Pulse | None:
    """None where nothing has ever been at work."""
    return session.scalars(select(Pulse)).one_or_none()


def is_stalled(pulse: Pulse, now: datetime) -> bool:
    """A beat that has been owed for long, or none for long: nobody delivers, or nobody lets time pass."""
    last = pulse.felt_at or pulse.owed_at
    return last is not None and now - last > STALLED
