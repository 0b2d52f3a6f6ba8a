"""Readers of several schools who are in, for tests that are about what they see there.

How they come in, by a letter, is `tests/web/reader/test_door.py`'s to prove.
"""

from datetime import timedelta

from flask import Flask
from playwright.sync_api import Page

from tests.several_schools import MORWENNA, invite
from tests.web.browsing import Site
from tests.web.guests import state_of
from tests.web.visitor import Visitor


def link_of(app: Flask, email: str = MORWENNA, *, trust: str | None = None, schools: tuple[str, ...] = ()) -> str:
    """The address of a one-use link of somebody who has just been invited, and whose letter has been sent."""
    state = state_of(app)
    now, maker = state.clock(), state.link_maker
    letter = invite(state.store, now, email, trust=trust, schools=schools, links=maker).letter
    with state.store.writing() as session:
        sent = session.merge(letter)
        sent.status, sent.until = "sent", now + timedelta(days=3)
    return f"/schools/link/{maker.secret(letter.purpose, letter.salt)}"


def let_in(visitor: Visitor, email: str = MORWENNA, *, trust: str | None = None, schools: tuple[str, ...] = ()) -> None:
    """Presses the button behind such a link."""
    link = link_of(visitor.client.application, email, trust=trust, schools=schools)
    visitor.post(link, visitor.open(link).fields(link))
    assert visitor.answer.location == "/schools"


def browse_in(page: Page, site: Site, *, trust: str | None = None, schools: tuple[str, ...] = ()) -> None:
    """The same in a browser, which stands on the list afterwards."""
    page.goto(site.url + link_of(site.app, trust=trust, schools=schools))
    with page.expect_navigation():
        page.click("main form button")
