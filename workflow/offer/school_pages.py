"""On which of a school's pages the next thing is done, by what the offer's page says is to be done. Pure."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from workflow.offer.definition import Offer, Promise, Stage

#: The pages by the last part of their address. The first, where a school is, has none.
SchoolPage = Literal["", "people", "dates", "messages", "certificates"]
#: What makes a promise kept, by the page that is about it.
_ABOUT: Mapping[str, SchoolPage] = MappingProxyType(
    {
        "staff_nominated": "people",
        "lead_named": "people",
        "names_confirmed": "people",
        "everyone_decided": "people",
        "staff_completed": "people",
        "nothing_to_review": "people",
        "dates_offered": "dates",
        "appointment_booked": "dates",
        "appointment_held": "dates",
        "register_taken": "dates",
        "staff_trained": "dates",
        "outputs_recorded": "dates",
        "awaiting_judgement": "dates",
    }
)


def page_of(offer: Offer, stage_name: str, to: str) -> SchoolPage:
    """Where the promise `to` do something is kept at a stage. What was put into other words since has no page."""
    found = promise_of(offer, stage_name, to)
    return _page(offer, offer.stage[stage_name], found) if found else ""


def promise_of(offer: Offer, stage_name: str, to: str) -> Promise | None:
    stage = offer.stage.get(stage_name)
    return next((one for one in stage.promises if one.to == to), None) if stage else None


def _page(offer: Offer, stage: Stage, promise: Promise) -> SchoolPage:
    """A promise that is kept when the stage is left is about what lets it be left."""
    if promise.until is not None:
        return _ABOUT.get(promise.until.guard, "")
    if stage.appointment is not None:
        return "dates"
    rules = (rule for one in offer.transitions if stage.name in one.from_ and one.automatic for rule in one.guards)
    return next((_ABOUT[rule.guard] for rule in rules if rule.guard in _ABOUT), "")
