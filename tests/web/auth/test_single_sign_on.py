"""In by an issuer that somebody else wrote, with a real browser: who is known, who is new, and who is turned away."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page
from sqlalchemy import select

from config.settings import Settings
from tests.programs import NODE
from tests.servers import free_port
from tests.web.browsing import Site, serving, sound
from tests.web.visitor import Visitor
from web.application import create_app
from web.installation import utc_now
from workflow.domain.actor import ACCOUNT_ROLES, SYSTEM
from workflow.errors import NotFound
from workflow.store.session import Store
from workflow.store.tables.access.session import WebSession
from workflow.store.tables.user import User
from workflow.usecases.accounts import members

_SERVE = Path(__file__).parent / "issuer" / "serve.mjs"
_MODULES = Path(__file__).parents[3] / "node_modules"
CLIENT, SECRET = "recognition", "only-these-tests-know-this-client-secret"
ROLES = (("lead_advisor", "lead_advisor"), ("advisor", "advisor"))


@contextmanager
def issuer(answer: str) -> Iterator[str]:
    port = free_port()
    words = [*NODE, str(_SERVE), str(port), answer]
    with subprocess.Popen(words, stdout=subprocess.PIPE, cwd=_MODULES.parent) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == b"ready\n"
        yield f"http://127.0.0.1:{port}"
        running.terminate()


@pytest.fixture
def door(settings: Settings, store: Store) -> Iterator[Site]:
    """Pages that know an issuer; both go by the clock on the wall."""
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    with issuer(f"{base}/sign-in/council/answer") as address:
        known = replace(
            settings,
            second_factor=ACCOUNT_ROLES,
            base_url=base,
            oidc_issuer=address,
            oidc_client_id=CLIENT,
            oidc_client_secret=SECRET,
            oidc_roles=ROLES,
        )
        app = create_app(known, utc_now, store)
        with serving(app, settings.secret_key, port) as site:
            yield site


def come(page: Page, door: Site, email: str, path: str = "/advisor/") -> None:
    """By the button, and through the issuer's own pages."""
    page.goto(door.url + path)
    page.click("text=Sign in with your council account")
    page.fill("[name=login]", email)
    page.fill("[name=password]", "whatever the issuer wants")
    page.click("button[type=submit]")
    page.click("button[type=submit]")
    page.wait_for_url(f"{door.url}/**")


def _proved(store: Store) -> datetime:
    """When the session that is open now was proved."""
    with store.reading() as session:
        return session.scalars(select(WebSession).order_by(WebSession.id.desc())).all()[0].proved_at


def _user(store: Store, email: str) -> User:
    with store.reading() as session:
        return members.by_address(session, email)


def test_whoever_has_an_account_comes_in_and_is_known_by_their_number_from_then_on(
    page: Page, door: Site, store: Store
) -> None:
    come(page, door, "advisor.web@example.org", "/advisor/engagements")
    assert page.url == f"{door.url}/advisor/engagements"
    assert "Tamsin Rowe" in page.inner_text("body")
    subject = _user(store, "advisor.web@example.org").subject
    assert subject is not None
    assert subject.endswith(" advisor.web@example.org")


def test_what_is_sensitive_goes_by_when_the_issuer_asked(page: Page, door: Site, store: Store) -> None:
    come(page, door, "advisor.web@example.org")
    said = _proved(store)
    assert utc_now() - said < timedelta(minutes=1)
    page.click("text=Sign out")
    page.goto(f"{door.url}/sign-in")
    page.click("text=Sign in with your council account")
    page.wait_for_url(f"{door.url}/advisor/")
    assert _proved(store) == said, "the issuer let them in again without asking"


def test_somebody_new_gets_an_account_with_the_role_of_their_group(page: Page, door: Site, store: Store) -> None:
    come(page, door, "lead_advisor.new@example.org")
    assert page.url == f"{door.url}/advisor/"
    found = _user(store, "lead_advisor.new@example.org")
    assert (found.role, found.name, found.password_hash) == ("lead_advisor", "Somebody Known", "")


def test_whose_groups_have_no_role_is_turned_away(page: Page, door: Site, store: Store) -> None:
    come(page, door, "gardener.new@example.org")
    assert "none of your groups has a role here" in page.inner_text("main")
    with pytest.raises(NotFound):
        _user(store, "gardener.new@example.org")
    sound(page, "You are not signed in")


def test_an_address_that_is_not_confirmed_is_nobodys(page: Page, door: Site, store: Store) -> None:
    come(page, door, "advisor.unconfirmed@example.org")
    assert "did not say your email address" in page.inner_text("main")
    with pytest.raises(NotFound):
        _user(store, "advisor.unconfirmed@example.org")


def test_a_closed_account_stays_closed(page: Page, door: Site, store: Store) -> None:
    with store.writing() as session:
        number = members.by_address(session, "advisor.web@example.org").id
        members.disable(session, number, by=SYSTEM, now=utc_now())
    come(page, door, "advisor.web@example.org")
    assert "Your account here is closed" in page.inner_text("main")


def test_an_answer_that_nobody_asked_for_or_that_came_before_lets_nobody_in(page: Page, door: Site) -> None:
    with page.expect_response(lambda one: "/sign-in/council/answer" in one.url) as answered:
        come(page, door, "advisor.web@example.org")
    replayed = urlsplit(answered.value.url)
    page.context.clear_cookies()
    for query in (replayed.query, "code=made-up&state=made-up", "error=access_denied", ""):
        page.goto(f"{door.url}/sign-in/council/answer?{query}")
        assert "is not to be trusted" in page.inner_text("main")
    page.goto(f"{door.url}/advisor/")
    assert page.url.startswith(f"{door.url}/sign-in")


def test_an_issuer_that_does_not_answer_is_said(settings: Settings, store: Store) -> None:
    away = replace(
        settings, oidc_issuer=f"http://127.0.0.1:{free_port()}", oidc_client_id=CLIENT, oidc_client_secret=SECRET
    )
    visitor = Visitor(create_app(away, utc_now, store))
    assert visitor.open("/sign-in/council").answer.status_code == 502
    assert "did not answer" in visitor.words


def test_without_an_issuer_there_is_no_way_to_one(anybody: Visitor) -> None:
    assert "council account" not in anybody.open("/sign-in").words
    assert anybody.open("/sign-in/council").answer.status_code == 404
