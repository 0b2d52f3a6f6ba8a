"""Notes in a real browser: nothing for axe to find on any of their pages, and all of it without scripts."""

from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.journeys import Journey
from tests.web.browsing import Site, enter, press, sound
from tests.workflow.documents.test_evidence_file import pdf

TEXT = "@Tamsin Rowe: https://example.org/" + "a-very-long-address/" * 12


def _open(page: Page, site: Site, journey: Journey, path: str = "") -> None:
    page.goto(f"{site.url}/advisor/engagement/{journey.reference}/notes{path}")


def test_axe_finds_nothing_wherever_notes_are_written_read_and_changed(
    page: Page, site: Site, journey: Journey, tmp_path: Path
) -> None:
    letter = tmp_path / f"{'a-long-name-' * 9}.pdf"
    letter.write_bytes(pdf())
    enter(page, site)
    _open(page, site, journey)
    sound(page, "There are no notes on this engagement yet.")
    press(page, "text=Keep this note")
    sound(page, "Write the note")
    page.fill("#note-text", TEXT)
    page.check("text=The school as well")
    page.set_input_files("#note-files", letter)
    press(page, "text=Keep this note")
    sound(page, "The school can read this")
    press(page, "main button:has-text('Pin')")
    sound(page, "Pinned")
    press(page, "main article a:has-text('Change')")
    page.fill("#note-text", "Another text")
    sound(page, "What it says, and said before")
    press(page, "text=Save changes")
    sound(page, "Changed by")
    page.goto(site.school(journey))
    sound(page, "Questions and notes")


def test_axe_finds_nothing_where_somebody_is_mentioned(page: Page, site: Site, journey: Journey) -> None:
    enter(page, site)
    _open(page, site, journey)
    page.fill("#note-text", TEXT)
    press(page, "text=Keep this note")
    press(page, "text=Sign out")
    enter(page, site, email="advisor.web@example.org")
    page.goto(f"{site.url}/advisor/mentions")
    sound(page, "I have read it")
    press(page, "main button")
    sound(page, "You have read it")


def test_a_note_is_written_changed_and_pinned_without_scripts(browser: Browser, site: Site, journey: Journey) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    enter(page, site)
    _open(page, site, journey)
    page.fill("#note-text", "Rang the head.")
    page.click("text=Keep this note")
    page.click("main article a")
    page.fill("#note-text", "Wrote to the head.")
    page.click("text=Save changes")
    page.click("main article button")
    assert "Wrote to the head." in page.inner_text("article")
    assert "Pinned" in page.inner_text("article").title()
    context.close()
