"""Verbs that change where an engagement stands: holds end, clocks follow, and each verb changes something. Pure."""

from collections.abc import Iterator

from workflow.domain.standing import ENDED_EARLY
from workflow.english import in_words, listed
from workflow.offer.check.finding import Finding
from workflow.offer.definition import Offer
from workflow.offer.triggers import TimerPolicy, Transition

_RESTING = "on_hold"


def after_the_end(offer: Offer) -> Iterator[Finding]:
    """A journey that has ended is completed. A verb for every stage means those that it can be at."""
    finals = [stage.name for stage in offer.stages if stage.final]
    for one in offer.transitions:
        named = [name for name in finals if name in one.from_ and len(one.from_) < len(offer.stages)]
        if named and "completed" not in one.standing.from_:
            yield Finding(
                f"“{one.trigger}” starts from “{named[0]}”, which is final, and there it can never be said. "
                "Take it out of its from.",
                one,
                "from",
            )


def idle(offer: Offer) -> Iterator[Finding]:
    for one in offer.transitions:
        says = one.effects or one.note or one.inputs or one.records != type(one.records)()
        if not says and one.to is None and one.timers == "keep" and one.standing.from_ == (one.standing.to,):
            yield Finding(
                f"“{one.trigger}” changes nothing and tells nobody. Give it a to, something it records, or an effect.",
                one,
            )


def unending(offer: Offer) -> Iterator[Finding]:
    """Whatever is put on hold can go on again, wherever that was."""
    back = {
        name
        for one in offer.transitions
        if _RESTING in one.standing.from_ and one.standing.to == "active"
        for name in one.from_
    }
    for one in (one for one in offer.transitions if one.standing.to == _RESTING):
        stages = [name for name in one.from_ if name not in back and not offer.stage[name].final]
        if stages:
            where = "" if len(stages) > len(offer.stages) // 2 else f" at {listed([f'“{name}”' for name in stages])}"
            yield Finding(
                f"“{one.trigger}” puts the journey on hold{where} and no verb leads on from there. "
                "Add one with standing = { from = [“on_hold”], to = “active” }.",
                one,
                "standing",
            )


def clocks(offer: Offer) -> Iterator[Finding]:
    """What becomes of the clocks fits what becomes of the journey. A stage that begins has clocks of its own."""
    for one in (one for one in offer.transitions if one.to is None):
        fault = _clocks_of(one)
        if fault is not None and one.timers not in fault[1]:
            words, right = fault
            choices = listed([f"“{policy}”" for policy in right], "or")
            yield Finding(f"“{one.trigger}” {words}. Give it timers = {choices}.", one, "timers")


def _clocks_of(one: Transition) -> tuple[str, tuple[TimerPolicy, ...]] | None:
    """What goes wrong with any other policy, and the policies that fit."""
    was, becomes = set(one.standing.from_), one.standing.to
    if becomes == _RESTING and _RESTING not in was:
        return "puts the journey on hold and lets its clocks run on", ("suspend",)
    if becomes in ENDED_EARLY:
        return "ends the journey and lets its clocks run on", ("drop",)
    if becomes == "active" and was == {_RESTING}:
        return "ends a hold and leaves the clocks suspended", ("resume", "rearm")
    if becomes == "active" and was and was <= set(ENDED_EARLY):
        return f"opens again what was {listed([in_words(x) for x in one.standing.from_], 'or')} and starts no clock", (
            "rearm",
        )
    return None


def called_off(offer: Offer) -> Iterator[Finding]:
    for one in offer.transitions:
        ends = one.standing.to in ENDED_EARLY or (one.to in offer.stage and offer.stage[one.to].final)
        if one.calls_off and not ends:
            yield Finding(
                f"“{one.trigger}” calls off every date ahead and the journey goes on without them. Take calls_off out.",
                one,
                "calls_off",
            )
