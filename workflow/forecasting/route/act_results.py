"""What each act of a route changes in the facts, as the use case of the same verb would. Pure.

A route looks ahead hopefully: whoever is expected comes, evidence is accepted, a visit meets the standard.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time
from itertools import count
from typing import Any

from workflow.domain.facts import AppointmentFact, ApprovalFact, JudgementFact, ParticipantFact
from workflow.engine.rounds.led_back import led_back
from workflow.forecasting.route.act import Doing, RouteAct
from workflow.forecasting.route.situation import Situation

_MIDDAY = time(12)
#: People, dates and events that a route thinks up have numbers from this one on, which no row has.
THOUGHT_UP = 10**9
_thought_up = count(THOUGHT_UP)
_SOMEBODY = -1
ActResult = Callable[[Situation, RouteAct, date], Situation]


def after(at: Situation, act: RouteAct, day: date) -> Situation:
    """The situation when the act has been done on this day."""
    return _CHANGES[act.doing](at, act, day)


def _people(at: Situation, act: RouteAct, **changes: Any) -> Situation:
    """The people whom the act is about, changed."""
    people = (replace(one, **changes) if one.id in act.people else one for one in at.facts.participants)
    return at.with_facts(participants=tuple(people))


def _meeting(at: Situation, which: AppointmentFact, **changes: Any) -> Situation:
    changed = replace(which, **changes)
    return at.with_facts(appointments=tuple(changed if one is which else one for one in at.facts.appointments))


def _as_it_is(at: Situation, _act: RouteAct, _day: date) -> Situation:
    return at


def _nominated(at: Situation, act: RouteAct, _day: date) -> Situation:
    first, is_only = min(at.offer.phase), len(at.offer.phase) == 1
    new = (
        ParticipantFact(next(_thought_up), "nominated", first, name_confirmed=False, phase_agreed=is_only)
        for _ in range(act.count)
    )
    return at.with_facts(participants=(*at.facts.participants, *new))


def _booked(at: Situation, act: RouteAct, day: date) -> Situation:
    when = datetime.combine(at.meeting_day(act.subject, day), _MIDDAY, UTC)
    purpose = "re_visit" if at.facts.judged(act.subject) else "planned"
    new = AppointmentFact(
        next(_thought_up),
        act.subject,
        "booked",
        outputs_recorded=False,
        attended=frozenset(),
        starts_at=when,
        purpose=purpose,
    )
    others = (one for one in at.facts.appointments if (one.kind, one.status) != (act.subject, "offered"))
    return at.with_facts(appointments=(*others, new))


def _chosen(at: Situation, act: RouteAct, day: date) -> Situation:
    dates = at.choosable(act.subject)
    return _meeting(at, dates, status="booked") if dates else _booked(at, act, day)


def _held(at: Situation, act: RouteAct, _day: date) -> Situation:
    planned = at.planned(act.subject)
    outputs = at.offer.appointment[act.subject].outputs
    return _meeting(at, planned, status="held", outputs_recorded=outputs) if planned else at


def _registered(at: Situation, act: RouteAct, _day: date) -> Situation:
    """Everybody was there, but for those who were only named when it had taken place."""
    which = at.planned(act.subject) or list(at.facts.held(act.subject))[-1]
    past = which.status == "held" or at.local(which.starts_at) < at.today
    there = [one for one in at.facts.active_participants if not past or one.id < THOUGHT_UP]
    trained = replace(act, people=tuple(one.id for one in there if one.status == "nominated"))
    meeting = _meeting(at, which, status="registered", attended=frozenset(one.id for one in there))
    return _people(meeting, trained, status="training")


def _outputs_written(at: Situation, act: RouteAct, _day: date) -> Situation:
    return _meeting(at, list(at.facts.held(act.subject))[-1], outputs_recorded=True)


def _caught_up(at: Situation, act: RouteAct, _day: date) -> Situation:
    """Those named, and as many of the newest as the act counts besides."""
    which = list(at.facts.held(act.subject))[-1]
    newest = at.facts.active_participants[-act.count :] if act.count else ()
    there = which.attended | set(act.people) | {one.id for one in newest}
    return _meeting(at, which, attended=there)


def _fired(at: Situation, act: RouteAct, _day: date) -> Situation:
    transition = next(one for one in at.offer.triggers[act.subject] if at.stage in one.from_)
    records, seq = transition.records, next(_thought_up)
    visit = at.facts.to_judge(records.of) if records.judgement and records.of else None
    if visit and records.judgement:
        new = JudgementFact(visit.id, visit.kind, records.judgement, _SOMEBODY, seq)
        at = at.with_facts(judgements=(*at.facts.judgements, new))
    back = led_back(at.offer, transition, at.stage, at.facts, datetime.combine(at.today, _MIDDAY, UTC))
    if back is not None:
        at = replace(at, facts=back.facts)
    if records.approval:
        at = at.with_facts(approvals=(*at.facts.approvals, ApprovalFact(records.approval, _SOMEBODY, seq)))
    return at


def _turned(**changes: Any) -> ActResult:
    return lambda at, act, _day: _people(at, act, **changes)


_CHANGES: Mapping[Doing, ActResult] = {
    "put_right": _as_it_is,
    "nominate": _nominated,
    "book": _booked,
    "choose": _chosen,
    "hold": _held,
    "register": _registered,
    "write_outputs": _outputs_written,
    "catch_up": _caught_up,
    "rejoin": _turned(status="nominated"),
    "agree_phase": _turned(phase_agreed=True),
    "send_in": _turned(status="submitted", sent=1),
    "review": _turned(status="completed", unmet=0),
    "complete": _turned(status="completed"),
    "confirm_name": _turned(name_confirmed=True),
    "fire": _fired,
}
