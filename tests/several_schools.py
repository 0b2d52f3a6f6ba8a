"""A trust with two schools, and people who are invited to read about several."""

from datetime import datetime, timedelta

from sqlalchemy import update

from tests.journeys import LEAD
from workflow.domain.actor import Actor
from workflow.store.session import Store
from workflow.store.tables.school import School
from workflow.usecases.accounts.credentials.secrets import LinkMaker
from workflow.usecases.accounts.readers import invitations
from workflow.usecases.accounts.readers.invitations import Invitation, Invited

TRUST, OTHER = "16991", "17042"
LINKS, YEAR = LinkMaker("s" * 40), timedelta(days=365)
MORWENNA = "m.hale@trust.example.org"


def join_trust(store: Store, urn: str, code: str = TRUST, name: str = "Three Headlands Trust") -> None:
    """As an import of the register does it; without a code the school is of no trust."""
    with store.writing() as session:
        joined = update(School).where(School.urn == urn)
        session.connection().execute(joined.values(trust_code=code, trust=name if code else ""))


def invite(
    store: Store,
    now: datetime,
    email: str = MORWENNA,
    *,
    trust: str | None = None,
    schools: tuple[str, ...] = (),
    by: Actor = LEAD,
    links: LinkMaker = LINKS,
) -> Invited:
    """Of a trust, or of these schools, for a year."""
    asked = Invitation("Morwenna Hale", email, trust, schools)
    with store.writing() as session:
        return invitations.invite(session, asked, lasts=YEAR, by=by, now=now, links=links)
