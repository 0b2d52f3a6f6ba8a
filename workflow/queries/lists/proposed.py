"""Contacts that schools have proposed and that wait for a yes, for whoever looks after the schools."""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from workflow.domain.contacts.kinds import CONTACTS
from workflow.offer.installed.editions import Edition
from workflow.queries.lists.wanted import under
from workflow.store.record import UtcDateTime, holds
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
    asked = {"now": now} if advisor_id is None else {"now": now, "advisor_id": advisor_id}
    query = _waiting(offer, whose="all" if advisor_id is None else "one")
    return [Proposed(*row) for row in session.connection().execute(query, asked)]


@lru_cache
def _waiting(offer: Edition | None, whose: Literal["all", "one"]) -> Select[*tuple[Any, ...]]:
    """Put together once for each offer, which takes longer than the answer."""
    mine = (Engagement.advisor_id == bindparam("advisor_id"),) if whose == "one" else ()
    this_moment = bindparam("now", type_=UtcDateTime())
    return (
        select(Engagement.reference, School.name, ContactProposal.kind, ContactProposal.name, ContactProposal.asked_at)
        .join(Engagement, Engagement.id == ContactProposal.engagement_id)
        .join(School, School.urn == Engagement.school_urn)
        .where(holds(ContactProposal.status, "open"), ContactProposal.lapses_at > this_moment, *mine, *under(offer))
        .order_by(ContactProposal.lapses_at, ContactProposal.id)
        .limit(_SHOWN)
    )
