"""What else a school has bought: its other engagements, of whatever offer."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.queries.outlines import outlines_of
from workflow.store.tables.engagement import Engagement

#: More than any school has.
_SHOWN = 20


class OtherEngagement(NamedTuple):
    """`offer` is the title of its offer, or its code and version while it cannot be used."""

    reference: str
    offer: str
    standing: str


def other_engagements(session: Session, one: Engagement) -> Sequence[OtherEngagement]:
    """The newest first."""
    columns = (Engagement.reference, Engagement.offer_code, Engagement.offer_version, Engagement.standing)
    of_school = (Engagement.school_urn == one.school_urn) & (Engagement.id != one.id)
    rows = session.execute(select(*columns).where(of_school).order_by(Engagement.id.desc()).limit(_SHOWN))
    known = outlines_of(session).outlines
    return [
        OtherEngagement(reference, known[code, version].title if (code, version) in known else f"{code} {version}", how)
        for reference, code, version, how in rows
    ]
