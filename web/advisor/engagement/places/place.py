"""Where each thing about an engagement has its place, and the address of every form on it. Pure.

Whoever links to a form asks here, so that a form may move without a link going astray.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from workflow.offer.definition import Offer
from workflow.offer.triggers import Transition
from workflow.queries.places.meetings import judged_kinds

OVERVIEW, PEOPLE, MEETINGS, EVIDENCE = "overview", "people", "meetings", "evidence"
VISITS, MESSAGES, HISTORY, NOTES = "visits", "messages", "history", "notes"


def _always(_offer: Offer) -> bool:
    return True


def _meets(offer: Offer) -> bool:
    return any(of_meeting(offer, kind.name) == MEETINGS for kind in offer.appointments)


def _asks_for_evidence(offer: Offer) -> bool:
    return any(phase.criteria for phase in offer.phases)


def _visits(offer: Offer) -> bool:
    return bool(judged_kinds(offer))


@dataclass(frozen=True, slots=True)
class Place:
    """`name` is the last word of its address, but for the overview. `there` says for which offers it is told of."""

    name: str
    title: str
    there: Callable[[Offer], bool] = _always


PLACES: Mapping[str, Place] = {
    one.name: one
    for one in (
        Place(OVERVIEW, "Overview"),
        Place(PEOPLE, "People"),
        Place(MEETINGS, "Meetings", _meets),
        Place(EVIDENCE, "Evidence", _asks_for_evidence),
        Place(VISITS, "Visits", _visits),
        Place(MESSAGES, "Messages"),
        Place(HISTORY, "History"),
        Place(NOTES, "Notes"),
    )
}
#: Where the forms stand that are about the whole engagement, by the name of their act.
_OF_ACT = {"message": MESSAGES, "change-version": HISTORY}


def address(reference: str, place: str = OVERVIEW, form: str = "") -> str:
    """Of a place, or of a form on it, which is open when one comes that way."""
    there = f"/advisor/engagement/{reference}{'' if place == OVERVIEW else f'/{place}'}"
    return f"{there}?form={form}#form-{form}" if form else there


def of_contact(reference: str, kind: str) -> str:
    """The form that changes one contact of the school, or puts them right."""
    return address(reference, PEOPLE, f"change-contact-{kind}")


def of_person(reference: str, participant: int) -> str:
    """Everything that can be done about somebody who takes part."""
    return f"{address(reference, PEOPLE)}/{participant}/#forms"


def of_correction(reference: str, participant: int) -> str:
    """The form that puts somebody's name and address right who takes part."""
    return f"{address(reference, PEOPLE)}/{participant}/?form=correct#form-correct"


def of_doing(reference: str, trigger: str) -> str:
    """The page that says what a trigger would do, and does it."""
    return f"{address(reference)}/do/{trigger}"


def of_act(name: str) -> str:
    """Handing over, another school and the right address of its lead are about people."""
    return _OF_ACT.get(name, PEOPLE)


def of_meeting(offer: Offer, kind: str) -> str:
    """Meetings that end in a judgement are visits."""
    return VISITS if any(one.name == kind for one in judged_kinds(offer)) else MEETINGS


def of_trigger(offer: Offer, trigger: str) -> str:
    """What is recorded about a visit stands with the visits."""
    known = {kind.name for kind in judged_kinds(offer)}
    return VISITS if any(_is_of_visit(one, known) for one in offer.triggers.get(trigger, ())) else OVERVIEW


def _is_of_visit(one: Transition, visits: set[str]) -> bool:
    anew = one.records.approval and any(rule.guard == "not_approved" and rule.of in visits for rule in one.guards)
    return bool(one.records.judgement or anew)


def section(where: str) -> str:
    """The part of a place that an error leads to which belongs to no field."""
    return "actions" if where == OVERVIEW else where
