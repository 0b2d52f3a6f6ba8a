"""From the order to where an offer leads: whoever a page says is next does what it says is next."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

from playwright.sync_api import Browser

from tests.journeys import PEOPLE
from tests.web.journeys.council import Asked, CouncilDesk
from tests.web.journeys.desk import Desk
from tests.web.journeys.eyes import Eyes
from tests.web.journeys.installation import Installation
from tests.web.journeys.orders import LEAD_EMAIL, order
from tests.web.journeys.school import OwnDesk, SchoolDesk

_ROLES = ("advisor", "lead_advisor", "assessor")
#: No journey takes as many steps: whoever goes on is going in a circle.
_MOST_STEPS = 80
_TIMEOUT_MS = 10_000
D = TypeVar("D", bound=Desk)


@dataclass
class Walk:
    """`passed` are the titles of the stages it came to, as the page tells them."""

    there: Installation
    browser: Browser
    eyes: Eyes
    open: ExitStack
    passed: list[str] = field(default_factory=list)
    school: SchoolDesk = field(init=False)
    council: dict[str, CouncilDesk] = field(default_factory=dict)
    participants: dict[str, OwnDesk] = field(default_factory=dict)

    @property
    def advisor(self) -> CouncilDesk:
        """Whose page is read after each step."""
        return self.council["advisor"]

    def goes_on(self) -> Iterator[str]:
        """The stage that it stands at, before each step, until it moves no more."""
        for _ in range(_MOST_STEPS):
            yield self.passed[-1]
            if self.advisor.standing != "Active":
                return
            before = self.advisor.told
            self._step()
            self.after()
            assert self.advisor.told != before, f"Nothing came of it: {before}"
        raise AssertionError(self.passed)

    def says(self, trigger: str) -> None:
        """A lead advisor does, though nothing asks for it."""
        self.council["lead_advisor"].says(trigger)
        self.after()

    def after(self) -> None:
        """A little later, with what has come of it."""
        self.there.a_while()
        self.advisor.look()
        if self.passed[-1:] != [self.advisor.stage]:
            self.passed.append(self.advisor.stage)

    def opened(self, kind: type[D], **known: Any) -> D:
        """Somebody with a browser of their own."""
        context = self.browser.new_context()
        self.open.callback(context.close)
        page = context.new_page()
        page.set_default_timeout(_TIMEOUT_MS)
        self.eyes.follow(page)
        return kind(page, self.there, self.eyes, **known)

    def _step(self) -> None:
        """By the council before by others; where nobody has anything to do, time passes."""
        reader = self.advisor
        if reader.does_what_is_next() or (reader.leaves_to_others and self._others_do()):
            return
        if reader.planned or not reader.waits_for:
            then = reader.planned or reader.promised
            assert then, reader.words()
            self.there.until(then)
        else:
            self._asks(reader.waits_for[0])

    def _others_do(self) -> bool:
        for role in _ROLES[1:]:
            self.council[role].look()
            if self.council[role].does_what_is_next():
                return True
        return False

    def _asks(self, asked: Asked) -> None:
        if asked.who == "The school":
            self.school.does_what_is_asked()
            return
        name = min((one.name for one in PEOPLE if one.name in asked.what), key=asked.what.index)
        if name not in self.participants:
            address = next(one.email for one in PEOPLE if one.name == name)
            self.participants[name] = self.opened(OwnDesk, address=address)
        self.participants[name].does_what_is_asked()


@contextmanager
def walk(there: Installation, browser: Browser) -> Iterator[Walk]:
    """An engagement that an order has just begun."""
    with ExitStack() as stack:
        one = Walk(there, browser, Eyes(there.site.app), stack)
        for role in _ROLES:
            desk = one.council[role] = one.opened(CouncilDesk, email=f"{role}.web@example.org")
            desk.sign_in()
        one.school = one.opened(SchoolDesk, address=LEAD_EMAIL)
        case = order(one.advisor)
        for desk in one.council.values():
            desk.case = case
        one.after()
        yield one
