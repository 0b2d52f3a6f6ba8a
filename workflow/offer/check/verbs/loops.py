"""Ways that lead round and stages that wait: somewhere on them somebody is asked for something. Pure."""

from collections.abc import Iterator

from workflow.english import listed
from workflow.offer.check.finding import Finding
from workflow.offer.check.paths import Edges, Paths, rounds, told
from workflow.offer.definition import Offer, Stage


def never_asking(offer: Offer) -> Iterator[Finding]:
    """A way round on which nothing is owed, met or looked at: it could be gone for ever, and nothing come of it."""
    for stage, triggers in rounds(_unguarded(offer)):
        yield Finding(
            f"From the stage “{stage}” {listed(triggers, 'then')} lead round, and on the way nobody is asked for "
            "anything. Give a stage of it a promise or a meeting, or one of the verbs a guard.",
            offer.triggers[triggers[-1]][0],
            "to",
        )


def _unguarded(offer: Offer) -> Edges:
    silent = {stage.name for stage in offer.stages if _is_silent(stage)}
    return {
        name: [
            (one.trigger, one.to)
            for one in offer.transitions
            if name in one.from_ and one.to in silent and name in silent and not one.guards and one.to is not None
        ]
        for name in offer.stage
    }


def _is_silent(stage: Stage) -> bool:
    return not (stage.final or stage.promises or stage.appointment)


def _rounds(offer: Offer) -> set[str]:
    """The stages of those ways round."""
    edges = _unguarded(offer)
    stages: set[str] = set()
    for start, triggers in rounds(edges):
        here = start
        for trigger in triggers:
            stages.add(here)
            here = next(to for word, to in edges[here] if word == trigger)
    return stages


def unowed(offer: Offer, paths: Paths) -> Iterator[Finding]:
    """A stage at which nobody owes anything, and of which time says nothing either, is forgotten."""
    told_of = _rounds(offer)
    for name in (name for name in _silent(offer, paths) if name not in told_of):
        yield Finding(
            f"At the stage “{name}” ({told(paths[name])}) nobody owes anything and no timer speaks, so it is "
            "forgotten. Write who owes what as its promise.",
            offer.stage[name],
        )


def _silent(offer: Offer, paths: Paths) -> list[str]:
    spoken = {timer.stage for timer in offer.timers}
    return [name for name in paths if _is_silent(offer.stage[name]) and name not in spoken]


def forgotten(offer: Offer, paths: Paths) -> set[str]:
    """The stages that are told of here. What else follows from their having no promise need not be told."""
    return {*_silent(offer, paths), *_rounds(offer)}
