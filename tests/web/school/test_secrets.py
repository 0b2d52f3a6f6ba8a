"""Neither the record nor any log holds what would let somebody in: not a link, not a session, in no usual writing."""

import base64
from collections.abc import Iterator
from datetime import UTC, datetime
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

import pytest
from flask import Flask
from flask.sessions import SecureCookieSessionInterface

from tests.journeys import Journey, furnish
from tests.records import Files, Originals
from tests.web.post_box import PostBox
from tests.web.served import SECRET, served, url_of
from tests.web.visitor import hidden_fields
from web.installation import utc_now

pytestmark = pytest.mark.xdist_group("programs")


@pytest.fixture
def case(originals: Originals, files: Files) -> Iterator[Journey]:
    with originals.copy(files) as store:
        furnish(store, datetime.now(UTC))
        yield Journey(store, datetime.now(UTC)).begin()


def send(browser: OpenerDirector, url: str, page: str, to: str, **typed: str) -> str:
    with browser.open(url + page) as opened:
        fields = hidden_fields(opened.read().decode(), f'action="{to}"')
    with browser.open(url + to, urlencode(fields | typed).encode()) as answer:
        return str(answer.read().decode())


def session_secrets(jar: CookieJar) -> list[str]:
    """As the service reads its own cookie."""
    app = Flask(__name__)
    app.secret_key = SECRET
    reader = SecureCookieSessionInterface().get_signing_serializer(app)
    assert reader
    (cookie,) = (one.value for one in jar if one.name == "recognition")
    return [str(cookie), *map(str, reader.loads(str(cookie))["guests"].values())]


def writings(secret: str) -> set[bytes]:
    """As it is, as the bytes that it stands for, and either in base64 and in hex, wherever it may begin."""
    text = secret.encode()
    raws = {text, base64.urlsafe_b64decode(text + b"=" * (-len(text) % 4))} if "." not in secret else {text}
    found = set(raws)
    for raw in raws:
        found |= {raw.hex().encode(), raw.hex().upper().encode()}
        for shift in range(3):
            coded = base64.b64encode(b"\0" * shift + raw)[4:-4]
            found |= {coded, coded.replace(b"+", b"-").replace(b"/", b"_")}
    return found


def test_no_byte_of_the_record_or_a_log_is_a_link_or_a_session(case: Journey, tmp_path: Path, files: Files) -> None:
    jar = CookieJar()
    browser = build_opener(HTTPCookieProcessor(jar))
    with served(tmp_path, url_of(case)) as pages:
        url = f"http://127.0.0.1:{pages.port}"
        send(browser, url, "/school/", "/school/", email="jenna@polwhevral.example.org")
        (link,) = PostBox(case.store, utc_now, tmp_path / "mail", SECRET).links()
        assert "You are here for Polwhevral School." in send(browser, url, link, link)
        with browser.open(f"{url}/healthz") as well:
            assert well.status == 200
    secrets = [link.rpartition("/")[2], *session_secrets(jar)]
    kept = [*files.folder.glob(f"{Path(case.store.engine.url.database or '').name}*"), *tmp_path.glob("*.log*")]
    assert {one.suffix.split("-")[0] for one in kept} == {".db", ".log"}
    everything = b"".join(one.read_bytes() for one in kept)
    assert b"jenna@polwhevral.example.org" in everything
    for secret in secrets:
        assert [one for one in writings(secret) if one in everything] == []
