"""The stages of a journey as whoever is not at the council reads them: done, current or to come. Pure."""

from typing import Literal, NamedTuple

from workflow.forecasting.route.way_on import stages_on_the_way
from workflow.offer.definition import Offer


class Step(NamedTuple):
    """`school` says what the school does at this stage."""

    title: str
    school: str
    state: Literal["done", "current", "to come"]


def steps(offer: Offer, stage: str) -> list[Step]:
    """A journey that stands at its last stage has done that one, too."""
    here = offer.stage_number[stage]
    shown = [offer.stage[name] for name in stages_on_the_way(offer, stage)]
    return [Step(one.title, one.school, _state(offer, offer.stage_number[one.name], here)) for one in shown]


def _state(offer: Offer, number: int, here: int) -> Literal["done", "current", "to come"]:
    if number < here or (number == here and offer.stages[number].final):
        return "done"
    return "current" if number == here else "to come"
