"""What follows from an offer alone, worked out once for as long as somebody has that offer: none ever changes.

It goes by which offer it is and not by what that says, which would take longer to compare than to work out again.
"""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar
from weakref import ref

from workflow.offer.definition import Offer

T = TypeVar("T")


def once(work_out: Callable[[Offer], T]) -> Callable[[Offer], T]:
    """Decorates a pure function of an offer whose results nobody changes."""
    known: dict[int, tuple[ref[Offer], T]] = {}

    @wraps(work_out)
    def found(offer: Offer) -> T:
        number = id(offer)
        kept = known.get(number)
        if kept is None or kept[0]() is not offer:
            kept = known[number] = ref(offer, lambda _gone: known.pop(number, None)), work_out(offer)
        return kept[1]

    return found
