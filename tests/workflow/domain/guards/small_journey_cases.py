"""Facts for the guards of small journeys and of visits, as in `guard_cases`."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from tests.workflow.domain.guards.guard_facts import about, allowed, judged, met, people, refused
from workflow.domain.facts import ApprovalFact, JudgementFact, ParticipantFact
from workflow.domain.guards import Rule


def one(**facts: Any) -> tuple[ParticipantFact, ...]:
    """One person, and another about whom nobody asks."""
    first, second = people("submitted", "training")
    return replace(first, **facts), replace(second, phase_agreed=False, unmet=3)


ONE_PHASE, ONE_EVIDENCE = Rule("phase_agreed"), Rule("criteria_met")

MORE_CASES = {
    "dates are offered": allowed(about("dates_offered"), appointments=(met("offered"),)),
    "a date was agreed without a choice": allowed(about("dates_offered"), appointments=(met("booked"),)),
    "dates were offered for another kind, and the visit is judged": refused(
        about("dates_offered"),
        "no dates",
        "dates offered, or one agreed",
        "advisor",
        "No dates for the visit are offered. The advisor can offer some, or agree one with the school.",
        appointments=(met("held"), met("offered", kind="lunch")),
        judgements=(judged("not_yet_met"),),
    ),
    "the visit is approved anew after its last judgement": allowed(
        about("approved", subject="evidence", of="visit"),
        judgements=(JudgementFact(1, "visit", "not_yet_met", 7, 4),),
        approvals=(ApprovalFact("evidence", 1, 2), ApprovalFact("evidence", 1, 5)),
    ),
    "what was approved before the last judgement was for the visit before": refused(
        about("approved", subject="evidence", of="visit", title="Check it"),
        "not approved",
        "approved",
        "lead advisor",
        "Not approved yet: evidence. “Check it” comes first.",
        judgements=(JudgementFact(1, "visit", "not_yet_met", 7, 4),),
        approvals=(ApprovalFact("evidence", 1, 2),),
    ),
    "the phase is agreed": allowed(ONE_PHASE, participants=one(phase_agreed=True), about=1),
    "the phase is only proposed": refused(
        ONE_PHASE,
        "a phase that is only proposed",
        "an agreed phase",
        "advisor",
        "The phase this person starts at is proposed and not agreed. The advisor can agree it or choose another.",
        participants=one(phase_agreed=False),
        about=1,
    ),
    "every criterion is met": allowed(ONE_EVIDENCE, participants=one(unmet=0), about=1),
    "a criterion is not met": refused(
        ONE_EVIDENCE,
        "1 criterion not met",
        "every criterion met",
        "advisor",
        "The evidence has 1 criterion not met. The advisor can review what was sent in.",
        participants=one(unmet=1),
        about=1,
    ),
    "nobody has read the evidence": refused(
        ONE_EVIDENCE,
        "no review",
        "every criterion met",
        "advisor",
        "The evidence has no review. The advisor can review what was sent in.",
        participants=one(unmet=None),
        about=1,
    ),
    "a place is free": allowed(Rule("place_free"), participants=people("nominated", "withdrawn"), places=2),
    "every place is taken": refused(
        Rule("place_free"),
        "2 of 2 places taken",
        "a free place",
        "lead advisor",
        "This order pays for 2 places and 2 are taken. Somebody has to withdraw first, "
        "or the school can buy more places.",
        participants=people("nominated", "completed", "deferred"),
        places=2,
    ),
    "an action is planned": allowed(about("action_planned"), appointments=(replace(met("held"), planned=1),)),
    "an action was planned at the visit before": refused(
        about("action_planned"),
        "no action plan",
        "an action with an owner and a date",
        "assessor",
        "No action is planned after the visit. The assessor can write down at least one, with its owner and date.",
        appointments=(replace(met("held"), planned=1), met("held", number=2)),
        judgements=(judged("not_yet_met"),),
    ),
    "another visit is allowed": allowed(
        about("visits_left", amount=Decimal(2)), judgements=(judged("not_yet_met"), judged("deferred", 2))
    ),
    "no more visits are allowed": refused(
        about("visits_left", amount=Decimal(2)),
        "not yet met 2 times",
        "fewer than 2",
        "lead advisor",
        "The judgement of the visit was “not yet met” 2 times, as often as the policy allows. "
        "The lead advisor can allow one more, or end the journey.",
        judgements=(judged("not_yet_met"), judged("not_yet_met", 2)),
    ),
    "another person judges": allowed(Rule("not_lead_advisor"), advisor_id=1, actor_id=2),
    "a case without an advisor": allowed(Rule("not_lead_advisor"), advisor_id=None, actor_id=None),
    "the school's own advisor judges": refused(
        Rule("not_lead_advisor"),
        "the school's own advisor",
        "somebody else",
        "another assessor",
        "You are the advisor of this school, so another person must judge the visit.",
        advisor_id=1,
        actor_id=1,
    ),
}
