"""Triggers: `advance` fires one, `available` says which could be fired, and why the others could not.

Both go through the same machine and guards, so that page and engine can never disagree.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from workflow.domain.actor import Actor
from workflow.domain.facts import Facts
from workflow.engine import decide
from workflow.engine.catalogue import offers_of
from workflow.engine.course import Course
from workflow.engine.decide import Asked
from workflow.engine.machine import Attempt, OfferMachine
from workflow.engine.outcome import Outcome, outcome_of, recorded
from workflow.engine.recording import ground_of, unchanged, write
from workflow.english import listed
from workflow.errors import NotAllowed, Refusal
from workflow.offer.triggers import Transition
from workflow.store.cases import Case, lock_case, read_case


@dataclass(frozen=True, slots=True)
class Available:
    """One trigger of the stage in progress, and why it is not open to this actor (nothing when it is)."""

    transition: Transition
    refusals: tuple[Refusal, ...]

    @property
    def trigger(self) -> str:
        return self.transition.trigger

    @property
    def open(self) -> bool:
        return not self.refusals


def advance(
    session: Session,
    engagement_id: int,
    trigger: str,
    *,
    actor: Actor,
    now: datetime,
    note: str | None = None,
    expected_version: int | None = None,
    key: str | None = None,
    values: Mapping[str, str] | None = None,
    override: str | None = None,
) -> Outcome:
    """Fires a trigger in the caller's transaction. `override` is a reason for waiving the guards that would refuse it.

    Raises NotFound, Conflict (somebody else was first), NotAllowed (the role), Refused (the guards) or BadInput
    (a note or value is missing). Whatever it raises, nothing is written.
    """
    case = lock_case(session, engagement_id, key)
    if case.seen is not None:
        return recorded(session, case, trigger)
    unchanged(case, expected_version)
    course = Course(ground_of(session, case, now))
    decide.fire(course, Asked(trigger, note, key, values, override), actor)
    write(session, [course])
    return outcome_of(course, trigger)


def available(session: Session, engagement_id: int, actor: Actor) -> list[Available]:
    """Every trigger of the stage in progress."""
    return available_to(session, read_case(session, engagement_id), actor)


def available_to(session: Session, case: Case, actor: Actor) -> list[Available]:
    """The same about a case that was read already."""
    machine = offers_of(session).machine(*case.offer)
    here = [ways[0].trigger for ways in machine.offer.triggers.values() if any(case.stage in one.from_ for one in ways)]
    facts = case.asked_by(actor.user_id)
    return [_judged(machine, case, facts, trigger, actor) for trigger in here]


def _judged(machine: OfferMachine, case: Case, facts: Facts, trigger: str, actor: Actor) -> Available:
    attempt = Attempt(case.stage, case.standing, facts, actor)
    transition = next(one for one in machine.offer.triggers[trigger] if case.stage in one.from_)
    try:
        machine.fire(attempt, trigger)
    except NotAllowed as refused:
        those = listed(transition.people, "or")
        return Available(transition, (Refusal("role", actor.title, those, those, str(refused), waivable=False),))
    return Available(attempt.transition, attempt.refusals)
