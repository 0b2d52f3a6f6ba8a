"""What is owed to the outside world, for people: the outbox as a list, and the way back for what is stuck."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflow.domain.effects import Recipient
from workflow.offer.installed.editions import Edition
from workflow.queries.lists.wanted import under
from workflow.store.dialect import among
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.owed_effect import OwedEffect
from workflow.store.tables.participant import Participant
from workflow.store.tables.school import School

#: What is listed when nobody says otherwise: whatever is not settled.
UNSETTLED = ("owed", "claimed", "dead")


@dataclass(frozen=True, slots=True)
class OwedLine:
    """One effect. `due_at` is when it may next be tried; `trouble` is what went wrong last; `way_back` is how a dead
    one comes to life again."""

    id: int
    reference: str
    school: str
    kind: str
    name: str
    recipient: str
    status: str
    attempts: int
    owed_at: datetime
    due_at: datetime
    trouble: str
    way_back: str

    def as_json(self) -> dict[str, Any]:
        times = {"owed_at": self.owed_at.isoformat(), "due_at": self.due_at.isoformat()}
        names = ("id", "kind", "name", "recipient", "status", "attempts", "trouble", "way_back", "school")
        return {"ref": self.reference} | {name: getattr(self, name) for name in names} | times


def list_owed(session: Session, statuses: tuple[str, ...] = UNSETTLED, offer: Edition | None = None) -> list[OwedLine]:
    """Dead ones first, then the oldest; of the engagements under one offer alone, where one is named."""
    rows = session.execute(
        select(OwedEffect, Engagement.reference, School.name)
        .join(Engagement, Engagement.id == OwedEffect.engagement_id)
        .join(School, School.urn == Engagement.school_urn)
        .where(OwedEffect.status.in_(statuses), *under(offer))
        .order_by(OwedEffect.status != "dead", OwedEffect.due_at, OwedEffect.id)
    ).all()
    emails = _emails(session, [owed for owed, *_ in rows if owed.status == "dead"])
    return [
        OwedLine(
            owed.id,
            reference,
            school,
            owed.kind,
            owed.name,
            owed.recipient,
            owed.status,
            owed.attempts,
            owed.owed_at,
            owed.due_at,
            owed.trouble,
            _way_back(owed, reference, emails) if owed.status == "dead" else "",
        )
        for owed, reference, school in rows
    ]


def _emails(session: Session, dead: Iterable[OwedEffect]) -> dict[int, str]:
    """The addresses of the participants they are for."""
    whom = (Recipient.parse(owed.recipient) for owed in dead)
    ids = [one.id for one in whom if one.id is not None and not one.at_council]
    found = select(Participant.id, Participant.email).where(among(Participant.id, "ids"))
    return dict(session.execute(found, {"ids": ids}).all()) if ids else {}


def _way_back(owed: OwedEffect, reference: str, emails: Mapping[int, str]) -> str:
    """What to type first, where a name or an address is wrong, and what then."""
    to = Recipient.parse(owed.recipient)
    person, again = emails.get(to.id or 0), f"“outbox retry {owed.id}”"
    if person and not to.at_council:
        verb = "confirm" if owed.kind == "certificate" else "correct"
        first = f"“participant {verb} {reference} {person}”"
    elif to.audience == "school_lead":
        first = f"“engagement correct-contact {reference}”"
    else:
        return f"Put right what is wrong, then {again}; or drop it and say why."
    return f"If the name or the address is wrong, put it right with {first}; then {again}, or drop it and say why."


def count_stuck(session: Session) -> int:
    """How many were given up and wait for somebody to retry or drop them."""
    return session.scalar(select(func.count()).select_from(OwedEffect).where(OwedEffect.status == "dead")) or 0


def oldest_due(session: Session, now: datetime) -> datetime | None:
    """Since when the oldest effect that is due has waited."""
    return session.scalar(
        select(func.min(OwedEffect.due_at)).where(OwedEffect.status.in_(("owed", "claimed")), OwedEffect.due_at <= now)
    )
