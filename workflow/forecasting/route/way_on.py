"""Which stages a journey makes its way through: all from which it can come to what it makes for. Pure."""

from workflow.offer.definition import Offer
from workflow.offer.installed.way import way_of


def stages_on_the_way(offer: Offer, here: str) -> tuple[str, ...]:
    """In the order of the page. One at which a journey is given up is on the way of those alone who are there."""
    on = way_of(offer)
    return tuple(one.name for one in offer.stages if one.name in on or one.name == here)
