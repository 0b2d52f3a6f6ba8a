"""A whole application on SQLite, three people who can sign in, and a clock that stands still."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask, template_rendered
from playwright.sync_api import Browser, Page, sync_playwright

from config.settings import Settings
from tests.journeys import Journey, furnish
from tests.records import Files, Originals
from tests.web.browsing import Site, serving
from tests.web.chromium import chromium
from tests.web.visitor import PASSWORD, Visitor
from web.application import create_app
from workflow.store.session import Store
from workflow.usecases.accounts import members

_CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NOON = datetime(2025, 10, 6, 11, 0, tzinfo=UTC)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything that is looked at in the browser goes to one process, so that a run starts one Chromium."""
    for item in items:
        if isinstance(item, pytest.Function) and "browser" in item.fixturenames:
            item.add_marker(pytest.mark.xdist_group("browser"))


class Clock:
    """Shows the time it is set to."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock(NOON)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """With a password alone, for a whole working day; what signing in is about asks for more itself."""
    url = f"sqlite:///{tmp_path / 'web.db'}"
    return Settings(home=tmp_path, database_url=url, secret_key="s" * 40, second_factor=(), idle_minutes=8 * 60)


def people_and_schools(store: Store) -> None:
    furnish(store, NOON)
    with store.writing() as session:
        for role, name in (("advisor", "Tamsin Rowe"), ("lead_advisor", "Denzil Hocking"), ("assessor", "Hedra Vos")):
            email = f"{role}.web@example.org"
            members.add(session, email, name=name, role=role, password=PASSWORD, now=NOON)


def engagement_begun(store: Store) -> None:
    people_and_schools(store)
    Journey(store, NOON).begin()


@pytest.fixture
def store(request: pytest.FixtureRequest, originals: Originals, files: Files) -> Iterator[Store]:
    """A copy for each test. Pages do not care which database they stand on, so here it is SQLite alone."""
    with originals.copy(files, engagement_begun if "journey" in request.fixturenames else people_and_schools) as store:
        yield store


@pytest.fixture
def app(settings: Settings, store: Store, clock: Clock) -> Iterator[Flask]:
    app = create_app(settings, clock, store)
    with template_rendered.connected_to(_hides_nothing, app):
        yield app


def _hides_nothing(app: Flask, context: dict[str, object], **_: object) -> None:
    """No page calls anything of its own as something is called that all pages share."""
    shared = app.jinja_env.globals
    hidden = [name for name, value in context.items() if name in shared and value is not shared[name]]
    assert set(hidden) <= {"g", "request", "session"}, f"the page hides {hidden}"


@pytest.fixture
def journey(store: Store) -> Journey:
    return Journey.resume(store)


@pytest.fixture
def case(journey: Journey) -> str:
    """The address of the engagement's page."""
    return f"/advisor/engagement/{journey.reference}"


@pytest.fixture
def anybody(app: Flask) -> Visitor:
    return Visitor(app)


@pytest.fixture
def advisor(app: Flask) -> Visitor:
    return Visitor(app).sign_in("advisor.web@example.org")


@pytest.fixture
def lead(app: Flask) -> Visitor:
    return Visitor(app).sign_in("lead_advisor.web@example.org")


@pytest.fixture
def assessor(app: Flask) -> Visitor:
    return Visitor(app).sign_in("assessor.web@example.org")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=_CHROMIUM)
        yield browser
        browser.close()


@pytest.fixture
def site(app: Flask, settings: Settings) -> Iterator[Site]:
    with serving(app, settings.secret_key) as site:
        yield site


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    page = context.new_page()
    page.set_default_timeout(10_000)
    yield page
    context.close()
