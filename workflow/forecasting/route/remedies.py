"""What people can do about a guard that says no: one remedy for each guard of the vocabulary. Pure.

A remedy answers with chains of acts. None means that nobody can do anything about it on the way that is looked at.
The order of the table counts: a remedy that does the work of others (a register says that the meeting was held) comes
before them.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from workflow.domain.facts import ParticipantFact
from workflow.domain.guards import Rule, judge
from workflow.domain.lifecycles import DECIDED_STATUSES, REVIEWABLE_STATUSES
from workflow.forecasting.route.act import Chain, RouteAct, completing
from workflow.forecasting.route.situation import Situation
from workflow.offer.triggers import Transition

Chains = list[Chain] | None
Remedy = Callable[[Situation, Rule], Chains]


def _put_right(at: Situation, rule: Rule) -> Chains:
    """Something outside the journey, such as an order that has to be matched."""
    refusal = judge(at.facts, rule)
    return [(RouteAct("put_right", "council", rule.guard, sentence=refusal.sentence),)] if refusal else []


def _nominate(at: Situation, rule: Rule) -> Chains:
    return [(RouteAct("nominate", "school", count=int(rule.amount) - len(at.facts.active_participants)),)]


def _book(at: Situation, kind: str) -> Chain:
    """A date: chosen where dates are on offer, agreed otherwise, after whatever a date of this kind asks for first."""
    if at.planned(kind):
        return ()
    if at.choosable(kind):
        return (RouteAct("choose", "school", kind),)
    first: list[RouteAct] = []
    for rule in at.offer.appointment[kind].booking:
        if judge(at.facts, rule) is not None:
            first += [act for chain in remedy(at, rule) or _put_right(at, rule) or [] for act in chain]
    return (*first, RouteAct("book", "council", kind))


def _booked(at: Situation, rule: Rule) -> Chains:
    return [_book(at, rule.subject)]


def _held(at: Situation, rule: Rule) -> Chains:
    return [(*_book(at, rule.subject), RouteAct("hold", "council", rule.subject))]


def _registered(at: Situation, rule: Rule) -> Chains:
    waits = any(one.status == "held" for one in at.facts.held(rule.subject))
    return [(*(() if waits else _book(at, rule.subject)), RouteAct("register", "council", rule.subject))]


def _trained(at: Situation, rule: Rule) -> Chains:
    """Whoever is named before a meeting comes to it. Whoever missed it, or is named after it, catches up."""
    kind, active = rule.subject, at.facts.active_participants
    missed = tuple(one.id for one in active if one.id not in at.facts.attended(kind))
    lacking = int(rule.amount) - (len(active) - len(missed))
    new = max(lacking - len(missed), 0)
    named = (RouteAct("nominate", "school", count=new),) if new else ()
    if _takes_place(at, kind):
        return [*filter(None, [named]), *(_registered(at, rule) or [])]
    catch_up = RouteAct("catch_up", "council", kind, people=missed[:lacking], count=new)
    if any(one.status == "registered" for one in at.facts.held(kind)):
        return [(*named, catch_up)]
    return [(RouteAct("register", "council", kind), *((*named, replace(catch_up, people=())) if new else ()))]


def _takes_place(at: Situation, kind: str) -> bool:
    """Whether a meeting of this kind lies ahead that people can come to whom the school still names."""
    held, planned = any(at.facts.held(kind)), at.planned(kind)
    return not held if planned is None else at.local(planned.starts_at) >= at.working_day("school", at.today)


def _outputs(at: Situation, rule: Rule) -> Chains:
    """Written down when the meeting is recorded, or afterwards."""
    if any(at.facts.held(rule.subject)):
        return [(RouteAct("write_outputs", "council", rule.subject),)]
    return _held(at, rule)


def _undecided(at: Situation) -> list[ParticipantFact]:
    return [one for one in at.facts.participants if one.status not in DECIDED_STATUSES]


def _completing(at: Situation, person: ParticipantFact) -> Chain:
    return completing(person, has_criteria=bool(at.offer.phase[person.phase].criteria))


def everybody_completes(at: Situation) -> list[Chain]:
    """Whoever is under way, side by side."""
    return [_completing(at, one) for one in _undecided(at)]


def _decided(at: Situation, _rule: Rule) -> Chains:
    return everybody_completes(at)


def _reviewed(at: Situation, _rule: Rule) -> Chains:
    return [_completing(at, one)[-1:] for one in _undecided(at) if one.status in REVIEWABLE_STATUSES]


def _completed(at: Situation, rule: Rule) -> Chains:
    """Where nobody is left who could, those whose part was put off come back, or others are named."""
    if _undecided(at):
        return _decided(at, rule)
    lacking = int(rule.amount) - sum(one.completed for one in at.facts.participants)
    rejoin = at.offer.status_transition.get(("participant", "rejoin"))
    back = [one for one in at.facts.participants if one.status == "deferred" and rejoin and one.status in rejoin.from_]
    ways = [(RouteAct("rejoin", "council", people=(one.id,)), *_completing(at, one)) for one in back]
    return sorted(ways, key=len)[:lacking] or [(RouteAct("nominate", "school", count=lacking),)]


def _confirmed(at: Situation, _rule: Rule) -> Chains:
    waiting = (one.id for one in at.facts.participants if one.completed and not one.name_confirmed)
    return [(RouteAct("confirm_name", "participant", people=(person,)),) for person in waiting]


def _by_trigger(at: Situation, transition: Transition | None) -> Chains:
    """What a trigger records, after whatever that trigger itself asks for."""
    if transition is None:
        return None
    first: list[RouteAct] = []
    for rule in transition.guards:
        if judge(at.facts, rule) is not None:
            chains = remedy(at, rule)
            if chains is None:
                return None
            first += [act for chain in chains for act in chain]
    return [(*first, RouteAct("fire", "council", transition.trigger))]


def _judged(at: Situation, rule: Rule) -> Chains:
    wanted = (rule.subject, rule.of)
    return _by_trigger(at, _recording(at, lambda one: (one.records.judgement, one.records.of) == wanted))


def _approved(at: Situation, rule: Rule) -> Chains:
    return _by_trigger(at, _recording(at, lambda one: one.records.approval == rule.subject))


def _recording(at: Situation, wanted: Callable[[Transition], bool]) -> Transition | None:
    return next((one for one in at.offer.transitions if at.stage in one.from_ and wanted(one)), None)


def _nothing(_at: Situation, _rule: Rule) -> Chains:
    return None


#: Guards that people meet by completing.
COMPLETING = ("everyone_decided", "staff_completed")
REMEDIES: Mapping[str, Remedy] = {
    "order_matched": _put_right,
    "school_open": _put_right,
    "price_paid": _put_right,
    "lead_named": _put_right,
    "staff_nominated": _nominate,
    "staff_trained": _trained,
    "register_taken": _registered,
    "outputs_recorded": _outputs,
    "appointment_held": _held,
    "awaiting_judgement": _held,
    "appointment_booked": _booked,
    "dates_offered": _booked,
    "nothing_to_review": _reviewed,
    "everyone_decided": _decided,
    "staff_completed": _completed,
    "names_confirmed": _confirmed,
    "judgement": _judged,
    "approved": _approved,
    "action_planned": _put_right,
    "place_free": _put_right,
    "visits_left": _put_right,
    "not_approved": _nothing,
    "not_lead_advisor": _nothing,
    "second_person": _nothing,
    "phase_agreed": _nothing,
    "criteria_met": _nothing,
}
_RANK = {guard: number for number, guard in enumerate(REMEDIES)}


def remedy(at: Situation, rule: Rule) -> Chains:
    return REMEDIES[rule.guard](at, rule)


def in_order(rules: tuple[Rule, ...]) -> list[Rule]:
    """Those first whose remedies do the work of others."""
    return sorted(rules, key=lambda rule: _RANK[rule.guard])
