"""The school's lead, and those who take part: their own pages say what is theirs to do."""

import re
from dataclasses import dataclass
from itertools import islice

from tests.journeys import PEOPLE
from tests.web.journeys.desk import Desk

_TASKS = """[...document.querySelectorAll('main .app-tasks > li')].map((row) => [
  row.querySelector('.govuk-task-list__status').innerText,
  row.querySelector('a')?.getAttribute('href') ?? ''])"""
_THEIRS = ("To do", "You are late", "When you can")


@dataclass
class GuestDesk(Desk):
    """Whoever comes in by a letter. `own` is their page, once they are in."""

    address: str = ""
    own: str = ""

    def come_in(self) -> None:
        """They ask for a letter at the door, open its link, and press the button there."""
        self.go(f"{self.there.site.url}/school/")
        self.page.fill("#email", self.address)
        self.press(self.page.locator("main form button"))
        self.there.beat()
        self.go(self.there.link_for(self.address))
        self.press(self.page.locator("main form button"))
        self.own = self.page.url

    def look(self, below: str = "") -> None:
        if not self.own:
            self.come_in()
        self.go(f"{self.own}{below}")


@dataclass
class SchoolDesk(GuestDesk):
    """The first of the school's tasks that has a page of its own is done."""

    def does_what_is_asked(self) -> None:
        self.look()
        links = [there for status, there in self.page.evaluate(_TASKS) if status in _THEIRS and there]
        assert links, self.words()
        self.press(self.page.locator(f"main .app-tasks a[href='{links[0]}'] >> nth=0"))
        if self.page.locator("form[action$='/nominate-many']").count():
            self._name_people()
        else:
            self.send(self.page.locator("main form.app-action >> nth=0"))

    def looks_everywhere(self) -> None:
        """At each of the school's pages."""
        self.look()
        for there in self.addresses("main nav a"):
            self.go(there)

    def certificates(self) -> list[str]:
        """The numbers of those that are in force, where there is such a page; each is genuine to whoever checks it."""
        self.look()
        if not self.page.locator("main nav a:text-is('Certificates')").count():
            return []
        self.press(self.page.locator("main nav a:text-is('Certificates')"))
        rows = self.page.locator("main table tr:has(a[download])")
        with self.page.expect_download() as saved:
            rows.locator("a[download]").first.click()
        assert saved.value.path().read_bytes().startswith(b"%PDF")
        numbers = rows.locator("a[href^='/verify/']").all_inner_texts()
        for number in numbers:
            self.go(f"{self.there.site.url}/verify/{number}")
            assert "genuine" in self.words(".app-verdict").lower(), number
        return numbers

    def _name_people(self) -> None:
        found = re.search(r"Name at least (\d+)", self.words())
        assert found, self.words()
        known = dict[str, str]()
        for number, person in islice(enumerate(PEOPLE, 1), int(found[1])):
            known |= {f"name-{number}": person.name, f"email-{number}": person.email}
            known |= {f"phase-{number}": "1"}
        self.send(self.page.locator("form[action$='/nominate-many']"), known)


@dataclass
class OwnDesk(GuestDesk):
    """What is next for a participant is a link to its form."""

    def does_what_is_asked(self) -> None:
        self.look()
        link = self.page.locator("main .app-next a[href^='#'] >> nth=0")
        assert link.count(), self.words(".app-next")
        self.send(self.form_at(str(link.get_attribute("href")).removeprefix("#")))
