"""Timers: each does something that it may do, and none comes too late or for ever. Pure."""

from collections.abc import Iterator

from workflow.domain.standing import ENDED_EARLY
from workflow.english import listed
from workflow.offer.check.automatic import edges_of
from workflow.offer.check.finding import Finding
from workflow.offer.check.paths import rounds
from workflow.offer.definition import Offer, Timer

#: How a timer is told apart from a trigger in a list of both.
_MARK = "the timer "


def timers(offer: Offer) -> Iterator[Finding]:
    for timer in offer.timers:
        if not timer.effects and not timer.trigger:
            yield Finding(f"The timer “{timer.name}” does nothing. Give it effects or a trigger.", timer)
        for stage in (stage for stage in stages_of(offer, timer) if timer.trigger):
            if not any(
                stage in one.from_ and "system" in one.by for one in offer.triggers.get(timer.trigger or "", ())
            ):
                yield Finding(
                    f"The timer “{timer.name}” fires “{timer.trigger}”, which the system may not fire at “{stage}”.",
                    timer,
                    "trigger",
                )


def stages_of(offer: Offer, timer: Timer) -> list[str]:
    """The stages at which a timer can come due. A meeting's timers belong to none."""
    if timer.stage is not None:
        return [timer.stage]
    if timer.promise is None:
        return []
    return [
        stage.name
        for stage in offer.stages
        if any(one.owner == timer.promise for one in offer.promises_at[stage.name].values())
    ]


def loops(offer: Offer) -> Iterator[Finding]:
    """Timers whose triggers lead back to their own stage, alone or with automatic triggers between."""
    edges = edges_of(offer)
    for timer in offer.timers:
        for stage in stages_of(offer, timer):
            for one in (way for way in offer.triggers.get(timer.trigger or "", ()) if stage in way.from_):
                if one.to:
                    edges[stage] = [*edges[stage], (f"{_MARK}{timer.name}", one.to)]
                elif one.timers == "rearm" and one.standing.to == "active":
                    again = f"fires “{one.trigger}”, which arms it again: it would fire for ever."
                    yield Finding(f"The timer “{timer.name}” {again}", timer, "trigger")
    for stage, words in rounds(edges):
        if any(word.startswith(_MARK) for word in words):
            yield Finding(
                f"At the stage “{stage}” {listed(words, 'then')} lead round by themselves, for ever.",
                offer.stage[stage],
            )


def too_late(offer: Offer) -> Iterator[Finding]:
    """A timer that falls due after another has ended the engagement at the same place never speaks."""
    for end in (timer for timer in offer.timers if _ends(offer, timer)):
        for timer in offer.timers:
            same = (timer.stage, timer.promise, timer.span.unit) == (end.stage, end.promise, end.span.unit)
            if same and timer.at is None and timer.span.count > end.span.count:
                yield Finding(
                    f"The timer “{timer.name}” comes after “{end.name}” has ended the engagement. Let it come before.",
                    timer,
                    "after",
                )


def _ends(offer: Offer, timer: Timer) -> bool:
    ways = offer.triggers.get(timer.trigger or "", ())
    here = stages_of(offer, timer)
    return any(set(here) & set(one.from_) and one.standing.to in ENDED_EARLY for one in ways)
