"""Triggers that fire by themselves: the system may, nobody is asked, and they come to rest. Pure."""

from collections.abc import Iterator

from workflow.english import listed
from workflow.offer.check.finding import Finding
from workflow.offer.check.paths import Edges, rounds
from workflow.offer.definition import Offer


def automatic(offer: Offer) -> Iterator[Finding]:
    for one in offer.transitions:
        if one.automatic and "system" not in one.by:
            yield Finding(f"“{one.trigger}” is automatic, so “system” must be among those in its by.", one)
        if one.automatic and (one.note or one.inputs):
            yield Finding(
                f"“{one.trigger}” is automatic and asks for a note or a value, which nobody would be there to give.",
                one,
            )
        if one.automatic and not one.guards:
            yield Finding(
                f"“{one.trigger}” is automatic and has no guard, so it would fire the moment its stage begins.", one
            )
        if one.automatic and one.to is None:
            yield Finding(
                f"“{one.trigger}” is automatic and stays where it is, so it would fire for ever. Give it a to.", one
            )


def circles(offer: Offer) -> Iterator[Finding]:
    """Automatic triggers that lead back to where they began: with their guards met they would never settle."""
    for stage, triggers in rounds(edges_of(offer)):
        yield Finding(
            f"At the stage “{stage}” the automatic {listed(triggers, 'then')} lead round in a circle.",
            offer.stage[stage],
        )


def edges_of(offer: Offer) -> Edges:
    return {
        stage.name: [
            (one.trigger, one.to) for one in offer.transitions if one.automatic and one.to and stage.name in one.from_
        ]
        for stage in offer.stages
    }
