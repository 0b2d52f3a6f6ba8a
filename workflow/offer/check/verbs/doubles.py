"""What stands on a page twice: words that are alike, ways that are never taken, letters that are sent twice. Pure."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from workflow.domain.effects import Effect
from workflow.english import a
from workflow.offer.check.finding import Finding
from workflow.offer.definition import Offer
from workflow.offer.triggers import Transition


def same_words(offer: Offer) -> Iterator[Finding]:
    for first, stage in combinations(offer.stages, 2):
        if first.title.casefold() == stage.title.casefold():
            yield Finding(
                f"The stages “{first.name}” and “{stage.name}” have the same title, so nobody can tell them apart. "
                "Word one of them otherwise.",
                stage,
                "title",
            )
    for before, one in combinations(offer.transitions, 2):
        if before.trigger != one.trigger and before.title.casefold() == one.title.casefold() and _meet(before, one):
            yield Finding(
                f"“{before.trigger}” and “{one.trigger}” have the same title where both may be said, so nobody can "
                "tell their buttons apart. Word one of them otherwise.",
                one,
                "title",
            )


def _meet(first: Transition, second: Transition) -> bool:
    standings = set(first.standing.from_) & set(second.standing.from_)
    return bool(set(first.from_) & set(second.from_) and standings)


def never_taken(offer: Offer) -> Iterator[Finding]:
    """Of several ways of one verb the first whose guards hold is taken."""
    for ways in offer.triggers.values():
        for first, one in combinations(ways, 2):
            if not first.guards and _meet(first, one):
                yield Finding(
                    f"“{one.trigger}” has two ways from the same stage and the first has no guard, so the second is "
                    "never taken. Give the first a guard, or take one out.",
                    one,
                    "from",
                )


def asked_twice(offer: Offer) -> Iterator[Finding]:
    for one in offer.transitions:
        for first, again in combinations(one.inputs, 2):
            if first.name == again.name:
                yield Finding(
                    f"“{one.trigger}” asks twice for “{again.name}”, and one answer would be lost. "
                    "Give one of them another name.",
                    again,
                    "name",
                )


def sent_twice(offer: Offer) -> Iterator[Finding]:
    for what, effects in _owed(offer):
        for number, effect in enumerate(effects):
            if effect in effects[:number]:
                yield Finding(
                    f"{what} sends “{effect.name}” twice to the same readers. Take one of the two out.", effect
                )
    for first, timer in combinations(offer.timers, 2):
        same = (first.stage, first.promise, first.at, first.span, first.escalate_to)
        if same == (timer.stage, timer.promise, timer.at, timer.span, timer.escalate_to):
            for effect in (one for one in timer.effects if one in first.effects):
                yield Finding(
                    f"The timers “{first.name}” and “{timer.name}” send “{effect.name}” at the same time. "
                    "Let one of them come at another, or take it out.",
                    effect,
                )


def _owed(offer: Offer) -> Iterator[tuple[str, Sequence[Effect]]]:
    yield "The beginning", offer.offer.effects
    yield from ((f"“{one.trigger}”", one.effects) for one in offer.transitions)
    yield from ((f"“{move.verb}” of {a(move.of)}", move.effects) for move in offer.moves)
    yield from ((f"The timer “{timer.name}”", timer.effects) for timer in offer.timers)
