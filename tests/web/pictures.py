"""Takes the pictures of the README from the demonstration: `make pictures`.

It starts the service as `make run` does, in a folder of its own, and looks at it with a real browser.
"""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.programs import demonstration
from tests.web.chromium import chromium

HERE = Path(__file__).parent.parent.parent / "docs" / "pictures"


def _enter(page: Page, url: str, email: str, password: str) -> None:
    page.goto(f"{url}/sign-in")
    page.fill("#email", email)
    page.fill("#password", password)
    with page.expect_navigation():
        page.press("#password", "Enter")


def _keep(page: Page, name: str) -> None:
    page.screenshot(path=HERE / f"{name}.png")
    sys.stdout.write(f"{name}.png\n")


def _of_one(page: Page, url: str) -> None:
    """An engagement that something can be done about, and what doing it would do."""
    page.goto(f"{url}/advisor/")
    several = [str(link.get_attribute("href")) for link in page.query_selector_all("a[href$='/next']")]
    for there in several:
        page.goto(url + there)
        if "/do/" in page.url:
            page.click("summary >> nth=0")
            _keep(page, "check")
            page.goto(url + there.removesuffix("/next"))
            _keep(page, "overview")
            link = page.locator("a[href^='/school/']").first.get_attribute("href")
            page.goto(f"{url}{link}")
            _keep(page, "school")
            return


def take(url: str, password: str, page: Page) -> None:
    """One picture of each of the eight pages that people use most."""
    _enter(page, url, "advisor@example.org", password)
    for name, there in (("today", ""), ("engagements", "engagements"), ("board", "board"), ("calendar", "calendar")):
        page.goto(f"{url}/advisor/{there}")
        _keep(page, name)
    _of_one(page, url)
    page.context.clear_cookies()
    _enter(page, url, "lead@example.org", password)
    page.goto(f"{url}/advisor/insight")
    _keep(page, "insight")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, demonstration(Path(folder)) as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        take(
            url,
            (Path(folder) / "demo_password").read_text().strip(),
            browser.new_page(viewport={"width": 1280, "height": 800}),
        )
        browser.close()


if __name__ == "__main__":
    main()
