"""Chances of lengths, held against the paper they come from, against counting, and against trying every pair."""

from collections import Counter, defaultdict
from itertools import product
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from workflow.forecasting import survival
from workflow.forecasting.survival import Distribution, Stay

stays = st.lists(st.builds(Stay, st.integers(0, 30), st.booleans()), min_size=1, max_size=40)
whole_numbers = st.lists(st.integers(0, 30), min_size=1, max_size=40)
distributions = stays.map(survival.lengths)
shares = st.floats(0, 1)


def chances(distribution: Distribution) -> dict[int, Any]:
    return {days: pytest.approx(chance) for days, chance in enumerate(distribution) if chance}


def test_the_example_of_kaplan_and_meier_comes_out_as_in_their_paper() -> None:
    """Eight items, four seen to the end and four lost sight of; their times are here in tenths."""
    ended, lost = (8, 31, 54, 92), (10, 27, 70, 121)
    seen = [*(Stay(length, ended=True) for length in ended), *(Stay(length, ended=False) for length in lost)]
    lasting = {8: 7 / 8, 31: 7 / 10, 54: 21 / 40, 92: 21 / 80}
    found = survival.lengths(seen)
    assert {length: sum(found[length + 1 :]) for length in ended} == {at: pytest.approx(s) for at, s in lasting.items()}
    assert found[121] == pytest.approx(21 / 80), "what is left goes to the longest that was seen"


def test_a_stay_that_was_lost_sight_of_might_still_have_ended_that_day() -> None:
    found = survival.lengths([Stay(3, ended=True), Stay(3, ended=False), Stay(5, ended=True)])
    assert chances(found) == {3: 1 / 3, 5: 2 / 3}


@given(whole_numbers)
def test_where_every_stay_has_ended_the_chances_are_the_shares(numbers: list[int]) -> None:
    found = survival.lengths(Stay(number, ended=True) for number in numbers)
    assert chances(found) == {length: count / len(numbers) for length, count in Counter(numbers).items()}


@given(stays, stays)
def test_chances_are_never_below_nought_and_make_one(some: list[Stay], others: list[Stay]) -> None:
    first, second = survival.lengths(some), survival.lengths(others)
    for one in (first, second, survival.followed_by(first, second)):
        assert min(one) >= 0
        assert sum(one) == pytest.approx(1)


def test_nothing_is_estimated_from_nothing() -> None:
    with pytest.raises(ValueError, match="from no stays"):
        survival.lengths([])


@given(distributions, distributions)
def test_two_stays_together_are_every_pair_of_lengths(first: Distribution, second: Distribution) -> None:
    pairs: dict[int, float] = defaultdict(float)
    for (days, chance), (more, other) in product(enumerate(first), enumerate(second)):
        pairs[days + more] += chance * other
    assert list(survival.followed_by(first, second)) == pytest.approx([pairs[days] for days in sorted(pairs)])


@given(distributions, st.integers(0, 30))
def test_a_stay_that_has_lasted_does_not_end_earlier_and_keeps_its_proportions(whole: Distribution, days: int) -> None:
    left = sum(whole[days:])
    assume(left)
    found = survival.given(days, whole)
    assert not any(found[:days])
    assert chances(found) == {at: chance / left for at, chance in enumerate(whole) if chance and at >= days}
    assert sum(found) == pytest.approx(1)


def test_a_stay_that_outlasted_all_others_has_no_chances() -> None:
    with pytest.raises(ValueError, match="No stay lasts 8 days"):
        survival.given(8, survival.lengths([Stay(7, ended=True)]))


@given(distributions, shares, shares)
def test_more_stays_have_ended_later(whole: Distribution, one: float, other: float) -> None:
    early, late = (survival.quantile(whole, share) for share in sorted((one, other)))
    assert early <= late


@given(whole_numbers, st.integers(1, 40))
def test_a_quantile_is_the_length_of_the_stay_at_its_place(numbers: list[int], place: int) -> None:
    assume(place <= len(numbers))
    whole = survival.lengths(Stay(number, ended=True) for number in numbers)
    assert survival.quantile(whole, place / len(numbers)) == sorted(numbers)[place - 1]
