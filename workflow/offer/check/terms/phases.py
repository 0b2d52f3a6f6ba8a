"""Phases: counted without a gap, and each that asks anything asks what tells it from the one before. Pure."""

from collections.abc import Iterator

from workflow.offer.check.finding import Finding
from workflow.offer.definition import Offer


def phases(offer: Offer) -> Iterator[Finding]:
    ordered = sorted(offer.phases, key=lambda phase: phase.number)
    for wanted, phase in enumerate(ordered, 1):
        if phase.number != wanted:
            yield Finding(
                f"Phase {phase.number} stands on the page and phase {wanted} does not. Count from 1, with no gap.",
                phase,
                "number",
            )
            return
    if not ordered:
        return
    first, *later = ordered
    if first.questions:
        yield Finding(
            f"Phase {first.number} fits everybody whom no later one fits, so its questions decide nothing. "
            "Take them out.",
            first,
            "questions",
        )
    for phase in later if any(phase.questions for phase in later) else ():
        if not phase.questions:
            yield Finding(
                f"Phase {phase.number} has no questions and others have, so it would be suggested to everybody who "
                "fits the one before. Ask what tells it apart.",
                phase,
            )
