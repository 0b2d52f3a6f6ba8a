"""What time does in a rehearsal: timers fire, and certificates are issued without being printed.

Emails stay owed; the `post` settles them in the end. Certificates cannot wait, for they change where people stand.
"""

from datetime import UTC, datetime

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from workflow.domain.effects import Recipient
from workflow.engine.catalogue import offer_owing
from workflow.scheduling import due_timers
from workflow.store.record import holds
from workflow.store.session import Store
from workflow.store.tables.owed_effect import OwedEffect
from workflow.usecases import certificates
from workflow.usecases.certificate_text import serial_for, to_print

_AT_ONCE = datetime.min.replace(tzinfo=UTC)
_new = OwedEffect.id > bindparam("seen")
_ASKED = select(
    due_timers.EARLIEST.scalar_subquery(),
    select(func.max(OwedEffect.id)).where(_new).scalar_subquery(),
    select(func.max(OwedEffect.id)).where(_new, OwedEffect.kind == "certificate").scalar_subquery(),
)
_SECRET = "a rehearsal"  # noqa: S105 (its certificates are no certificates)


class VirtualClock:
    """Passes on one record. `_seen` is the newest effect looked at, `_printing` whether a certificate waits."""

    def __init__(self) -> None:
        self._seen, self._printing = 0, False

    def asks(self, session: Session) -> datetime | None:
        """When the next timer is due, or a moment long past where a certificate waits."""
        due, seen, printing = session.connection().execute(_ASKED, {"seen": self._seen}).one()
        self._seen = seen or self._seen
        self._printing = self._printing or printing is not None
        return _AT_ONCE if self._printing else due

    def passes(self, store: Store, now: datetime) -> None:
        """Does what is due."""
        due_timers.sweep(store, now)
        with store.reading() as session:
            self.asks(session)
        if self._printing:
            self._print(store, now)

    def _print(self, store: Store, now: datetime) -> None:
        waiting = (
            (OwedEffect.kind == "certificate")
            & holds(OwedEffect.status, "owed", "claimed")
            & (OwedEffect.due_at <= now)
        )
        with store.writing() as session:
            for owed in session.scalars(select(OwedEffect).where(waiting).order_by(OwedEffect.id)).all():
                _issue(session, owed, now)
        self._printing = False


def _issue(session: Session, owed: OwedEffect, now: datetime) -> None:
    """As the printer would, but for the paper."""
    participant_id = Recipient.parse(owed.recipient).id or 0
    serial = serial_for(owed.key, _SECRET)
    case, seq, offer = owed.engagement_id, owed.seq, offer_owing(session, owed)
    printed = to_print(session, case, participant_id, serial=serial, owed_at=owed.owed_at, seq=seq, offer=offer)
    owed.status, owed.settled_at = "done", now
    certificates.issue(session, case, participant_id, printed, b"", owed_seq=seq, now=now, offer=offer)
