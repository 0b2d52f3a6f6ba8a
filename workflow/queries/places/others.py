"""What else a school has bought: its other engagements, of whatever offer."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from workflow.queries.outlines import outlines_of
from workflow.store.record import table_of
from workflow.store.tables.engagement import Engagement

#: More than any school has.
_SHOWN = 20
_e = table_of(Engagement).c
_OF_SCHOOL = (
    select(_e.reference, _e.offer_code, _e.offer_version, _e.standing)
    .where(_e.school_urn == bindparam("urn"), _e.id != bindparam("besides"))
    .order_by(_e.id.desc())
    .limit(_SHOWN)
)


class OtherEngagement(NamedTuple):
    """`offer` is the title of its offer, or its code and version while it cannot be used."""

    reference: str
    offer: str
    standing: str


def other_engagements(session: Session, one: Engagement) -> Sequence[OtherEngagement]:
    """The newest first."""
    rows = session.connection().execute(_OF_SCHOOL, {"urn": one.school_urn, "besides": one.id})
    known = outlines_of(session).outlines
    return [
        OtherEngagement(reference, known[code, version].title if (code, version) in known else f"{code} {version}", how)
        for reference, code, version, how in rows
    ]
