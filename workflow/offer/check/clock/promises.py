"""Promises: each can be kept by whoever owes it, has its day, and has its turn. Pure."""

from collections.abc import Iterator

from workflow.domain.actor import COUNCIL_ROLES
from workflow.domain.guards import Rule
from workflow.offer.check.finding import Finding
from workflow.offer.check.lifecycles import NEEDED
from workflow.offer.check.paths import ways_to
from workflow.offer.definition import Offer, Promise, Stage

#: Guards that only people of the council can make true, whatever the page says of the small journeys.
_OF_THE_COUNCIL = ("action_planned", "approved", "judgement", "nothing_to_review", "outputs_recorded")
#: Guards about a date, which a journey must have a verb for.
_OF_DATES = ("appointment",)


def cannot_keep(offer: Offer) -> Iterator[Finding]:
    """Nobody is late with what only others can do."""
    for one in _promises(offer):
        if one.owner == "school" and one.until is not None and not _school_can(offer, one.until):
            yield Finding(
                f"The school promises to “{one.to}” and only the council can make {one.until.guard} true. "
                "Let owner be “council”, or choose another until.",
                one,
                "owner",
            )


def _promises(offer: Offer) -> Iterator[Promise]:
    yield from offer.promises
    yield from (one for stage in offer.stages for one in stage.promises)


def _school_can(offer: Offer, rule: Rule) -> bool:
    """Whether the school has any verb that leads where the guard looks; of other guards, what they are about."""
    noun, status = NEEDED.get(rule.guard, ("", ""))
    if noun not in _OF_DATES or rule.guard in _OF_THE_COUNCIL:
        return rule.guard not in _OF_THE_COUNCIL
    wanted = ("offered", status) if rule.guard == "dates_offered" else (status,)
    saying = {role for move in offer.moves if move.of == noun and move.to in wanted for role in move.by}
    return bool(saying - {*COUNCIL_ROLES, "system"})


def no_day(offer: Offer) -> Iterator[Finding]:
    """A day that hangs on a meeting needs a stage, on the way there, that has the meeting."""
    for stage in offer.stages:
        before = {offer.stage[name].appointment for name in ways_to(offer, stage.name)}
        for one in stage.promises:
            if one.at is not None and one.at not in before:
                yield Finding(
                    f"The promise to “{one.to}” is due at “{one.at}”, and up to the stage “{stage.name}” no stage has "
                    "that meeting. Name one that has taken place or is met there.",
                    one,
                    "at",
                )


def never_its_turn(offer: Offer) -> Iterator[Finding]:
    """The first promise that is not kept counts; one without until is kept when its stage is left, and not before."""
    for one in offer.promises:
        if one.until is None and one.at is None:
            yield Finding(
                f"The promise “{one.name}” counts at every stage and has no until, so no other promise has its turn. "
                "Give it an until.",
                one,
            )
    for stage in offer.stages:
        yield from _hidden(stage)


def _hidden(stage: Stage) -> Iterator[Finding]:
    for one in stage.promises[:-1]:
        if one.until is None and one.at is None:
            yield Finding(
                f"The promise to “{one.to}” has no until, so those after it at “{stage.name}” never have their turn. "
                "Give it an until, or let it come last.",
                one,
            )
            return


def after_the_end(offer: Offer) -> Iterator[Finding]:
    for stage in (stage for stage in offer.stages if stage.final):
        for one in stage.promises:
            yield Finding(
                f"The promise to “{one.to}” stands at “{stage.name}”, which is final: nothing is owed there any more. "
                "Move it to a stage before, or take it out.",
                one,
            )


def again_at_a_meeting(offer: Offer) -> Iterator[Finding]:
    for one in _promises(offer):
        if one.again is not None and one.at is not None:
            yield Finding(
                f"The promise to “{one.to}” counts from a meeting, so its time never begins again. Take again out.",
                one,
                "again",
            )
