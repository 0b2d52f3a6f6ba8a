"""What follows from an offer alone is worked out once for each, and never taken for that of another."""

import gc

from tests.workflow.offer.pages import READING
from workflow.offer.definition import Offer
from workflow.offer.installed.worked_out import once
from workflow.offer.loader import load_offer


def test_each_offer_has_its_own_however_alike_they_are() -> None:
    asked: list[int] = []

    @once
    def stages(offer: Offer) -> int:
        asked.append(len(offer.stages))
        return len(offer.stages)

    first = load_offer(READING)
    shorter = first.model_copy(update={"stages": first.stages[:2]})
    assert [stages(one) for one in (first, shorter, first, shorter)] == [len(first.stages), 2] * 2
    assert asked == [len(first.stages), 2]


def test_nothing_is_kept_of_an_offer_that_is_gone() -> None:
    kept = once(lambda _offer: Kept())
    there = load_offer(READING).model_copy()
    assert kept(there) is kept(there)
    del there
    gc.collect()
    assert Kept.there == 0


class Kept:
    """Counts how many of it there are."""

    there = 0

    def __init__(self) -> None:
        Kept.there += 1

    def __del__(self) -> None:
        Kept.there -= 1
