"""The application on a real socket, and what a person with a real browser does on any of its pages."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from flask import Flask
from playwright.sync_api import Page
from waitress import wasyncore

from tests.journeys import Journey
from tests.suite_size import SIZE
from tests.web.visitor import PASSWORD
from web.serve import listening
from workflow.mail.signed_links import Links

NARROWEST = 320
_VIOLATIONS = "axe.run({resultTypes: ['violations']}).then((found) => found.violations)"
EMAIL = "lead_advisor.web@example.org"


@dataclass
class Site:
    url: str
    links: Links
    app: Flask

    def school(self, journey: Journey) -> str:
        """The page that letters lead to, for reading."""
        return self.url + self.links.status(journey.reference)


@contextmanager
def serving(app: Flask, secret_key: str, port: int = 0) -> Iterator[Site]:
    """By the same server as in earnest."""
    server = listening(app, "127.0.0.1", port)
    thread = threading.Thread(target=server.run)
    thread.start()
    yield Site(f"http://127.0.0.1:{server.effective_port}", Links("", secret_key), app)
    server.task_dispatcher.shutdown()
    server.trigger.pull_trigger(lambda: wasyncore.close_all(server.trigger._map))
    thread.join()


def enter(page: Page, site: Site, password: str = PASSWORD, email: str = EMAIL) -> None:
    page.goto(site.url + "/sign-in")
    page.fill("#email", email)
    page.fill("#password", password)
    with page.expect_navigation():
        page.click("main button[type=submit]")


def press(page: Page, selector: str) -> None:
    """Presses a button, and the one of the page that asks whether what would happen is meant, where that comes."""
    with page.expect_navigation():
        page.click(selector)
    if page.locator("#check").count():
        with page.expect_navigation():
            page.click("#check .govuk-button-group button >> nth=0")


def unfold(page: Page) -> None:
    """Opens everything that is folded away."""
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")


def assert_accessible(page: Page, what: object = "") -> None:
    """axe finds nothing on the page as it stands. It stays in the page, and hands over nothing but what is wrong: all
    that it has looked at takes longer to be written down than to be found."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = AxeResults({"violations": page.evaluate(_VIOLATIONS)})
    assert found.violations_count == 0, (what, found.generate_report())


def sound(page: Page, text: str) -> None:
    """The page is the one that was meant, axe finds nothing on it, and no width makes it scroll sideways."""
    assert text in " ".join(page.inner_text("body").split())
    for width in SIZE.widths:
        page.set_viewport_size({"width": width, "height": 900})
        assert_accessible(page)
    page.set_viewport_size({"width": NARROWEST, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROWEST
