"""What happens in a course: a trigger is fired, a fact is recorded, a timer comes due, a step is taken back. Pure.

Guards, roles and stages are judged by the machine; what follows from its answer is decided here. After each, the
automatic triggers whose guards are met settle by themselves.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from workflow.domain.actor import SYSTEM, Actor
from workflow.domain.change import EventData, NewApproval, NewJudgement
from workflow.domain.facts import ApprovalFact, JudgementFact
from workflow.domain.happening import Happening, Owes, StatusChange, kept
from workflow.engine import follow_ups, trigger_inputs
from workflow.engine.course import Course
from workflow.engine.machine import Attempt
from workflow.engine.rounds import begun
from workflow.errors import CheckFailed, Refused
from workflow.offer.definition import Timer
from workflow.offer.refunds import quote
from workflow.offer.triggers import Records, Transition


@dataclass(frozen=True, slots=True)
class Asked:
    """A trigger that somebody fires. `override` is a reason for waiving the guards that would refuse it."""

    trigger: str
    note: str | None = None
    key: str | None = None
    values: Mapping[str, str] | None = None
    override: str | None = None


class CameDue(NamedTuple):
    """A timer that has come due, and what its event says. `status` is the meeting it is about."""

    timer: Timer
    data: EventData
    status: StatusChange | None = None
    too_late_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class WentBack:
    """Where an engagement stands again when its last step is taken back. `off` are the dates that are called off right
    after it: whose turn it is, is said as if they were gone."""

    stage: str
    standing: str
    since: datetime
    off: Collection[int] = ()


def begin(course: Course, actor: Actor) -> None:
    """The engagement's first event."""
    course.happen("began", actor)
    course.entered = True
    course.owe(course.ground.offer.offer.effects)
    settle(course)


def fire(course: Course, asked: Asked, actor: Actor) -> None:
    """Fires a trigger, then settles. Raises NotFound, Conflict, NotAllowed, Refused or BadInput."""
    _fire(course, asked, actor)
    settle(course)


def record(course: Course, happening: Happening, actor: Actor) -> None:
    """The event of a fact that a use case has changed, with what it owes, then settles."""
    record_together(course, (happening,), actor)


def record_together(course: Course, happened: Sequence[Happening], actor: Actor, then: Asked | None = None) -> None:
    """Facts that changed at once: the first is the cause of the others, and of the trigger that they end in. Settles
    when all of it is so, and not before."""
    cause: int | None = None
    for one in happened:
        data = {**one.data, **kept(one.statuses)}
        seq = course.happen(one.name, actor, data=data, note=one.note, caused_by=one.caused_by or cause)
        cause = cause or seq
        for status in one.statuses:
            course.owe(status.owes, status)
        _owe(course, one.owes)
    follow_ups.welcome(course)
    follow_ups.follow_readers(course, cause or course.case.version)
    if then is not None:
        _fire(course, then, actor, caused_by=cause)
    settle(course)


def take_back(course: Course, happening: Happening, to: WentBack, actor: Actor) -> None:
    """The event of an undo. The engagement stands where it stood; nothing settles, or it would all happen again."""
    seq = course.happen(
        happening.name, actor, stage=to.stage, standing=to.standing, data=happening.data, note=happening.note
    )
    facts = course.case.facts
    dates = tuple(one for one in facts.appointments if one.id not in to.off)
    course.case = course.case._replace(stage_since=to.since, facts=replace(facts, appointments=dates))
    _owe(course, happening.owes)
    follow_ups.follow_readers(course, seq)


def change_version(course: Course, happening: Happening, stage: str, actor: Actor) -> None:
    """The event of an engagement that goes on under another version, at the stage that is in progress there. The stay
    at it began when it began; what moves by itself there does so at once."""
    course.happen(happening.name, actor, stage=stage, data=happening.data, note=happening.note)
    course.case = course.case._replace(stage_since=course.ground.case.stage_since)
    settle(course)


def come_due(course: Course, came: CameDue) -> None:
    """What a timer does: its effects with an event that says so, then its trigger."""
    if came.timer.effects:
        course.happen("timer", SYSTEM, data={"timer": came.timer.name, **came.data})
        course.owe(came.timer.effects, came.status, escalate_to=came.timer.escalate_to, too_late_at=came.too_late_at)
    if came.timer.trigger and _let_through(course, came.timer.trigger):
        settle(course)


def settle(course: Course) -> None:
    """Fires automatic triggers until none is open. A sound offer never settles more often than it has stages."""
    offer, cause = course.ground.offer, course.case.version
    for _ in offer.stages:
        if not any(_moves_by_itself(course, trigger, cause) for trigger in offer.automatic[course.case.stage]):
            return
    raise CheckFailed("This offer keeps moving by itself. Run “recognition offer check” and mend the circle it names.")


def _moves_by_itself(course: Course, trigger: str, cause: int) -> bool:
    case = course.case
    attempt = Attempt(case.stage, case.standing, case.asked_by(None), SYSTEM)
    if not course.ground.machine.fire(attempt, trigger):
        return False
    _carry_out(course, attempt, SYSTEM, caused_by=cause)
    return True


def _let_through(course: Course, trigger: str) -> bool:
    """False where the guards say that a timer's reason has gone: nothing has moved, and the timer counts as settled."""
    try:
        _fire(course, Asked(trigger), SYSTEM)
    except Refused:
        return False
    return True


def _fire(course: Course, asked: Asked, actor: Actor, caused_by: int | None = None) -> None:
    case, ground = course.case, course.ground
    attempt = Attempt(case.stage, case.standing, case.asked_by(actor.user_id), actor, waive=bool(asked.override))
    if not ground.machine.fire(attempt, asked.trigger):
        raise Refused(asked.trigger, attempt.refusals)
    transition = attempt.transition
    data = trigger_inputs.read(transition, asked.note, asked.values or {})
    refund = quote(ground.offer, case.stage, case.facts.price_paid) if transition.refund else None
    data |= {} if refund is None else {"refund": str(refund)}
    waiver = None
    if attempt.waived:
        waiver = trigger_inputs.clean(asked.override)
        data["waived"] = [refusal.guard for refusal in attempt.waived]
    note = trigger_inputs.clean(asked.note)
    _carry_out(course, attempt, actor, data=data, note=note, waiver=waiver, key=asked.key, caused_by=caused_by)


def _carry_out(
    course: Course,
    attempt: Attempt,
    actor: Actor,
    *,
    data: EventData | None = None,
    note: str | None = None,
    waiver: str | None = None,
    key: str | None = None,
    caused_by: int | None = None,
) -> None:
    """What a transition does: the event, what it records, what it owes, what becomes of timers and dates."""
    transition, stage, came_from = attempt.transition, attempt.stage, course.case.stage
    entered = stage != came_from
    standing = "completed" if entered and course.ground.offer.stage[stage].final else transition.standing.to
    seq = course.happen(
        transition.trigger,
        actor,
        stage=stage,
        standing=standing,
        data=data,
        note=note,
        waiver=waiver,
        key=key,
        caused_by=caused_by,
    )
    _treat_timers(course, transition, entered=entered)
    _judge(course, transition.records, actor, seq)
    begun.begin(course, transition, came_from, seq)
    _approve(course, transition.records, actor, seq)
    course.owe(transition.effects)
    if transition.calls_off:
        follow_ups.call_off(course, transition.calls_off, actor, seq)


def _treat_timers(course: Course, transition: Transition, *, entered: bool) -> None:
    if entered:
        course.entered = True
    else:
        course.policies.add(transition.timers)


def _judge(course: Course, records: Records, actor: Actor, seq: int) -> None:
    """Before a round begins with the same event: what is judged took place in the one that is over."""
    case, now = course.case, course.ground.now
    if not (records.judgement and records.of):
        return
    visit = case.facts.to_judge(records.of)
    if visit is None:
        raise CheckFailed("This offer lets a visit be judged that nobody held. Run “recognition offer check”.")
    course.judgements.append(NewJudgement(case.id, visit.id, records.judgement, actor.user_id, now, seq))
    judged = JudgementFact(visit.id, records.of, records.judgement, actor.user_id, seq)
    course.case = case._replace(facts=replace(case.facts, judgements=(*case.facts.judgements, judged)))


def _approve(course: Course, records: Records, actor: Actor, seq: int) -> None:
    """After a round has begun with the same event: what is agreed to is what comes now."""
    case, now = course.case, course.ground.now
    if not records.approval:
        return
    course.approvals.append(NewApproval(case.id, records.approval, actor.user_id, now, seq))
    approved = ApprovalFact(records.approval, actor.user_id, seq)
    course.case = case._replace(facts=replace(case.facts, approvals=(*case.facts.approvals, approved)))


def _owe(course: Course, owes: tuple[Owes, ...]) -> None:
    for one in owes:
        if one.to is None:
            course.owe([one.effect])
        else:
            course.owe_one(one.effect, one.to)
