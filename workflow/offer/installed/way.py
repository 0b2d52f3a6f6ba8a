"""Which stages of an offer lead to what its journey makes for; those at which it is given up do not. Pure."""

from workflow.offer.definition import Offer
from workflow.offer.outline import on_the_way


def way_of(offer: Offer) -> tuple[str, ...]:
    """In the order of the page."""
    moves = ((stage, one.to) for one in offer.transitions if one.to for stage in one.from_)
    return on_the_way(offer.stage, moves, offer.goals)
