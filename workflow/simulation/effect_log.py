"""The ledger: every effect of a rehearsal, when it was owed and when it would have been done."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.store.record import table_of
from workflow.store.tables.owed_effect import OwedEffect


@dataclass(frozen=True, slots=True)
class Entry:
    """`settled_at` is None for what still waits in the end. Several reminders that one reader gets at one moment are
    one email; `reader` tells those readers apart and holds no address."""

    key: str
    kind: str
    name: str
    recipient: str
    reader: str
    owed_at: datetime
    status: str
    settled_at: datetime | None

    @property
    def letter(self) -> tuple[object, ...]:
        """What makes it one email with others, or an email by itself."""
        return (self.reader, self.settled_at) if self.reader else (self.key,)


def entry_of(row: Mapping[str, Any]) -> Entry:
    """From the columns of the outbox."""
    return Entry(*(row[name] for name in Entry.__slots__))


def read_ledger(session: Session, since: datetime) -> list[Entry]:
    """What a record says was owed or settled from this moment on, by key."""
    columns = [table_of(OwedEffect).c[name] for name in Entry.__slots__]
    wanted = select(*columns).where(OwedEffect.settled_at.is_(None) | (OwedEffect.settled_at >= since))
    return [Entry(*row) for row in session.connection().execute(wanted.order_by(OwedEffect.key))]
