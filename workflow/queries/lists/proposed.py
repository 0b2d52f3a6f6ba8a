"""Contacts that schools have proposed and that wait for a yes, for whoever looks after the schools."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.domain.contacts.kinds import CONTACTS
from workflow.offer.installed.editions import Edition
from workflow.queries.lists.wanted import under
from workflow.store.record import holds
from workflow.store.tables.contacts.proposal import ContactProposal
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.school import School

_SHOWN = 10


class Proposed(NamedTuple):
    reference: str
    school: str
    kind: str
    name: str
    asked_at: datetime

    @property
    def title(self) -> str:
        return CONTACTS[self.kind].lower()


def proposed(
    session: Session, advisor_id: int | None, now: datetime, offer: Edition | None = None
) -> Sequence[Proposed]:
    """What lapses first; of everybody's schools where no advisor is named, and of every offer where none is."""
    mine = () if advisor_id is None else (Engagement.advisor_id == advisor_id,)
    rows = session.execute(
        select(Engagement.reference, School.name, ContactProposal.kind, ContactProposal.name, ContactProposal.asked_at)
        .join(Engagement, Engagement.id == ContactProposal.engagement_id)
        .join(School, School.urn == Engagement.school_urn)
        .where(holds(ContactProposal.status, "open"), ContactProposal.lapses_at > now, *mine, *under(offer))
        .order_by(ContactProposal.lapses_at, ContactProposal.id)
        .limit(_SHOWN)
    )
    return [Proposed(*row) for row in rows]
