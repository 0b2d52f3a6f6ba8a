"""The journey as SCXML, read and run by a state machine that others wrote."""

from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import pytest
from statemachine.io import load
from statemachine.statemachine import StateChart

from tests.suite_size import SIZE
from tests.workflow.offer.export.offers import OFFERS
from workflow.domain.guards import Rule
from workflow.offer.check.paths import paths_of
from workflow.offer.definition import Offer
from workflow.offer.export.facts import Facts
from workflow.offer.export.scxml import scxml
from workflow.offer.triggers import Transition

_EVENTS = 250


@pytest.fixture(params=OFFERS)
def offer(request: pytest.FixtureRequest, tmp_path: Path) -> Offer:
    return OFFERS[request.param](tmp_path)


@pytest.fixture
def shipped(tmp_path: Path) -> Offer:
    return OFFERS["shipped"](tmp_path)


class Walker:
    """Their machine, spoken to by events alone."""

    def __init__(self, offer: Offer) -> None:
        self.offer = offer
        self.facts = Facts(offer)
        self.machine: StateChart[Any] = load(scxml(offer), format="scxml")()

    def say(self, event: str) -> "Walker":
        self.machine.send(event)
        return self

    @property
    def place(self) -> tuple[str, str] | None:
        """Stage and standing; nothing once the machine has come to its end."""
        active = {str(one) for one in self.machine.configuration_values}
        if "Ended" in active or self.machine.is_terminated:
            return None
        (stage,) = active & self.offer.stage.keys()
        (standing,) = (one.removeprefix("Standing_") for one in active if one.startswith("Standing_"))
        return stage, standing


@dataclass
class Page:
    """What the page says, read without any machine."""

    offer: Offer
    stage: str
    standing: str = "active"
    true: set[str] = field(default_factory=set)

    def hear(self, event: str) -> None:
        fact, _, said = event.partition(".")
        if said:
            (self.true.add if said == "holds" else self.true.discard)(fact)
        elif found := next((one for one in self.offer.triggers[event] if self.may(one)), None):
            self.move(found)
        while found := next((one for one in self.offer.transitions if one.automatic and self.may(one)), None):
            self.move(found)

    def may(self, one: Transition) -> bool:
        here = self.stage in one.from_ and self.standing in one.standing.from_
        return here and all(Facts(self.offer).name(rule) in self.true for rule in one.guards)

    def move(self, one: Transition) -> None:
        entered = one.to is not None and one.to != self.stage
        if one.to and self.offer.leads_back(self.stage, one.to):
            self.true -= set(Facts(self.offer).asked_from(one.to))
        self.stage = one.to or self.stage
        self.standing = "completed" if entered and self.offer.stage[self.stage].final else one.standing.to

    @property
    def over(self) -> bool:
        return self.standing == "completed" and not any(
            "completed" in one.standing.from_ for one in self.offer.transitions
        )


def test_it_begins_where_an_order_begins(offer: Offer) -> None:
    assert Walker(offer).place == (offer.offer.start, "active")


def test_it_walks_from_the_start_to_a_final_stage(offer: Offer) -> None:
    """Every fact holds, and each trigger of the shortest way is said."""
    walker = Walker(offer)
    final = next(stage.name for stage in offer.stages if stage.final)
    for fact in walker.facts.said:
        walker.say(f"{fact}.holds")
    for trigger in paths_of(offer)[final]:
        walker.say(trigger)
    assert walker.place in (None, (final, "completed"))


def test_nothing_moves_while_nothing_is_true(shipped: Offer) -> None:
    assert Walker(shipped).say("start_training").place == ("purchase", "active")


def test_what_fires_by_itself_goes_as_soon_as_its_last_condition_holds(shipped: Offer) -> None:
    walker = Walker(shipped)
    first, *others = (walker.facts.name(rule) for rule in shipped.triggers["start_training"][0].guards)
    for fact in others:
        walker.say(f"{fact}.holds")
    assert walker.place == ("purchase", "active")
    assert walker.say(f"{first}.holds").place == ("training_1", "active")


def test_a_fact_that_fails_again_keeps_it_there(shipped: Offer) -> None:
    walker = Walker(shipped)
    first, *others = (walker.facts.name(rule) for rule in shipped.triggers["start_training"][0].guards)
    walker.say(f"{first}.holds").say(f"{first}.fails")
    for fact in others:
        walker.say(f"{fact}.holds")
    assert walker.place == ("purchase", "active")


def test_a_journey_rests_goes_on_lapses_and_is_opened_again_where_it_was(shipped: Offer) -> None:
    walker = Walker(shipped)
    assert walker.say("hold").place == ("purchase", "on_hold")
    assert walker.say("lapse").place == ("purchase", "on_hold")
    assert walker.say("resume").say("lapse").place == ("purchase", "lapsed")
    assert walker.say("reopen").place == ("purchase", "active")


def test_a_journey_that_may_begin_anew_does_not_end(tmp_path: Path) -> None:
    offer = OFFERS["renewed"](tmp_path)
    walker = Walker(offer)
    for fact in walker.facts.said:
        walker.say(f"{fact}.holds")
    for trigger in paths_of(offer)["recognised"]:
        walker.say(trigger)
    assert walker.place == ("recognised", "completed")
    walker.say(f"{walker.facts.name(offer.triggers['issue_certificates'][0].guards[0])}.fails")
    assert walker.say("renew").place == ("qa_visit", "active")


def test_a_new_round_asks_for_a_new_sign_off(tmp_path: Path) -> None:
    """What the round before was signed off with gives no mark in the next one."""
    offer = OFFERS["library"](tmp_path)
    walker = Walker(offer)
    for fact in walker.facts.said:
        walker.say(f"{fact}.holds")
    for trigger in paths_of(offer)["mark_held"]:
        walker.say(trigger)
    assert walker.place == ("mark_held", "active")
    assert walker.say("come_again").place == ("shelf_visit", "active")
    for trigger in ("library_good", "hand_over_the_mark"):
        walker.say(trigger)
    assert walker.place == ("shelf_visit", "active")
    for fact in ("awaiting_judgement_shelf_walk.holds", "library_good", "hand_over_the_mark"):
        walker.say(fact)
    assert walker.place == ("library_panel", "active")


def happening(page: Page, random: Random) -> str:
    """Mostly something about what leads on from here, so that some journeys come to their end."""
    here = [one for one in page.offer.transitions if page.stage in one.from_]
    one = random.choice([one for one in here if one.to or random.random() < 0.2] or here)
    facts = [Facts(page.offer).name(rule) for rule in one.guards]
    if facts and random.random() < 0.8:
        return f"{random.choice(facts)}.{'holds' if random.random() < 0.95 else 'fails'}"
    return one.trigger


@pytest.mark.parametrize("seed", range(SIZE.seeds))
def test_whatever_happens_it_stands_where_the_page_says(offer: Offer, seed: int) -> None:
    random, walker = Random(seed), Walker(offer)  # noqa: S311 (the same journeys every time)
    page = Page(offer, offer.offer.start)
    for _ in range(_EVENTS):
        event = happening(page, random)
        page.hear(event)
        walker.say(event)
        if page.over:
            break
        assert walker.place == (page.stage, page.standing)
    assert not page.over or walker.place is None


def test_conditions_that_differ_in_their_number_alone_are_two_facts(shipped: Offer) -> None:
    facts = Facts(shipped)
    (rule,) = (one for one in shipped.triggers["start_training"][0].guards if one.guard == "staff_nominated")
    with pytest.raises(KeyError):
        facts.name(Rule(rule.guard, amount=rule.amount + 1))
