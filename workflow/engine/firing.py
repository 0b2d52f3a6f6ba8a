"""The engine: the one way anything moves.

`advance` fires a trigger, `available` says what could be fired and why the rest could not, `record` writes down that
a fact changed, `begin` starts an engagement. All run in the caller's transaction, and after each the automatic
triggers whose guards are met settle by themselves.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from workflow.domain.actor import SYSTEM, Actor
from workflow.engine import invitations, trigger_inputs, welcome
from workflow.engine.catalogue import offers_of
from workflow.engine.change import Change
from workflow.engine.machine import Attempt, OfferMachine, roles_of
from workflow.engine.outcome import Outcome, outcome_of, recorded
from workflow.engine.status_change import StatusChange, kept
from workflow.english import listed
from workflow.errors import CheckFailed, Conflict, NotAllowed, Refusal, Refused
from workflow.offer.definition import Offer, Timer
from workflow.offer.refunds import quote
from workflow.offer.triggers import Transition
from workflow.store.cases import Case, lock_case, read_case
from workflow.store.history import GENESIS
from workflow.store.tables.engagement import Engagement


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


#: What a use case owes besides, told the event that owes it.
Owe = Callable[[Change, int], None]


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
    """Fires a trigger. `override` is a reason for waiving the guards that would refuse it.

    Raises NotFound, Conflict (somebody else was first), NotAllowed (the role), Refused (the guards) or BadInput
    (a note or value is missing). Whatever it raises, nothing is written.
    """
    case = lock_case(session, engagement_id, key)
    if case.seen is not None:
        return recorded(session, case, trigger)
    _unchanged(case, expected_version)
    machine = offers_of(session).machine(*case.offer)
    change = Change(session, case, machine.offer, now)
    _fire(machine, change, trigger, actor, note=note, key=key, values=values or {}, override=override)
    _settle(machine, change)
    change.write()
    return outcome_of(change, trigger)


def available(session: Session, engagement_id: int, actor: Actor) -> list[Available]:
    """Every trigger of the stage in progress, through the same machine and guards that `advance` uses."""
    case = read_case(session, engagement_id)
    machine = offers_of(session).machine(*case.offer)
    here = [ways[0].trigger for ways in machine.offer.triggers.values() if any(case.stage in one.from_ for one in ways)]
    return [_judged(machine, case, trigger, actor) for trigger in here]


def open_case(session: Session, engagement_id: int) -> Case:
    """Locks a case whose facts a use case is about to change. Raises NotFound, or Conflict if the journey has ended."""
    case = lock_case(session, engagement_id)
    if case.standing not in ("active", "on_hold"):
        raise Conflict(f"{case.reference} is {case.standing}; nothing can be recorded for it any more.")
    return case


def expect(session: Session, engagement_id: int, version: int) -> None:
    """Locks a case for somebody who looked at this version of it. Raises NotFound, or Conflict if it changed since."""
    _unchanged(lock_case(session, engagement_id), version)


def record(
    session: Session,
    case: Case,
    name: str,
    *,
    actor: Actor,
    now: datetime,
    data: Mapping[str, Any] | None = None,
    note: str | None = None,
    statuses: Sequence[StatusChange] = (),
    caused_by: int | None = None,
    owe: Owe | None = None,
) -> Case:
    """Writes the event of a fact that a use case has just changed, then settles. Call it last.

    The use case locks the case first and changes its rows; every change of a fact raises the version through here.
    `statuses` are what changed in small journeys with it: the event keeps them, so that they can be undone.
    """
    session.flush()
    fresh = lock_case(session, case.id)
    machine = offers_of(session).machine(*fresh.offer)
    change = Change(session, fresh, machine.offer, now, before=case.facts)
    seq = change.happen(name, actor, data={**(data or {}), **kept(statuses)}, note=note, caused_by=caused_by)
    for step in statuses:
        change.owe(step.owes, seq, step)
    if owe is not None:
        owe(change, seq)
    welcome.welcome(change, case.facts, seq)
    invitations.follow_people(change, case.facts, seq)
    _settle(machine, change)
    change.write()
    return fresh


def begin(session: Session, offer: Offer, row: Mapping[str, Any], *, actor: Actor, now: datetime) -> Outcome:
    """Starts an engagement at the offer's first stage. `row` holds what the order says, the reference included."""
    start = offer.offer.start
    engagement_id = session.scalar(
        insert(Engagement)
        .values(
            **row,
            offer_code=offer.offer.code,
            offer_version=offer.offer.version,
            stage=start,
            standing="active",
            version=0,
            head=GENESIS,
            stage_since=now,
        )
        .returning(Engagement.id)
    )
    case = lock_case(session, engagement_id or 0)
    machine = offers_of(session).machine(*case.offer)
    change = Change(session, case, offer, now)
    seq = change.happen("began", actor)
    change.owe(offer.offer.effects, seq)
    change.clocks.enter()
    _settle(machine, change)
    change.write()
    return outcome_of(change, "began")


def time_came(
    change: Change,
    timer: Timer,
    data: Mapping[str, Any],
    *,
    step: StatusChange | None = None,
    too_late_at: datetime | None = None,
) -> None:
    """What a timer that has come due does, gathered in the change: its effects with an event that says so, then its
    trigger. `step` is the meeting it is about."""
    if timer.effects:
        seq = change.happen("timer", SYSTEM, data={"timer": timer.name, **data})
        change.owe(timer.effects, seq, step, escalate_to=timer.escalate_to, too_late_at=too_late_at)
    if timer.trigger:
        machine = offers_of(change.session).machine(*change.case.offer)
        try:
            _fire(machine, change, timer.trigger, SYSTEM, note=None, key=None, values={}, override=None)
        except Refused:
            # The guards say that the reason has gone: nothing has moved, and the timer counts as settled.
            return
        _settle(machine, change)


def _unchanged(case: Case, version: int | None) -> None:
    if version not in (None, case.version):
        raise Conflict("This engagement has changed since you looked at it. Look again, then decide.")


def _fire(
    machine: OfferMachine,
    change: Change,
    trigger: str,
    actor: Actor,
    *,
    note: str | None,
    key: str | None,
    values: Mapping[str, str],
    override: str | None,
) -> None:
    case = change.case
    attempt = Attempt(case.stage, case.standing, case.asked_by(actor.user_id), actor, waive=bool(override))
    if not machine.fire(attempt, trigger):
        raise Refused(trigger, attempt.refusals)
    transition = _chosen(attempt)
    data: dict[str, Any] = trigger_inputs.read(transition, note, values)
    refund = quote(change.offer, case.stage, case.facts.price_paid) if transition.refund else None
    data |= {} if refund is None else {"refund": str(refund)}
    waiver = None
    if attempt.waived:
        waiver = trigger_inputs.clean(override)
        data["waived"] = [refusal.guard for refusal in attempt.waived]
    _carry_out(change, attempt, actor, data=data, note=trigger_inputs.clean(note), waiver=waiver, key=key)


def _settle(machine: OfferMachine, change: Change) -> None:
    """Fires automatic triggers until none is open. A sound offer never settles more often than it has stages."""
    cause = change.case.version
    for _ in change.offer.stages:
        if not any(_moves(machine, change, trigger, cause) for trigger in change.offer.automatic[change.case.stage]):
            return
    raise CheckFailed("This offer keeps moving by itself. Run “recognition offer check” and mend the circle it names.")


def _moves(machine: OfferMachine, change: Change, trigger: str, cause: int) -> bool:
    case = change.case
    attempt = Attempt(case.stage, case.standing, case.asked_by(None), SYSTEM)
    if not machine.fire(attempt, trigger):
        return False
    _carry_out(change, attempt, SYSTEM, caused_by=cause)
    return True


def _carry_out(change: Change, attempt: Attempt, actor: Actor, **event: Any) -> None:
    transition = _chosen(attempt)
    seq = change.move(transition, attempt.stage, actor, **event)
    if transition.calls_off:
        invitations.call_off(change, transition.calls_off, actor, seq)


def _judged(machine: OfferMachine, case: Case, trigger: str, actor: Actor) -> Available:
    attempt = Attempt(case.stage, case.standing, case.asked_by(actor.user_id), actor)
    transition = next(one for one in machine.offer.triggers[trigger] if case.stage in one.from_)
    try:
        machine.fire(attempt, trigger)
    except NotAllowed as refused:
        role = Refusal(
            "role",
            actor.title,
            listed(roles_of(transition), "or"),
            listed(roles_of(transition), "or"),
            str(refused),
            waivable=False,
        )
        return Available(transition, (role,))
    return Available(_chosen(attempt), attempt.refusals)


def _chosen(attempt: Attempt) -> Transition:
    if not isinstance(attempt.chosen, Transition):
        raise TypeError("the machine fired without judging a transition")
    return attempt.chosen
