"""Where an engagement stands besides its stage, as one page uses it. Pure."""

from collections.abc import Iterator

from workflow.domain.standing import STANDINGS
from workflow.offer.definition import Offer
from workflow.offer.triggers import Transition


def standings_of(offer: Offer) -> tuple[str, ...]:
    """Those that the page's transitions know, in their usual order; a final stage completes."""
    known = {"active", "completed"}.union(*({*one.standing.from_, one.standing.to} for one in offer.transitions))
    return tuple(one for one in STANDINGS if one in known)


def is_left(offer: Offer, standing: str) -> bool:
    return any(standing in one.standing.from_ and one.standing.to != standing for one in offer.transitions)


def changes(one: Transition) -> Iterator[str]:
    """The standings that it leads away from."""
    return (standing for standing in one.standing.from_ if standing != one.standing.to)


def is_said_everywhere(offer: Offer, one: Transition) -> bool:
    """At every stage at which a journey can be while it has not come to its end."""
    return all(stage.name in one.from_ for stage in offer.stages if not stage.final)


def ways_on(offer: Offer, stage: str) -> list[Transition]:
    """What leads from a stage to another one."""
    return [one for one in offer.transitions if stage in one.from_ and one.to not in (None, stage)]
