"""The trusts whose schools take part: what a list of engagements can be filtered by."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.store.tables.engagement import Engagement
from workflow.store.tables.school import School


def trusts_of(session: Session) -> Mapping[str, str]:
    """Their names by their codes, A to Z. A code that stands for two names in the register has one of them."""
    here = select(Engagement.id).where(Engagement.school_urn == School.urn).exists()
    named = select(School.trust_code, School.trust).where(School.trust_code > "", here).distinct()
    return {code: name or code for code, name in sorted(session.execute(named), key=lambda row: row.trust.casefold())}
