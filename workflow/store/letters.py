"""Which emails an engagement has owed to whom so far: who was welcomed, and who knows of which date."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.store.record import holds
from workflow.store.tables.event import Event
from workflow.store.tables.owed_effect import OwedEffect


@dataclass(frozen=True, slots=True)
class EarlierLetter:
    """One email owed earlier. `about` is the appointment that its event is about, if it is about one."""

    id: int
    name: str
    recipient: str
    about: int | None


def letters_of(session: Session, engagement_id: int) -> tuple[EarlierLetter, ...]:
    """The emails of an engagement, oldest first. What was dropped does not count."""
    session.flush()
    rows = session.execute(
        select(OwedEffect.id, OwedEffect.name, OwedEffect.recipient, Event.data)
        .join(Event, (Event.engagement_id == OwedEffect.engagement_id) & (Event.seq == OwedEffect.seq))
        .where(
            OwedEffect.engagement_id == engagement_id,
            OwedEffect.kind == "email",
            ~holds(OwedEffect.status, "dropped"),
        )
        .order_by(OwedEffect.id)
    )
    return tuple(EarlierLetter(row.id, row.name, row.recipient, row.data.get("appointment")) for row in rows)
