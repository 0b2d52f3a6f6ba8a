"""Somebody at the pages, in a browser of their own."""

from collections.abc import Mapping
from dataclasses import dataclass

from playwright.sync_api import Locator, Page

from tests.web.journeys.eyes import Eyes
from tests.web.journeys.forms import fill
from tests.web.journeys.installation import Installation

_NOTHING_KNOWN: Mapping[str, str] = {}
_NUMBER_OF_FORM = """(part) => [...document.forms].findIndex((form) => part.contains(form)
  || (part.compareDocumentPosition(form) & Node.DOCUMENT_POSITION_FOLLOWING))"""
_FORM_BUTTON = "button.govuk-button >> nth=0"


@dataclass
class Desk:
    page: Page
    there: Installation
    eyes: Eyes

    def go(self, address: str) -> None:
        self.page.goto(address)
        self.eyes.look(self.page)

    def press(self, button: Locator) -> None:
        with self.page.expect_navigation():
            button.click()
        self.eyes.look(self.page)

    def send(self, form: Locator, known: Mapping[str, str] = _NOTHING_KNOWN) -> None:
        """Fills it in, presses its button, and confirms what is asked about; it was taken as it was meant."""
        fill(form, known)
        self.press(form.locator(_FORM_BUTTON))
        self.confirm()

    def confirm(self) -> None:
        """The button of the page that says what would happen, where that has come."""
        if self.page.locator("#check").count():
            self.press(self.page.locator("#check .govuk-button-group button >> nth=0"))
        wrong = self.page.locator(".govuk-error-summary").all_inner_texts()
        assert wrong == [], self.page.url

    def form_at(self, part: str) -> Locator:
        """The form that stands in a part of the page, or the first one after it."""
        number = self.page.locator(f"[id='{part}']").evaluate(_NUMBER_OF_FORM)
        return self.page.locator("form").nth(number)

    def addresses(self, links: str) -> list[str]:
        """Where the links lead that a selector finds."""
        return [str(one) for one in self.page.locator(links).evaluate_all("some => some.map((one) => one.href)")]

    def words(self, part: str = "main") -> str:
        return " ".join(self.page.locator(part).inner_text().split())
