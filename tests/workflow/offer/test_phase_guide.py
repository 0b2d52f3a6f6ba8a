"""Which phase fits, by what somebody can say of themselves."""

from itertools import product

import pytest

from workflow.engine.catalogue import Catalogue
from workflow.offer.definition import Offer
from workflow.offer.phase_guide import questions, suggest
from workflow.offer.terms import Phase


@pytest.fixture
def offer(offers: Catalogue) -> Offer:
    return offers.latest()


def test_three_questions_are_asked(offer: Offer) -> None:
    assert [one.phase for one in questions(offer.phases)] == [2, 2, 3]


@pytest.mark.parametrize(
    ("answers", "number"),
    [("nnn", 1), ("ynn", 1), ("nyy", 1), ("yyn", 2), ("yyy", 3), ("nny", 1)],
)
def test_a_phase_fits_whoever_has_all_of_it_and_of_those_before(offer: Offer, answers: str, number: int) -> None:
    names = [one.name for one in questions(offer.phases)]
    found = suggest(offer.phases, {name: answer == "y" for name, answer in zip(names, answers, strict=True)})
    assert found.phase.number == number


def test_what_was_answered_with_no_is_what_the_next_phase_asks(offer: Offer) -> None:
    asked = questions(offer.phases)
    found = suggest(offer.phases, {asked[0].name: True, asked[1].name: False, asked[2].name: True})
    assert found.missing == (asked[1].text,)


def test_more_answers_with_yes_never_lead_to_an_earlier_phase(offer: Offer) -> None:
    names = [one.name for one in questions(offer.phases)]
    every = [dict(zip(names, one, strict=True)) for one in product((False, True), repeat=len(names))]
    for fewer, more in product(every, every):
        if all(more[name] or not fewer[name] for name in names):
            assert suggest(offer.phases, more).phase.number >= suggest(offer.phases, fewer).phase.number


def test_an_offer_without_questions_suggests_its_last_phase_to_nobody_before_the_first() -> None:
    phases = [Phase(number=2, title="B", means="b"), Phase(number=1, title="A", means="a")]
    assert questions(phases) == ()
    assert suggest(phases, {}).phase.number == 2
