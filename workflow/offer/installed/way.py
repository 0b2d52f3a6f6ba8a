"""Which stages of an offer lead to what its journey makes for; those at which it is given up do not. Pure."""

from workflow.offer.definition import Offer
from workflow.offer.installed.worked_out import once
from workflow.offer.outline import on_the_way


@once
def way_of(offer: Offer) -> tuple[str, ...]:
    """In the order of the page."""
    moves = ((stage, one.to) for one in offer.transitions if one.to for stage in one.from_)
    return on_the_way(offer.stage, moves, offer.goals)


def passed(offer: Offer, stage: str) -> tuple[str, ...]:
    """What every journey that stands at a stage has come to, itself included. Of one that was given up that is the way
    to the first stage at which it could have been."""
    way = way_of(offer)
    if stage in way:
        return way[: way.index(stage) + 1]
    given_up_at = (source for one in offer.transitions if one.to == stage for source in one.from_ if source in way)
    return (*way[: min(map(way.index, given_up_at), default=-1) + 1], stage)
