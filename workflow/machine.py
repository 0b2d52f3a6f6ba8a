"""The only door to `transitions`: one shared machine per definition, fired on throw-away attempts.

Models are never added to the machine (that would reset and keep them), and callbacks only decide: they judge guards
and note what they found. What a move causes is the engine's to write.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

import transitions

from workflow.actor import Actor
from workflow.definition import Offer, Transition
from workflow.errors import Conflict, NotAllowed, NotFound, Refusal
from workflow.facts import Facts
from workflow.guards import judge
from workflow.words import listed

_STANDINGS = {
    "active": "active",
    "on_hold": "on hold",
    "cancelled": "cancelled",
    "lapsed": "lapsed",
    "completed": "completed",
}


@dataclass(slots=True)
class Attempt:
    """One try at one trigger. The machine moves `stage`; nothing outside the attempt changes."""

    stage: str
    standing: str
    facts: Facts
    actor: Actor
    waive: bool = False
    chosen: Transition | None = None
    refusals: tuple[Refusal, ...] = ()
    waived: tuple[Refusal, ...] = field(default=())


class OfferMachine:
    """An offer's big machine. Cheap to fire, shared by every engagement, safe between threads: it holds no model."""

    def __init__(self, offer: Offer) -> None:
        self.offer = offer
        self._machine = _blank(tuple(offer.stage), "stage")
        for transition in offer.transitions:
            self._machine.add_transition(
                transition.trigger,
                list(transition.from_),
                transition.to,
                conditions=[partial(_decide, transition, offer.policy.override_by)],
            )

    def fire(self, attempt: Attempt, trigger: str) -> bool:
        """True when the attempt moved (or may stay where it is by right). Raises NotFound, Conflict or NotAllowed."""
        known = self.offer.triggers.get(trigger)
        if known is None:
            raise NotFound(
                f'There is no trigger called "{trigger}". This offer has: {listed(list(self.offer.triggers))}.'
            )
        if not any(attempt.stage in one.from_ for one in known):
            raise Conflict(self._elsewhere(attempt.stage, known))
        return bool(self._machine.events[trigger].trigger(attempt))

    def _elsewhere(self, stage: str, known: tuple[Transition, ...]) -> str:
        stages = [self.offer.stage[name].title for one in known for name in one.from_]
        return (
            f"“{known[0].title}” belongs to the stage {listed(stages, 'or')}, and this engagement is at "
            f"{self.offer.stage[stage].title}."
        )


def _decide(transition: Transition, override_by: Sequence[str], event: transitions.EventData) -> bool:
    """Judges every guard, so that a person hears all the reasons at once."""
    attempt = event.model
    if not isinstance(attempt, Attempt):
        raise TypeError("the machine is fired on attempts only")
    if attempt.actor.role not in transition.by:
        raise NotAllowed(
            f"“{transition.title}” is for the {listed(roles_of(transition), 'or')}; you act as {attempt.actor.title}."
        )
    refusals = tuple(_refusals(transition, attempt))
    waivable = attempt.waive and attempt.actor.role in override_by
    attempt.waived = tuple(one for one in refusals if waivable and one.waivable)
    attempt.refusals = tuple(one for one in refusals if one not in attempt.waived)
    attempt.chosen = transition
    return not attempt.refusals


def roles_of(transition: Transition) -> list[str]:
    """The people who may fire it, in words; the system alone if nobody else may."""
    people = [Actor(role).title for role in transition.by if role != "system"]
    return people or [Actor("system").title]


def _refusals(transition: Transition, attempt: Attempt) -> list[Refusal]:
    if attempt.standing not in transition.standing.from_:
        return [_wrong_standing(transition, attempt.standing)]
    judged = (judge(attempt.facts, rule) for rule in transition.guards)
    return [refusal for refusal in judged if refusal is not None]


def _wrong_standing(transition: Transition, standing: str) -> Refusal:
    needed = listed([_STANDINGS[one] for one in transition.standing.from_], "or")
    return Refusal(
        "standing",
        _STANDINGS[standing],
        needed,
        "lead advisor",
        f"This engagement is {_STANDINGS[standing]}; “{transition.title}” needs it to be {needed}.",
        waivable=False,
    )


@dataclass(slots=True)
class _Row:
    status: str


class StatusMachine:
    """A small machine beside the big one: a status and the verbs that move it, with no guards of its own."""

    def __init__(self, noun: str, moves: dict[str, tuple[tuple[str, ...], str]]) -> None:
        self.noun = noun
        self.moves = moves
        states = dict.fromkeys(state for sources, to in moves.values() for state in (*sources, to))
        self.states = tuple(states)
        self._machine = _blank(self.states, "status")
        for verb, (sources, to) in moves.items():
            self._machine.add_transition(verb, list(sources), to)

    def move(self, status: str, verb: str) -> str:
        """The status after the verb. Raises Conflict when the verb does not start from this status."""
        row = _Row(status)
        sources, _ = self.moves[verb]
        if status not in sources:
            allowed = listed([_words(one) for one in sources], "or")
            raise Conflict(f"This {self.noun} is {_words(status)}; to {_words(verb)} it must be {allowed}.")
        self._machine.events[verb].trigger(row)
        return row.status


def _words(name: str) -> str:
    return name.replace("_", " ")


def _blank(states: tuple[str, ...], attribute: str) -> transitions.Machine:
    return transitions.Machine(
        model=None,
        states=list(states),
        initial=None,
        auto_transitions=False,
        send_event=True,
        model_attribute=attribute,
    )
