"""Schools and participants come in as they really do: they ask, a worker sends a letter, and they press the button."""

from collections.abc import Callable
from pathlib import Path

import pytest

from config.settings import Settings
from tests.journeys import Journey
from tests.web.conftest import Clock
from tests.web.post_box import PostBox
from tests.web.visitor import Visitor
from workflow.mail.signed_links import Links
from workflow.store.session import Store

ComeIn = Callable[[Visitor, str], str]


@pytest.fixture
def links(settings: Settings) -> Links:
    return Links("", settings.secret_key)


@pytest.fixture
def post(store: Store, clock: Clock, settings: Settings, tmp_path: Path) -> PostBox:
    return PostBox(store, clock, tmp_path / "mail", settings.secret_key)


def ask(visitor: Visitor, page: str) -> Visitor:
    """Presses “Send me a link” on a page."""
    return visitor.post(f"{page}/link", visitor.open(page).fields(f'action="{page}/link"'))


def press(visitor: Visitor, link: str) -> Visitor:
    """Opens a link and presses its button."""
    return visitor.post(link, visitor.open(link).fields(link))


@pytest.fixture
def come_in(post: PostBox) -> ComeIn:
    """By way of a letter from the page that the address leads to. Returns the address they are sent to."""

    def enter(visitor: Visitor, page: str) -> str:
        ask(visitor, page)
        return press(visitor, post.links()[-1]).answer.location

    return enter


@pytest.fixture
def school(anybody: Visitor, journey: Journey, links: Links, come_in: ComeIn) -> str:
    """The address of the school's page, for which `anybody` is in."""
    return come_in(anybody, links.status(journey.reference))


@pytest.fixture
def ada(anybody: Visitor, journey: Journey, links: Links, come_in: ComeIn) -> str:
    """The address of Ada's own page, at the framework; `anybody` is in for it."""
    journey.to("framework")
    return come_in(anybody, links.person(journey.reference, 1))
