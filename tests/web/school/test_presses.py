"""However many press the button of one link at the same moment, one comes in; on either database."""

import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, build_opener

import pytest
from sqlalchemy import func, select

from config.settings import Settings
from tests.journeys import Journey, furnish
from tests.records import Originals, Place
from tests.suite_size import SIZE
from tests.web.browsing import Site, serving
from tests.web.conftest import NOON, Clock
from tests.web.guests import let_in, link_for
from tests.web.visitor import Visitor, hidden_fields
from web.application import create_app
from workflow.store.session import Store
from workflow.store.tables.access.session import WebSession
from workflow.store.tables.notes.case_note import CaseNote


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, *_about: Any) -> None:
        return None


@pytest.fixture
def anywhere(place: Place, originals: Originals, settings: Settings, clock: Clock) -> Iterator[tuple[Site, Store]]:
    with originals.copy(place, lambda store: furnish(store, NOON)) as store:
        app = create_app(settings, clock, store)
        with serving(app, settings.secret_key) as site:
            yield site, store


def press_when(ready: threading.Barrier, address: str) -> int:
    """Somebody who has the page open, and presses when everybody does."""
    browser = build_opener(HTTPCookieProcessor(), _Stay())
    with browser.open(address, timeout=30) as page:
        fields = hidden_fields(page.read().decode(), "/school/link/")
    ready.wait(30)
    try:
        with browser.open(address, urlencode(fields).encode(), timeout=60) as answer:
            return int(answer.status)
    except HTTPError as answer:
        answer.close()
        return answer.code


def test_of_all_who_press_at_once_one_comes_in(anywhere: tuple[Site, Store]) -> None:
    site, store = anywhere
    journey = Journey(store, NOON).begin()
    address = site.url + link_for(site.app, journey.reference)
    ready = threading.Barrier(SIZE.presses)
    with ThreadPoolExecutor(SIZE.presses) as people:
        asked = [people.submit(press_when, ready, address) for _ in range(SIZE.presses)]
        answers = Counter(one.result() for one in asked)
    assert answers == {303: 1, 404: SIZE.presses - 1}
    with store.reading() as session:
        assert session.scalar(select(func.count()).select_from(WebSession)) == 1


def test_of_two_presses_of_one_question_one_is_asked(anywhere: tuple[Site, Store]) -> None:
    site, store = anywhere
    journey = Journey(store, NOON).begin()
    first, second = Visitor(site.app), Visitor(site.app)
    page = let_in(first, journey.reference)
    fields = first.open(f"{page}/messages").fields("/question") | {"text": "May two of us come?"}
    cookie = first.client.get_cookie("recognition")
    assert cookie is not None
    second.client.set_cookie("recognition", cookie.value)
    ready = threading.Barrier(2)

    def press(visitor: Visitor) -> int:
        ready.wait(30)
        return visitor.ask(f"{page}/question", fields).answer.status_code

    with ThreadPoolExecutor(2) as people:
        assert [*people.map(press, (first, second))] == [303, 303]
    with store.reading() as session:
        assert session.scalar(select(func.count()).select_from(CaseNote)) == 1
