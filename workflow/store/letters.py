"""Which emails an engagement has owed to whom so far: who was welcomed, and who knows of which date."""

from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.domain.actor import COUNCIL_ROLES
from workflow.store.record import holds
from workflow.store.tables.event import Event
from workflow.store.tables.owed_effect import OwedEffect
from workflow.store.tables.sent_email import SentEmail
from workflow.store.tables.user import User


class EarlierLetter(NamedTuple):
    """One email owed earlier. `about` is the appointment that its event is about, if it is about one; `sent_to` the
    address it went to, if it has gone; `is_lost` says that it could not be sent. `version` is that of the offer that
    owed it, where it is not the engagement's any more."""

    id: int
    name: str
    recipient: str
    about: int | None
    sent_to: str | None = None
    is_lost: bool = False
    version: str | None = None


class Post(NamedTuple):
    """What was written about an engagement, oldest first, and the addresses of those who advise, by number."""

    letters: tuple[EarlierLetter, ...]
    advisors: Mapping[int, str]


def post_of(session: Session, engagement_id: int) -> Post:
    found = session.execute(select(User.id, User.email).where(User.role.in_(COUNCIL_ROLES)))
    return Post(letters_of(session, engagement_id), {row.id: row.email for row in found})


def letters_of(session: Session, engagement_id: int) -> tuple[EarlierLetter, ...]:
    """The emails of an engagement, oldest first. What was dropped does not count."""
    session.flush()
    rows = session.execute(
        select(
            OwedEffect.id,
            OwedEffect.name,
            OwedEffect.recipient,
            OwedEffect.status,
            OwedEffect.offer_version,
            Event.data,
            SentEmail.to_email,
        )
        .join(Event, (Event.engagement_id == OwedEffect.engagement_id) & (Event.seq == OwedEffect.seq))
        .outerjoin(SentEmail, SentEmail.outbox_id == OwedEffect.id)
        .where(
            OwedEffect.engagement_id == engagement_id,
            OwedEffect.kind == "email",
            ~holds(OwedEffect.status, "dropped"),
        )
        .order_by(OwedEffect.id)
    )
    return tuple(
        EarlierLetter(
            row.id,
            row.name,
            row.recipient,
            row.data.get("appointment"),
            row.to_email,
            row.status == "dead",
            row.offer_version,
        )
        for row in rows
    )
