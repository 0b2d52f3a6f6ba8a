"""How often somebody has to press something to do their day, counted by a real browser from Today on.

Typing is not counted: with a keyboard the same things take fewer hands and no more steps.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import NamedTuple

import pytest
from playwright.sync_api import Page
from sqlalchemy import update

from tests.journeys import PEOPLE, Journey
from tests.web.browsing import Site, enter
from tests.web.conftest import Clock
from workflow.acts.bulk import work
from workflow.domain.actor import Actor
from workflow.store.tables.engagement import Engagement
from workflow.usecases import evidence
from workflow.usecases.evidence import EvidencePiece

#: The number of the lead advisor's account, who may do everything that is counted.
DENZIL = 5
CRITERIA = ("1.1", "1.2", "1.3", "1.4")


class Hand:
    """Somebody at Today, whose presses are counted."""

    def __init__(self, page: Page, site: Site, journey: Journey) -> None:
        self.page, self.journey, self.clicks = page, journey, 0
        self.case = f"/advisor/engagement/{journey.reference}"
        page.goto(f"{site.url}/advisor/")

    def press(self, selector: str) -> "Hand":
        """A link or a button: the next page is there when it returns."""
        with self.page.expect_navigation():
            self.click(selector)
        return self

    def click(self, selector: str) -> "Hand":
        self.page.click(selector)
        self.clicks += 1
        return self

    def next(self) -> "Hand":
        """What Today says is next for this school."""
        return self.press(f"a[href='{self.case}/next']")

    def confirm(self) -> "Hand":
        return self.press("#check .govuk-button-group button >> nth=0")

    def fill(self, form: str, **typed: str) -> "Hand":
        for name, text in typed.items():
            self.page.fill(f"#{form}-{name.replace('_', '-')}", text)
        return self


def _register(hand: Hand) -> None:
    hand.next().press("form[action$='/register'] button").confirm()


def _complete(hand: Hand) -> None:
    hand.next().confirm()


def _agree_a_date(hand: Hand) -> None:
    form = "book-training_1"
    hand.next().fill(form, date_day="20", date_month="1", date_year="2026", time="14:00")
    hand.press("form[action$='/book'] button").confirm()


def _approve(hand: Hand) -> None:
    hand.next().confirm()


def _review(hand: Hand) -> None:
    """One criterion is not met yet, and the other three are."""
    hand.next().click("#review-decision-1\\.3-2").fill("review", **{"comment-1\\.3": "Say more."})
    hand.click("#review-ticks").press("form[action$='/review'] button").confirm()


def _undo(hand: Hand) -> None:
    hand.press(f"a[href='{hand.case}']").press(f"a[href='{hand.case}/undo/']")
    hand.fill("undo", reason="The wrong school.").press("form[action$='/undo/'] button")


def _at_training(journey: Journey) -> None:
    journey.to("training_1")


def _trained(journey: Journey) -> None:
    journey.to("training_1").book("training_1")


def _followed_up(journey: Journey) -> None:
    journey.to("follow_up_1").meet("follow_up_1", outputs="A mentoring lead in every phase.")


def _certain(journey: Journey) -> None:
    journey.to("certification").confirm_names()


def _sent_in(journey: Journey) -> None:
    journey.to("framework")
    for one in PEOPLE[1:]:
        journey.withdraw(one.email, "left")
    pieces = {code: EvidencePiece(f"What I did for {code}.") for code in CRITERIA}
    journey._do(evidence.send_in, PEOPLE[0].email, pieces, actor=Actor("participant", participant_id=1))


class Thing(NamedTuple):
    """Something that is done at an engagement which stands `before` it, in at `most` so many clicks."""

    before: Callable[[Journey], None]
    do: Callable[[Hand], None]
    most: int


THINGS = {
    "register": Thing(_trained, _register, 3),
    "complete a step": Thing(_followed_up, _complete, 2),
    "agree a date": Thing(_at_training, _agree_a_date, 3),
    "approve an award": Thing(_certain, _approve, 3),
    "review four criteria": Thing(_sent_in, _review, 6),
    "take a step back": Thing(_trained, _undo, 3),
}


@pytest.mark.parametrize("thing", THINGS.values(), ids=THINGS)
def test_a_thing_takes_no_more_clicks_than_it_may(
    page: Page, site: Site, journey: Journey, clock: Clock, thing: Thing
) -> None:
    thing.before(journey)
    _give(journey)
    clock.now = journey.now + timedelta(days=60)
    enter(page, site)
    version = journey.row.version
    hand = Hand(page, site, journey)
    thing.do(hand)
    assert "There is a problem" not in page.inner_text("main")
    assert journey.row.version > version, "it is done"
    assert hand.clicks <= thing.most


def test_one_date_for_five_schools_takes_six(page: Page, site: Site, journey: Journey, clock: Clock) -> None:
    five = [journey, *(Journey(journey.store, journey.now).begin(order=f"SFS-{number}") for number in range(2, 6))]
    for one in five:
        _at_training(one)
        _give(one)
    clock.now = max(one.now for one in five) + timedelta(days=30)
    enter(page, site)
    hand = Hand(page, site, journey)
    hand.press("a:has-text('One thing for all of these') >> nth=0").press("a:has-text('Agree one date')")
    page.select_option("#bulk-kind", "training_1")
    hand.clicks += 1
    hand.fill("bulk", date_day="24", date_month="11", date_year="2025", time="14:00")
    hand.press("text=See what will happen")
    _work(journey, clock)
    page.wait_for_selector("text=Do it for 5 engagements")
    hand.press("text=Do it for 5 engagements")
    _work(journey, clock)
    page.wait_for_selector("text=5 engagements done.")
    assert hand.clicks <= 6


def _give(journey: Journey) -> None:
    with journey.store.writing() as session:
        session.connection().execute(update(Engagement).where(Engagement.id == journey.id).values(advisor_id=DENZIL))


def _work(journey: Journey, clock: Clock) -> None:
    """What the worker does meanwhile."""
    while work.work(journey.store, clock):
        pass
