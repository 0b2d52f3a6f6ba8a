"""The stages of a journey as whoever is not at the council reads them: done, current or to come. Pure."""

from typing import Literal, NamedTuple

from workflow.offer.definition import Offer


class Step(NamedTuple):
    """`school` says what the school does at this stage."""

    title: str
    school: str
    state: Literal["done", "current", "to come"]


def steps(offer: Offer, stage: str) -> list[Step]:
    """A journey that stands at its last stage has done that one, too."""
    here = offer.stage_number[stage]
    return [Step(one.title, one.school, _state(offer, number, here)) for number, one in enumerate(offer.stages)]


def _state(offer: Offer, number: int, here: int) -> Literal["done", "current", "to come"]:
    if number < here or (number == here and offer.stages[number].final):
        return "done"
    return "current" if number == here else "to come"
