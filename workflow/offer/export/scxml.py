"""The journey as State Chart XML, which state machines of others read and run. Pure.

Stage and standing are two regions side by side, as the engine has them; a transition that moves both stands in both.
What is true of an engagement comes from outside: each condition is a fact that the events `FACT.holds` and `FACT.fails`
switch. What fires by itself has no event, and goes as soon as its conditions hold. A way back begins a new round: what
is asked from there on has to be said again.
"""

from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Comment, Element, SubElement

from workflow.offer.definition import Offer, Stage
from workflow.offer.export.facts import Facts, identifier
from workflow.offer.export.standings import changes, is_left, is_said_everywhere, standings_of, ways_on
from workflow.offer.export.xml import OURS, in_ours, written
from workflow.offer.triggers import Transition
from workflow.offer.words import timers

_SCXML = "http://www.w3.org/2005/07/scxml"
_END = "stage.final"
_ABOUT = """
  The journey of {title}, {version}.
  What is true of an engagement is said from outside, by events: FACT.holds and FACT.fails. A fact is 1 or 0.
  Where it leads back to an earlier stage, what is asked from there on has to be said again.
"""


def scxml(offer: Offer) -> str:
    facts = Facts(offer)
    root = Element(
        "scxml",
        {"version": "1.0", "datamodel": "ecmascript", "name": identifier("-".join(offer.key)), "initial": "Journey"},
    )
    root.set("xmlns", _SCXML)
    root.append(Comment(_ABOUT.format(title=offer.offer.title, version=offer.offer.version).replace("--", "- -")))
    model = SubElement(root, "datamodel")
    for fact, said in facts.said.items():
        SubElement(model, "data", in_ours({"id": fact, "expr": "0"}, words=said))
    journey = SubElement(root, "parallel", in_ours({"id": "Journey"}, words=offer.offer.title))
    journey.extend(_switches(facts))
    SubElement(journey, "transition", {"event": "done.state.Journey", "target": "Ended"})
    stages = SubElement(journey, "state", {"id": "Stages", "initial": offer.offer.start})
    stages.extend(_stage(offer, facts, one) for one in offer.stages)
    standings = SubElement(journey, "state", {"id": "Standings", "initial": _standing("active")})
    standings.extend(_of_standing(offer, facts, one) for one in standings_of(offer))
    SubElement(root, "final", {"id": "Ended"})
    return written(root, {"offer": OURS})


def _standing(name: str) -> str:
    """With a capital letter, so that no stage can have the same name."""
    return f"Standing_{name}"


def _switches(facts: Facts) -> Iterator[Element]:
    for fact in facts.said:
        for event, value in (("holds", "1"), ("fails", "0")):
            switch = Element("transition", {"event": f"{fact}.{event}"})
            switch.append(_switch(fact, value))
            yield switch


def _switch(fact: str, value: str) -> Element:
    return Element("assign", {"location": fact, "expr": value})


def _stage(offer: Offer, facts: Facts, stage: Stage) -> Element:
    state = Element("final" if stage.final and not ways_on(offer, stage.name) else "state")
    state.attrib = in_ours({"id": stage.name}, words=stage.title)
    if stage.final:
        SubElement(SubElement(state, "onentry"), "raise", {"event": _END})
    if state.tag == "final":
        return state
    for one in offer.transitions:
        if stage.name in one.from_ and (one.to or not any(changes(one))):
            known = _any_in(_standing(standing) for standing in one.standing.from_)
            ways = [*_said(offer, one, facts.conditions(one, [known]), one.to)]
            if one.to and offer.leads_back(stage.name, one.to):
                for way in ways:
                    way.extend(_switch(fact, "0") for fact in facts.asked_from(one.to))
            state.extend(ways)
    return state


def _of_standing(offer: Offer, facts: Facts, standing: str) -> Element:
    state = Element("state" if standing != "completed" or is_left(offer, standing) else "final")
    state.set("id", _standing(standing))
    if standing != "completed":
        SubElement(state, "transition", {"event": _END, "target": _standing("completed")})
    for one in offer.transitions:
        if standing in changes(one):
            there = [] if is_said_everywhere(offer, one) else [_any_in(one.from_)]
            state.extend(_said(offer, one, facts.conditions(one, there), _standing(one.standing.to)))
    return state


def _said(offer: Offer, one: Transition, condition: str, target: str | None) -> Iterator[Element]:
    """With its event, for people and timers; without, where it fires by itself."""
    where = {"cond": condition} if condition else {}
    where |= {"target": target} if target else {}
    due = [timers.when(offer, timer) for timer in offer.timers if timer.trigger == one.trigger]
    words = f"{one.title}; {', '.join([*one.people, *due])}"
    yield Element("transition", in_ours({"event": one.trigger, **where}, words=words))
    if one.automatic:
        yield Element("transition", in_ours(where, words=f"{one.title}; by itself"))


def _any_in(states: Iterable[str]) -> str:
    ways = [f"In('{one}')" for one in states]
    return ways[0] if len(ways) == 1 else f"({' || '.join(ways)})"
