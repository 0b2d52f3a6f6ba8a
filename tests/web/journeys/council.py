"""Somebody at the council: the page of the engagement says what is next, and leads to where it is done."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple
from urllib.parse import urlsplit

from tests.web.browsing import enter
from tests.web.journeys.desk import Desk

_ROWS = """[...document.querySelectorAll('#way .app-journey > li')].map((row) => [
  row.querySelector('.govuk-task-list__status').innerText,
  row.querySelector('.govuk-task-list__hint')?.innerText ?? '',
  (row.querySelector('a') ?? row.querySelector('.govuk-task-list__name-and-hint > div')).innerText])"""
_PRIMARY = "#where a.govuk-button:not(.govuk-button--secondary)"
#: What is done about several people one after another, by what their task begins with: the form on a person's page.
_ABOUT_PEOPLE = {"Agree the phase of": "agree", "Review the evidence of": "review", "Confirm the name": "confirm"}
_NOT_BEFORE = "Nothing has to be done for it before "
_SEVERAL_DATES = "a:has-text('Let the school choose from three dates')"


class Asked(NamedTuple):
    """A task of the journey that waits for somebody else: `who` is the school or the participants."""

    who: str
    what: str


@dataclass
class CouncilDesk(Desk):
    email: str = ""
    case: str = ""

    def sign_in(self) -> None:
        enter(self.page, self.there.site, email=self.email)

    def look(self) -> None:
        self.go(self.case)

    @property
    def standing(self) -> str:
        return self.page.locator("#where .govuk-tag").first.inner_text()

    @property
    def stage(self) -> str:
        return self.page.locator("#where strong:not(.govuk-tag)").first.inner_text()

    @property
    def told(self) -> tuple[str, str]:
        """What is next, and the whole journey."""
        return self.words("#where"), self.words("#way")

    @property
    def waits_for(self) -> list[Asked]:
        return [Asked(hint.partition(",")[0], what) for status, hint, what in self._rows if status == "Waiting"]

    @property
    def leaves_to_others(self) -> bool:
        """Whether the council has something to do that is not theirs."""
        return any(status in ("To do", "Late") for status, _, _ in self._rows)

    @property
    def _rows(self) -> list[tuple[str, str, str]]:
        return [tuple(row) for row in self.page.evaluate(_ROWS)]

    @property
    def planned(self) -> datetime | None:
        """The afternoon of the day before which nothing has to be done."""
        said = self.page.locator("#where p", has_text=_NOT_BEFORE)
        return _afternoon(said.inner_text().removeprefix(_NOT_BEFORE).rstrip(".")) if said.count() else None

    @property
    def promised(self) -> datetime | None:
        """That of the day by which somebody has promised something."""
        said = self.page.locator("#where p > strong:not(.govuk-tag)")
        return _afternoon(said.first.inner_text()) if said.count() else None

    def does_what_is_next(self) -> bool:
        """Whether the page that they look at has anything for them to do."""
        here = self.page.locator("#where form")
        if here.count():
            self.send(here)
            return True
        button = self.page.locator(_PRIMARY)
        if not button.count():
            return False
        task = button.inner_text()
        self.press(button)
        self._do(task)
        return True

    def says(self, trigger: str) -> None:
        """What stands among the things that they can do, though nothing asks for it."""
        self.look()
        self.page.evaluate("document.querySelectorAll('#actions details').forEach((one) => { one.open = true; })")
        own = f"#actions form:has(input[name=trigger][value={trigger}]):not(:has([name=override]))"
        self.send(self.page.locator(own))

    def looks_everywhere(self) -> None:
        """At each place of the engagement."""
        self.look()
        for there in self.addresses("#places a"):
            self.go(there)

    def letters(self) -> Counter[str]:
        """How many have been sent to whom, by the page of messages and the older ones before it."""
        self.go(f"{self.case}/messages")
        found = Counter[str]()
        while True:
            sent = self.page.locator("#emails summary").all_inner_texts()
            found.update(one.rpartition(", to ")[2] for one in sent)
            older = self.page.locator(".govuk-pagination__next a")
            if not older.count():
                return found
            self.press(older)

    def _do(self, task: str) -> None:
        part = urlsplit(self.page.url).fragment
        if self.page.locator("#check").count():
            self.confirm()
        elif self.page.locator("#date-form").count():
            self._choose_a_date()
        elif part.startswith("form-"):
            self.send(self.form_at(part))
        elif part:
            raise AssertionError(f"{task}: nothing is done at {self.page.url}")
        elif self.page.locator("main form.app-action").count() == 1:
            self.send(self.page.locator("main form.app-action"))
        else:
            self._about_the_first(task)

    def _choose_a_date(self) -> None:
        """The school may choose, where the offer knows of that; whatever is taken suits both."""
        several = self.page.locator(_SEVERAL_DATES)
        if several.count():
            self.press(several)
            self.press(self.page.locator("button[name=propose]"))
        else:
            self.press(self.page.locator("button[name=take] >> nth=0"))
        self.send(self.page.locator("#date-form"))

    def _about_the_first(self, task: str) -> None:
        """One of several people; the next time the task is about the others."""
        people = self.page.locator("main th a").all_inner_texts()
        name = min((one for one in people if one in task), key=task.index)
        self.press(self.page.locator(f"main th a:text-is('{name}')"))
        form = next((form for said, form in _ABOUT_PEOPLE.items() if task.startswith(said)), "decide")
        if not self.page.locator(f"#form-{form}").is_visible() or form == "decide":
            self.page.click(f"#form-{form} > summary")
        self.send(self.form_at(f"form-{form}"))


def _afternoon(day: str) -> datetime:
    return datetime.strptime(" ".join(day.split()[-3:]), "%d %B %Y").replace(hour=16, tzinfo=UTC)
