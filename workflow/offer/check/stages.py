"""Stages: every one can be reached, leads to an end, and has somebody who can act. Pure."""

from collections.abc import Iterator

from workflow.domain.actor import COUNCIL_ROLES
from workflow.offer.check.finding import Finding
from workflow.offer.check.paths import Paths, ends_of, moves_from, told
from workflow.offer.check.timers import stages_of
from workflow.offer.definition import Offer


def unreachable(offer: Offer, paths: Paths) -> Iterator[Finding]:
    for stage in offer.stages:
        if stage.name not in paths:
            yield Finding(f"No path leads to the stage “{stage.name}”. Add a transition to it, or take it out.", stage)


def stuck(offer: Offer, paths: Paths) -> Iterator[Finding]:
    ends = ends_of(offer)
    for name, path in paths.items():
        if name not in ends:
            yield Finding(
                f"The stage “{name}” ({told(path)}) leads to no end. Mark it final, or lead it on.", offer.stage[name]
            )


def nobody(offer: Offer, paths: Paths) -> Iterator[Finding]:
    """A stage where no person can do a thing and no timer speaks up would wait for ever."""
    for name, path in paths.items():
        acts = [one for one in moves_from(offer, name) if one.standing.to == "active"]
        people = any(set(one.by) & set(COUNCIL_ROLES) for one in acts)
        if not offer.stage[name].final and not people and not _time_speaks(offer, name):
            yield Finding(
                f"At the stage “{name}” ({told(path)}) nobody can act and no timer escalates.", offer.stage[name]
            )


def _time_speaks(offer: Offer, stage: str) -> bool:
    return any(stage in stages_of(offer, timer) for timer in offer.timers)
