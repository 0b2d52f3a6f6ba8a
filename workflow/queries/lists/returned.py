"""Letters to schools that were given up, by whom they were for: what a right address would mend."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from workflow.domain.contacts.kinds import CONTACTS
from workflow.domain.effects import Recipient
from workflow.store.dialect import among
from workflow.store.record import holds
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.owed_effect import OwedEffect
from workflow.store.tables.participant import Participant


class Returned(NamedTuple):
    """How many letters to one reader were given up. `contact` is a kind of contact, or empty for a participant."""

    contact: str
    participant: int | None
    name: str
    number: int

    @property
    def whose(self) -> str:
        return CONTACTS[self.contact].lower() if self.contact else self.name


_DEAD = (
    select(Engagement.reference, OwedEffect.recipient, func.count())
    .join(Engagement, Engagement.id == OwedEffect.engagement_id)
    .where(holds(OwedEffect.status, "dead"), OwedEffect.kind == "email")
    .group_by(Engagement.reference, OwedEffect.recipient)
    .order_by(Engagement.reference, OwedEffect.recipient)
)
_NAMES: Select[int, str] = select(Participant.id, Participant.name).where(among(Participant.id, "ids"))


def returned(session: Session, references: Collection[str]) -> Mapping[str, tuple[Returned, ...]]:
    """By the engagement's reference: its contacts and participants who have such letters, each once."""
    rows = session.execute(_DEAD.where(Engagement.reference.in_(references))).all() if references else ()
    found: dict[str, dict[Recipient, int]] = {}
    for reference, token, number in rows:
        reader = _reader(Recipient.parse(token))
        if reader is not None:
            counts = found.setdefault(reference, {})
            counts[reader] = counts.get(reader, 0) + number
    names = _names(session, {one.id for counts in found.values() for one in counts if one.id is not None})
    return {reference: tuple(_told(counts, names)) for reference, counts in found.items()}


def _reader(recipient: Recipient) -> Recipient | None:
    """The contact or the participant, by whichever audience they were written to; None for everybody else."""
    if recipient.audience in CONTACTS:
        return recipient
    return Recipient("participant", recipient.id) if recipient.is_participant else None


def _names(session: Session, ids: Collection[int]) -> dict[int, str]:
    return dict(session.connection().execute(_NAMES, {"ids": list(ids)}).all()) if ids else {}


def _told(counts: Mapping[Recipient, int], names: Mapping[int, str]) -> list[Returned]:
    return [
        Returned("" if one.id else one.audience, one.id, names.get(one.id or 0, ""), number)
        for one, number in counts.items()
        if one.id is None or one.id in names
    ]
