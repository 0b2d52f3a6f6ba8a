"""Uploads that are refused, in a real browser: each refusal arrives as a page, however much was sent in vain."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.journeys import LEAD, Journey
from tests.web.browsing import Site, enter
from tests.web.guests import browse_in

_MEGABYTE = 1024 * 1024
SMALL, USUAL, LARGE = (int(size * _MEGABYTE) for size in (0.5, 5, 60))
TOO_LARGE = "What you sent is too large."
_UPLOAD = """(address) => {
  const form = document.createElement("form");
  Object.assign(form, {method: "post", enctype: "multipart/form-data", action: address, id: "upload"});
  const hidden = document.querySelector("main form").querySelectorAll("[type=hidden]");
  form.append(...[...hidden].map((field) => field.cloneNode()));
  form.append(Object.assign(document.createElement("input"), {type: "file", name: "files-x", id: "upload-file"}));
  document.body.append(form);
}"""


@pytest.fixture(scope="module")
def uploads(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    """One of each size, as PDF."""
    folder = tmp_path_factory.mktemp("uploads")
    made = {size: folder / f"{size}.pdf" for size in (SMALL, USUAL, LARGE)}
    for size, path in made.items():
        path.write_bytes(b"%PDF-1.4\n".ljust(size, b"x"))
    return made


def _send(page: Page, address: str, file: Path) -> str:
    """Sends the file from the page that is open; what the page says that comes of it."""
    page.evaluate(_UPLOAD, address)
    page.set_input_files("#upload-file", file)
    with page.expect_navigation():
        page.evaluate("document.querySelector('#upload').submit()")
    return page.inner_text("body")


def _person(page: Page, site: Site, journey: Journey) -> str:
    """The page of a participant who is in and may send in evidence; where the form on it leads."""
    journey.to("framework")
    return f"{browse_in(page, site, journey.reference, 1)}/send"


def _session_ended(page: Page, site: Site, journey: Journey) -> str:
    address = _person(page, site, journey)
    page.context.clear_cookies()
    return address


def _wrong_token(page: Page, site: Site, journey: Journey) -> str:
    return _person(page, site, journey).replace("/send", "x/send")


def _closed_case(page: Page, site: Site, journey: Journey) -> str:
    if journey.row.standing == "cancelled":
        journey.fire("reopen", LEAD, note="She is back.")
    address = _person(page, site, journey)
    journey.fire("cancel", LEAD, note="The head has left.")
    return address


def _signed_in(page: Page, site: Site, journey: Journey) -> str:
    page.context.clear_cookies()
    enter(page, site)
    page.goto(f"{site.url}/advisor/engagement/{journey.reference}")
    return f"{site.url}/advisor/engagement/{journey.reference}/people/nominate"


def _signed_out(page: Page, site: Site, journey: Journey) -> str:
    address = _signed_in(page, site, journey)
    page.context.clear_cookies()
    return address


Situation = Callable[[Page, Site, Journey], str]
#: What is said of half a megabyte and of five.
SAID: dict[Situation, tuple[str, str]] = {
    _session_ended: ("Ask for a link", "Here you can read."),
    _wrong_token: ("This link is not whole",) * 2,
    _closed_case: ("This engagement has changed since you looked at it",) * 2,
    _signed_in: ("There is a problem", TOO_LARGE),
    _signed_out: ("For people at the council who have an account",) * 2,
}


@pytest.mark.parametrize("situation", SAID)
def test_whoever_sends_a_file_in_vain_learns_why(
    page: Page, site: Site, journey: Journey, uploads: dict[int, Path], situation: Situation
) -> None:
    """Sixty megabytes are refused before the pages are asked."""
    for size, said in zip(uploads, (*SAID[situation], TOO_LARGE), strict=True):
        address = situation(page, site, journey)
        assert said in _send(page, address, uploads[size]), size
