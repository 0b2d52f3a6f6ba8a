"""What modellers show beside a stage or a flow: who owes what, who may say it, what follows. Pure."""

from collections.abc import Iterator

from workflow.english import listed, within
from workflow.offer.definition import Offer, Promise, Stage
from workflow.offer.triggers import Transition
from workflow.offer.words.conditions import all_in_words, in_words


def told_of_stage(offer: Offer, stage: Stage) -> str:
    titles = {one.name: one.title for one in offer.appointments}
    return "\n".join([f"The school reads: {stage.school}.", *(_promised(one, titles) for one in stage.promises)])


def _promised(promise: Promise, titles: dict[str, str]) -> str:
    by = listed([*_times(promise, titles)], "after")
    until = f", until {in_words(promise.until, titles)}" if promise.until else ""
    return f"The {promise.owner} is to {promise.to}: {by}{until}."


def _times(promise: Promise, titles: dict[str, str]) -> Iterator[str]:
    if promise.within:
        yield f"within {promise.within}" if promise.at is None else str(promise.within)
    if promise.at:
        at = within(titles[promise.at])
        yield at if promise.within else f"at {at}"


def condition_of(offer: Offer, one: Transition) -> str:
    """When this way is taken: somebody says so, or what fires by itself has all that it asks."""
    asked = all_in_words(one.guards, {kind.name: kind.title for kind in offer.appointments})
    if one.automatic:
        return asked
    return f"“{one.title}” is said; {asked}" if asked else f"“{one.title}” is said"


def told_of_transition(offer: Offer, one: Transition) -> str:
    who = f"Said by the {listed(one.people, 'or')}" + (", or by itself." if one.automatic else ".")
    sent = listed([f"{effect.kind} {effect.name}" for effect in one.effects])
    back = one.to is not None and any(offer.leads_back(source, str(one.to)) for source in one.from_)
    anew = "It begins a new round: what comes by again is asked for anew." if back else ""
    return "\n".join(filter(None, [who, f"Afterwards: {sent}." if sent else "", _among(offer, one), anew]))


def _among(offer: Offer, one: Transition) -> str:
    if all(stage.name in one.from_ for stage in offer.stages if not stage.final):
        return ""
    return f"At {listed([f'“{offer.stage[name].title}”' for name in one.from_], 'or')}."
