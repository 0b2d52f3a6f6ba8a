"""One step of a small journey: a participant, an appointment or a certificate changes its status.

A use case takes the steps while it holds the case, and hands them to `engine.record`, which writes them into the event
and owes what they owe. Roles, guards and statuses are judged by the same machine as the big journey's.
"""

from collections.abc import Iterable
from typing import Any, Protocol

from sqlalchemy.orm import Session

from workflow.domain.actor import Actor
from workflow.domain.guards import Rule, judge
from workflow.domain.happening import StatusChange
from workflow.engine.catalogue import offers_of
from workflow.engine.machine import Attempt
from workflow.english import listed
from workflow.errors import BadInput, Problem, Refused
from workflow.offer.triggers import StatusTransition
from workflow.store.cases import Case


class HasStatus(Protocol):
    """What has a small journey."""

    id: Any
    status: Any


def change_status(
    session: Session,
    case: Case,
    noun: str,
    row: HasStatus,
    verb: str,
    *,
    actor: Actor,
    reason: str | None = None,
    rules: Iterable[Rule] = (),
) -> StatusChange:
    """Changes the row's status as the offer's page says. `rules` are further guards, such as those of a booking.

    Raises what `judge_status` raises.
    """
    was = row.status
    move, row.status = judge_status(session, case, noun, row, verb, actor=actor, reason=reason, rules=rules)
    kind, purpose = getattr(row, "kind", ""), getattr(row, "purpose", "")
    return StatusChange(noun, row.id, was, row.status, move.effects, reason, kind, purpose)


def judge_status(
    session: Session,
    case: Case,
    noun: str,
    row: HasStatus,
    verb: str,
    *,
    actor: Actor,
    reason: str | None = None,
    rules: Iterable[Rule] = (),
) -> tuple[StatusTransition, str]:
    """What the page says of the step, and the status it leads to; the row stays as it is.

    Raises NotFound, Conflict, NotAllowed, Refused, or BadInput when a reason is wanted and not given.
    """
    machine = offers_of(session).machine(*case.offer)
    attempt = Attempt(row.status, case.standing, case.asked_by(actor.user_id, row.id), actor)
    moved = machine.fire_status(attempt, noun, verb)
    further = tuple(refusal for rule in rules if (refusal := judge(attempt.facts, rule)) is not None)
    if not moved or further:
        raise Refused(verb, (*attempt.refusals, *further))
    move = machine.offer.status_transition[noun, verb]
    _agree_reason(move, reason)
    return move, attempt.stage


def _agree_reason(move: StatusTransition, reason: str | None) -> None:
    if move.reasons and reason not in move.reasons:
        known = listed([f"{code} ({words})" for code, words in move.reasons.items()], "or")
        raise BadInput(f"“{move.title}” needs a reason.", (Problem("reason", f"choose {known}."),))
    if reason and not move.reasons:
        raise BadInput(f"“{move.title}” takes no reason.", (Problem("reason", "leave it out, or write a note."),))
