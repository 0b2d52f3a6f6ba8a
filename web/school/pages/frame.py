"""What the pages of one school have in common: whose they are, how each is addressed, and what was begun on it."""

from sqlalchemy.orm import Session

from web import access
from web.forms import drafts
from web.forms.drafts import PageDrafts
from web.forms.form_errors import Trouble
from workflow.domain.actor import Actor
from workflow.engine.catalogue import offer_of
from workflow.store import lookups
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.school import School

READER = Actor("school_lead")
#: The pages on which somebody writes, and what drafts call them: their addresses are their readers' secret.
PAGES = {"people": "school", "dates": "school-dates", "messages": "school-messages"}


def engagement_of(db: Session) -> Engagement:
    """The one that the link is for."""
    return db.get_one(Engagement, lookups.engagement_id(db, access.school_reference()))


def address_of(token: str, page: str = "") -> str:
    return f"/school/{token}/{page}".removesuffix("/")


def frame(
    db: Session, engagement: Engagement, token: str, wrong: Trouble | None = None, page: str = ""
) -> dict[str, object]:
    """What their templates share. `page` is the one that forms are sent to, where that is not the school's own."""
    return {
        "case": engagement,
        "offer": offer_of(db, engagement),
        "school": db.get_one(School, engagement.school_urn),
        "home": address_of(token),
        "address": address_of(token, page),
        "guest": access.is_guest(),
        "wrong": wrong,
    }


def begun(db: Session, engagement: Engagement, token: str, page: str) -> PageDrafts:
    """`page` is the last part of its address, the number of a person included."""
    return drafts.on(db, READER, engagement, draft_name(page), f"{address_of(token)}/draft?on={page}")


def draft_name(page: str) -> str:
    of, _, number = page.partition("/")
    return f"{PAGES[of]}-{number}" if number else PAGES[of]
