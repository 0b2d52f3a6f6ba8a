"""Timers: each does something that it may do, and none comes too late or for ever. Pure."""

from collections.abc import Iterator

from workflow.check.automatic import edges_of
from workflow.check.paths import rounds
from workflow.definition import Offer, Timer
from workflow.words import listed

#: How a timer is told apart from a trigger in a list of both.
_MARK = "the timer "


def timers(offer: Offer) -> Iterator[str]:
    for timer in offer.timers:
        if not timer.effects and not timer.trigger:
            yield f"The timer “{timer.name}” does nothing. Give it effects or a trigger."
        if timer.trigger and not _may_fire(offer, timer):
            yield f"The timer “{timer.name}” fires “{timer.trigger}”, which the system may not fire at “{timer.stage}”."


def _may_fire(offer: Offer, timer: Timer) -> bool:
    ways = offer.triggers.get(timer.trigger or "", ())
    return any(timer.stage in one.from_ and "system" in one.by for one in ways)


def loops(offer: Offer) -> Iterator[str]:
    """Timers whose triggers lead back to their own stage, alone or with automatic triggers between."""
    edges = edges_of(offer)
    for timer in offer.timers:
        for one in (way for way in offer.triggers.get(timer.trigger or "", ()) if timer.stage in way.from_):
            if one.to:
                edges[timer.stage] = [*edges[timer.stage], (f"{_MARK}{timer.name}", one.to)]
            elif one.timers == "rearm" and one.standing.to == "active":
                yield f"The timer “{timer.name}” fires “{one.trigger}”, which arms it again: it would fire for ever."
    for stage, words in rounds(edges):
        if any(word.startswith(_MARK) for word in words):
            yield f"At the stage “{stage}” {listed(words, 'then')} lead round by themselves, for ever."


def too_late(offer: Offer) -> Iterator[str]:
    """A timer that falls due after another has ended the engagement at the same stage never speaks."""
    for end in (timer for timer in offer.timers if _ends(offer, timer)):
        for timer in offer.timers_of[end.stage]:
            if timer.after.unit == end.after.unit and timer.after.count > end.after.count:
                yield f"The timer “{timer.name}” comes after “{end.name}” has ended the engagement. Let it come before."


def _ends(offer: Offer, timer: Timer) -> bool:
    ways = offer.triggers.get(timer.trigger or "", ())
    return any(timer.stage in one.from_ and one.standing.to in ("lapsed", "cancelled") for one in ways)
