"""What cannot be read, or kept by any database, is refused before any view is asked; on PostgreSQL as on SQLite."""

from collections.abc import Iterator

import pytest
from flask import Flask

from config.settings import Settings
from tests.records import Originals, Place
from tests.web.conftest import NOON, Clock
from tests.web.visitor import PASSWORD, Visitor
from web.application import create_app
from workflow.store.session import Store
from workflow.usecases.accounts import members

EMAIL = "somebody.else@example.org"


def _council(store: Store) -> None:
    with store.writing() as session:
        members.add(session, EMAIL, name="Elowen Trago", role="advisor", password=PASSWORD, now=NOON)


@pytest.fixture
def anywhere(place: Place, originals: Originals, settings: Settings, clock: Clock) -> Iterator[Flask]:
    """The pages over a record on each database."""
    with originals.copy(place, _council) as store:
        yield create_app(settings, clock, store)


@pytest.mark.parametrize(
    "address", ["/advisor/?find=a%00b", "/advisor/?%00=1", "/advisor/promises?advisor=%00", "/verify/?serial=%00"]
)
def test_an_address_with_nothing_in_it_is_no_address(anywhere: Flask, address: str) -> None:
    advisor = Visitor(anywhere).sign_in(EMAIL).open(address)
    assert advisor.answer.status_code == 400
    assert "We could not read that request" in advisor.words


@pytest.mark.parametrize(
    "part",
    [
        'form-data; name="email"\r\n\r\na\x00b',
        'form-data; name="em\x00ail"\r\n\r\nab',
        'form-data; name="files-x"; filename="a\x00.pdf"\r\n\r\nab',
        "form-data\r\n\r\nab",
        "form-data; filename=x\r\n\r\nab",
        'form-data; name="email"\r\n\r\nab\r\n--b\r\n\r\nno header at all',
    ],
)
def test_a_form_that_cannot_be_read_is_not_taken_for_an_empty_one(anybody: Visitor, part: str) -> None:
    """An empty one would be refused too, but for having no token: whoever sent this would be told to reload."""
    token = anybody.open("/sign-in").fields("/sign-in")["csrf_token"]
    body = (
        f'--b\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{token}\r\n--b\r\nContent-Disposition: {part}'
    )
    anybody.answer = anybody.client.post(
        "/sign-in", data=f"{body}\r\n--b--\r\n".encode(), content_type="multipart/form-data; boundary=b"
    )
    assert anybody.answer.status_code == 400
    assert "We could not read that request" in anybody.words


def test_a_form_that_is_broken_off_is_not_taken_for_a_shorter_one(anybody: Visitor) -> None:
    whole = b'--b\r\nContent-Disposition: form-data; name="x"; filename="x.pdf"\r\n\r\n' + b"x" * 1000
    anybody.answer = anybody.client.post("/sign-in", data=whole, content_type="multipart/form-data; boundary=b")
    assert "We could not read that request" in anybody.words
