"""The only door to `transitions`: one shared machine per definition, fired on throw-away attempts.

Models are never added to the machine (that would reset and keep them), and callbacks only decide: they judge guards
and note what they found. What a move causes is the engine's to write.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

import transitions

from workflow.domain.actor import Actor
from workflow.domain.facts import Facts
from workflow.domain.guards import judge
from workflow.domain.lifecycles import LIFECYCLES
from workflow.english import a, in_words, listed
from workflow.errors import Conflict, NotAllowed, NotFound, Refusal
from workflow.offer.definition import Offer
from workflow.offer.triggers import Transition, Verb


@dataclass(slots=True)
class Attempt:
    """One try at one trigger. The machine moves `stage`; nothing outside the attempt changes."""

    stage: str
    standing: str
    facts: Facts
    actor: Actor
    waive: bool = False
    chosen: Verb | None = None
    refusals: tuple[Refusal, ...] = ()
    waived: tuple[Refusal, ...] = field(default=())

    @property
    def transition(self) -> Transition:
        """The transition of the engagement that the machine judged."""
        if not isinstance(self.chosen, Transition):
            raise TypeError("the machine fired without judging a transition")
        return self.chosen


class OfferMachine:
    """An offer's big machine. Cheap to fire, shared by every engagement, safe between threads: it holds no model."""

    def __init__(self, offer: Offer) -> None:
        self.offer = offer
        self._machine = _blank(tuple(offer.stage))
        self._small = {name: _blank(noun.statuses) for name, noun in LIFECYCLES.items()}
        for transition in offer.transitions:
            decide = partial(_decide, transition, offer.policy.override_by)
            self._machine.add_transition(transition.trigger, list(transition.from_), transition.to, conditions=[decide])
        for move in offer.moves:
            decide = partial(_decide, move, offer.policy.override_by)
            self._small[move.of].add_transition(move.verb, list(move.from_), move.to, conditions=[decide])

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

    def fire_status(self, attempt: Attempt, noun: str, verb: str) -> bool:
        """`fire` for a small journey: the attempt's `stage` is the status of one participant, date or certificate.

        Raises NotFound, Conflict or NotAllowed.
        """
        move = self.offer.status_transition.get((noun, verb))
        if move is None:
            known = [name for of, name in self.offer.status_transition if of == noun]
            raise NotFound(
                f"{a(noun).capitalize()} cannot “{verb}” in this offer. It can: {listed(known) or 'nothing'}."
            )
        if attempt.stage not in move.from_:
            allowed = listed([in_words(one) for one in move.from_], "or")
            raise Conflict(f"This {noun} is {in_words(attempt.stage)}; to {in_words(verb)} it must be {allowed}.")
        return bool(self._small[noun].events[verb].trigger(attempt))

    def _elsewhere(self, stage: str, known: tuple[Transition, ...]) -> str:
        stages = [f"“{self.offer.stage[name].title}”" for one in known for name in one.from_]
        return (
            f"“{known[0].title}” belongs to the stage {listed(stages, 'or')}, and this engagement is at "
            f"“{self.offer.stage[stage].title}”."
        )


def _decide(verb: Verb, override_by: Sequence[str], event: transitions.EventData) -> bool:
    """Judges every guard, so that a person hears all the reasons at once."""
    attempt = event.model
    if not isinstance(attempt, Attempt):
        raise TypeError("the machine is fired on attempts only")
    if attempt.actor.role not in verb.by:
        raise NotAllowed(f"“{verb.title}” is for the {listed(verb.people, 'or')}; you act as {attempt.actor.title}.")
    refusals = tuple(_refusals(verb, attempt))
    waivable = attempt.waive and attempt.actor.role in override_by
    attempt.waived = tuple(one for one in refusals if waivable and one.waivable)
    attempt.refusals = tuple(one for one in refusals if one not in attempt.waived)
    attempt.chosen = verb
    return not attempt.refusals


def _refusals(verb: Verb, attempt: Attempt) -> list[Refusal]:
    if isinstance(verb, Transition) and attempt.standing not in verb.standing.from_:
        return [_wrong_standing(verb, attempt.standing)]
    judged = (judge(attempt.facts, rule) for rule in verb.guards)
    return [refusal for refusal in judged if refusal is not None]


def _wrong_standing(transition: Transition, standing: str) -> Refusal:
    needed = listed([in_words(one) for one in transition.standing.from_], "or")
    return Refusal(
        "standing",
        in_words(standing),
        needed,
        "lead advisor",
        f"This engagement is {in_words(standing)}; “{transition.title}” needs it to be {needed}.",
        waivable=False,
    )


def _blank(states: tuple[str, ...]) -> transitions.Machine:
    return transitions.Machine(
        model=None,
        states=list(states),
        initial=None,
        auto_transitions=False,
        send_event=True,
        model_attribute="stage",
    )
