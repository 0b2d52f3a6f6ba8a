"""Which phase fits somebody, by what they can say of themselves. Pure.

Phases are progressive: a phase fits whoever can say yes to all that it and the phases before it ask.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from workflow.offer.terms import Phase


class Question(NamedTuple):
    """One of the questions, the phase that it is about, and its name in a form."""

    phase: int
    name: str
    text: str


class Suggestion(NamedTuple):
    """`phase` fits; `missing` is what was answered with no, and would lead to the phase after it."""

    phase: Phase
    missing: tuple[str, ...]


def questions(phases: Sequence[Phase]) -> tuple[Question, ...]:
    """In the order in which they are asked."""
    return tuple(
        Question(phase.number, f"q{phase.number}-{place}", text)
        for phase in sorted(phases, key=lambda one: one.number)
        for place, text in enumerate(phase.questions, 1)
    )


def suggest(phases: Sequence[Phase], answers: Mapping[str, bool]) -> Suggestion:
    """`answers` are by the names of the questions; one that was not answered counts as no."""
    first, *others = sorted(phases, key=lambda one: one.number)
    fits = first
    for phase in others:
        own = [one for one in questions(phases) if one.phase == phase.number]
        if missing := tuple(one.text for one in own if not answers.get(one.name)):
            return Suggestion(fits, missing)
        fits = phase
    return Suggestion(fits, ())
