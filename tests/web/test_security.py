"""What every answer carries, and what is refused before any view is asked."""

from pathlib import Path

import pytest
from flask import Flask

from config.settings import Settings
from tests.journeys import Journey
from tests.web.conftest import Clock
from tests.web.visitor import PASSWORD, Visitor
from web.application import create_app
from workflow.store.session import Store

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "font-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
PATHS = [
    "/",
    "/verify/",
    "/verify/2222-2222-2222",
    "/verify/?serial=x",
    "/sign-in",
    "/advisor/",
    "/healthz",
    "/readyz",
    "/static/recognition.css",
    "/nowhere",
    "/school/" + "x" * 30,
    "/sign-out",
]


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_carries_the_headers(anybody: Visitor, path: str) -> None:
    headers = anybody.open(path).answer.headers
    assert headers["Content-Security-Policy"] == POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Referrer-Policy"] == ("no-referrer" if path.startswith("/school/") else "same-origin")


@pytest.mark.parametrize("path", [path for path in PATHS if not path.startswith("/static")])
def test_nothing_but_the_design_may_be_kept(anybody: Visitor, path: str) -> None:
    assert anybody.open(path).answer.headers["Cache-Control"] == "no-store"


def test_no_page_has_anything_inline(lead: Visitor, anybody: Visitor, case: str) -> None:
    for page in (lead.open(case), anybody.open("/"), anybody.open("/sign-in")):
        text = page.answer.text
        assert "style=" not in text
        assert " onclick" not in text
        assert "<script>" not in text


def test_a_strange_host_gets_a_plain_page_with_400(app: Flask) -> None:
    answer = app.test_client().get("/", headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert "We could not read that request" in answer.text
    assert "evil.example" not in answer.text
    assert answer.headers["Content-Security-Policy"] == POLICY


def test_a_post_without_its_token_is_refused(lead: Visitor, case: str, journey: Journey) -> None:
    fields = lead.open(case).fields('value="lapse"')
    del fields["csrf_token"]
    assert lead.post(case, fields).answer.status_code == 400
    assert "Go back, reload it and try again." in lead.words
    assert journey.row.standing == "active"


def test_signing_in_needs_the_token_too(anybody: Visitor) -> None:
    anybody.post("/sign-in", {"email": "advisor.web@example.org", "password": PASSWORD})
    assert anybody.answer.status_code == 400


def test_a_defect_shows_no_traceback(app: Flask, store: Store) -> None:
    store.engine.dispose()
    Path(str(store.engine.url.database)).write_bytes(b"this is not a database any more")
    answer = app.test_client().get("/verify/2222-2222-2222")
    assert answer.status_code == 500
    assert "There is a problem with the service" in answer.text
    assert "Traceback" not in answer.text
    assert "sqlite" not in answer.text.lower()
    assert answer.headers["Content-Security-Policy"] == POLICY


def test_more_than_a_megabyte_is_too_big(anybody: Visitor) -> None:
    anybody.open("/sign-in").post("/sign-in", anybody.fields("/sign-in") | {"email": "x" * 1_100_000})
    assert anybody.answer.status_code == 413
    assert "What you sent is too large." in anybody.words


def test_a_get_where_only_a_post_will_do(anybody: Visitor) -> None:
    assert anybody.open("/sign-out").answer.status_code == 405


def test_the_cookies_over_plain_http(anybody: Visitor) -> None:
    cookies = anybody.sign_in("advisor.web@example.org").answer.headers.getlist("Set-Cookie")
    assert {one.partition("=")[0] for one in cookies} == {"recognition", "recognition-device"}
    for one in cookies:
        assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(one.split("; "))


def test_over_https_the_cookie_is_locked_to_this_host(tmp_path: Path, store: Store, clock: Clock) -> None:
    settings = Settings(home=tmp_path, secret_key="s" * 40, base_url="https://recognition.example.org")
    client = create_app(settings, clock, store).test_client()
    answer = client.get("/sign-in", base_url="https://recognition.example.org")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-recognition=")
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    assert "Domain" not in cookie
    assert "Strict-Transport-Security" in answer.headers
    assert client.get("/", headers={"Host": "localhost"}).status_code == 400
