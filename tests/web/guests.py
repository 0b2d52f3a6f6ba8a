"""Schools and participants who are in, for tests that are about what they do there.

How they come in, by asking and by a letter, is `tests/web/school/test_door.py`'s to prove.
"""

from datetime import timedelta

from flask import Flask
from playwright.sync_api import Page
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.web.browsing import Site
from tests.web.visitor import Visitor
from web.app_state import State
from workflow.store.tables.access.subject import Subject
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.participant import Participant
from workflow.usecases.accounts import access_letters
from workflow.usecases.accounts.access_letters import Reader


def state_of(app: Flask) -> State:
    state = app.extensions["recognition"]
    assert isinstance(state, State)
    return state


def link_for(app: Flask, reference: str, participant_id: int | None = None) -> str:
    """The address of a one-use link, of a letter that has been sent."""
    state = state_of(app)
    now = state.clock()
    with state.store.writing() as session:
        reader, purpose = _reader(session, reference, participant_id)
        letter = access_letters.owe_to(session, reader, purpose, state.link_maker, now)
        letter.status, letter.until = "sent", now + timedelta(minutes=10)
        return f"/school/link/{state.link_maker.secret(purpose, letter.salt)}"


def _reader(session: Session, reference: str, participant_id: int | None) -> tuple[Reader, str]:
    if participant_id is not None:
        person = session.get_one(Participant, participant_id)
        return Reader(Subject(participant_id=person.id), person.name, person.email), "participant_link"
    one = session.scalars(select(Engagement).where(Engagement.reference == reference)).one()
    return Reader(Subject(engagement_id=one.id), one.lead_name, one.lead_email), "school_link"


def let_in(visitor: Visitor, reference: str, participant_id: int | None = None) -> str:
    """Presses the button behind such a link. Returns the page that it leads to."""
    link = link_for(visitor.client.application, reference, participant_id)
    visitor.post(link, visitor.open(link).fields(link))
    assert visitor.answer.status_code == 303
    return visitor.answer.location


def browse_in(page: Page, site: Site, reference: str, participant_id: int | None = None) -> str:
    """The same in a browser, which stands on the page afterwards."""
    page.goto(site.url + link_for(site.app, reference, participant_id))
    with page.expect_navigation():
        page.click("main form button")
    return page.url
