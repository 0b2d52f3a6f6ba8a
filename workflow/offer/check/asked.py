"""Every guard of a page with where it stands: the same rules hold for verbs, promises, timers and bookings. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from workflow.domain.guards import Rule
from workflow.offer.definition import Offer


@dataclass(frozen=True, slots=True)
class Asked:
    """A guard. `what` it is asked for, as a sentence begins, and the `stages` at which it is looked at."""

    rule: Rule
    what: str
    stages: tuple[str, ...]


def asked_by_verbs(offer: Offer) -> Iterator[Asked]:
    for one in offer.transitions:
        yield from (Asked(rule, f"“{one.trigger}”", one.from_) for rule in one.guards)


def asked_by_promises(offer: Offer) -> Iterator[Asked]:
    everywhere = tuple(offer.stage)
    kept = [(one, everywhere) for one in offer.promises]
    kept += [(one, (stage.name,)) for stage in offer.stages for one in stage.promises]
    for promise, stages in kept:
        if promise.until is not None:
            yield Asked(promise.until, f"The promise to “{promise.to}”", stages)


def asked_by_timers(offer: Offer) -> Iterator[Asked]:
    for timer in offer.timers:
        if timer.unless is not None:
            yield Asked(
                timer.unless, f"The timer “{timer.name}”", (timer.stage,) if timer.stage else tuple(offer.stage)
            )


def asked_by_bookings(offer: Offer) -> Iterator[Asked]:
    for kind in offer.appointments:
        stages = tuple(stage.name for stage in offer.stages if stage.appointment == kind.name)
        yield from (Asked(rule, f"A date for “{kind.title}”", stages) for rule in kind.booking)


def asked_anywhere(offer: Offer) -> Iterator[Asked]:
    yield from asked_by_verbs(offer)
    yield from asked_by_promises(offer)
    yield from asked_by_timers(offer)
    yield from asked_by_bookings(offer)
    for move in offer.moves:
        yield from (Asked(rule, f"“{move.verb}” of a {move.of}", ()) for rule in move.guards)
