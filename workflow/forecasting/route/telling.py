"""A route in words: what has to be done, by whom, and from which day on it can be. Pure.

`tell` is for the council and for the school, who know each other's names. `tell_to` is for one participant, who reads
nothing about others but how many they are.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from workflow.english import count_of, listed, staff_of, within
from workflow.forecasting.route.act import Doing, Party, RouteAct
from workflow.forecasting.route.act_results import THOUGHT_UP
from workflow.forecasting.route.planner import Leg
from workflow.offer.definition import Offer

_NEWCOMERS = "the staff who are named"


@dataclass(frozen=True, slots=True)
class RouteLine:
    """`what` is an imperative. `day` is the earliest, local. `waits` counts the acts that come first at its stage.

    `others` counts those whom it is about where their names are not the reader's business; `act` is what the line says
    in words, for readers who may know all of it.
    """

    who: Party
    what: str
    stage: str
    day: date
    waits: int
    others: int = 0
    act: RouteAct | None = None


def tell(offer: Offer, legs: Iterable[Leg], names: Mapping[int, str]) -> tuple[RouteLine, ...]:
    """`names` are those of the participants, by id. What is done side by side about several people is one line."""
    whole = ((leg, _named(offer, leg.act, _people(leg.act, names))) for leg in _together(legs))
    return tuple(_line(leg, what, act=leg.act) for leg, what in whole)


def tell_to(offer: Offer, legs: Iterable[Leg], person: int) -> tuple[RouteLine, ...]:
    """What this participant does, what concerns everybody, and how many others have something to do."""
    return tuple(line for leg in _together(legs) for line in _lines_to(offer, leg, person))


def _line(leg: Leg, what: str, others: int = 0, act: RouteAct | None = None) -> RouteLine:
    return RouteLine(leg.act.party, what, leg.stage, leg.day, leg.waits, others, act)


def _together(legs: Iterable[Leg]) -> list[Leg]:
    """Side by side acts as one about all their people, in the place of the last of them."""
    found: dict[object, Leg] = {}
    for leg in legs:
        act = leg.act
        about = (leg.stage, leg.day, replace(act, people=())) if act.doing in _ABOUT else leg
        first = found.pop(about, None)
        found[about] = replace(first, act=replace(act, people=(*first.act.people, *act.people))) if first else leg
    return list(found.values())


def _people(act: RouteAct, names: Mapping[int, str]) -> str:
    known = [names[one] for one in act.people if one < THOUGHT_UP]
    return listed([*known, _NEWCOMERS] if act.count or len(known) < len(act.people) else known)


def _named(offer: Offer, act: RouteAct, who: str) -> str:
    if act.doing in _ABOUT:
        return _ABOUT[act.doing].format(who=who, title=_title(offer, act))
    return _FOR_ALL[act.doing](offer, act)


def _lines_to(offer: Offer, leg: Leg, person: int) -> Iterator[RouteLine]:
    act = leg.act
    if act.doing == "put_right":
        yield _line(leg, "Put right what keeps the journey from going on")
    elif act.doing not in _ABOUT:
        yield _line(leg, _FOR_ALL[act.doing](offer, act))
    else:
        others = sum(one != person for one in act.people) + act.count
        if person in act.people:
            yield _line(leg, _OWN[act.doing].format(title=_title(offer, act)))
        if others:
            words = _OTHERS[act.doing].format(who=count_of(others, "other"), title=_title(offer, act))
            yield _line(leg, words, others)


def _title(offer: Offer, act: RouteAct) -> str:
    """Of the meeting it is about, if it is about one; how the page calls what is recorded of somebody."""
    if act.doing == "complete":
        known = offer.status_transition.get(("participant", "complete"))
        return known.title if known else "Record as completed"
    return within(offer.appointment[act.subject].title) if act.subject in offer.appointment else ""


def _of_meeting(words: str) -> Callable[[Offer, RouteAct], str]:
    return lambda offer, act: words.format(title=_title(offer, act))


def _hold(offer: Offer, act: RouteAct) -> str:
    outputs = " and write down what was agreed" if offer.appointment[act.subject].outputs else ""
    return f"Hold {_title(offer, act)}{outputs}"


_FOR_ALL: Mapping[Doing, Callable[[Offer, RouteAct], str]] = {
    "put_right": lambda _offer, act: f"Put right: {act.sentence}",
    "nominate": lambda _offer, act: f"Name {staff_of(act.count)}",
    "book": _of_meeting("Agree a date for {title}"),
    "choose": _of_meeting("Choose a date for {title}"),
    "hold": _hold,
    "register": _of_meeting("Take the register of {title}"),
    "write_outputs": _of_meeting("Write down what was agreed at {title}"),
    "fire": lambda offer, act: offer.triggers[act.subject][0].title,
}
_ABOUT: Mapping[Doing, str] = {
    "catch_up": "Hold a catch-up for {title}: {who}",
    "rejoin": "Let {who} rejoin",
    "agree_phase": "Agree the phase of {who}",
    "send_in": "Send in the evidence: {who}",
    "review": "Review the evidence of {who}",
    "complete": "{title}: {who}",
    "confirm_name": "Confirm the name on the certificate: {who}",
}
_OWN: Mapping[Doing, str] = {
    "catch_up": "Hold a catch-up for {title} with you",
    "rejoin": "Let you rejoin",
    "agree_phase": "Agree your phase",
    "send_in": "Send in your evidence",
    "review": "Review your evidence",
    "complete": "{title}: you",
    "confirm_name": "Confirm your name on the certificate",
}
_OTHERS: Mapping[Doing, str] = {
    **_ABOUT,
    "send_in": "{who}: send in their evidence",
    "confirm_name": "{who}: confirm the name on the certificate",
}
