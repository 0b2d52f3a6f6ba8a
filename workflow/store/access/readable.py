"""Which schools an invited reader may read about at this moment: asked of the database within every query, so that a
school that joins or leaves the trust, and an invitation that ends, count at once.
"""

from datetime import datetime

from sqlalchemy import BindParameter, ColumnElement, CompoundSelect, select, union
from sqlalchemy.orm import aliased

from workflow.store.tables.access.invited_reader import InvitedReader, InvitedReaderSchool
from workflow.store.tables.school import School


def is_open(now: datetime | BindParameter[datetime]) -> ColumnElement[bool]:
    """That an invitation holds at this moment."""
    return InvitedReader.ended_at.is_(None) & (InvitedReader.until > now)


def readable_schools(
    reader_id: int | BindParameter[int], now: datetime | BindParameter[datetime]
) -> CompoundSelect[str]:
    """Their reference numbers (URNs); none once the invitation has ended."""
    theirs, of_trust = (InvitedReader.id == reader_id) & is_open(now), aliased(School)
    return union(
        select(InvitedReaderSchool.urn)
        .join(InvitedReader, InvitedReader.id == InvitedReaderSchool.reader_id)
        .where(theirs),
        select(of_trust.urn)
        .join(InvitedReader, InvitedReader.trust_code == of_trust.trust_code)
        .where(theirs, InvitedReader.trust_code > ""),
    )
