"""Guards about visits, judgements and who may say yes. Pure."""

from workflow.domain.facts import Facts
from workflow.domain.guards.rule import OUTCOME_TITLES, Rule, guard, refuse
from workflow.english import count_of, in_words, within
from workflow.errors import Refusal


@guard("appointment", "advisor")
def awaiting_judgement(facts: Facts, rule: Rule) -> Refusal | None:
    """A visit took place that nobody has judged yet."""
    if not all(facts.is_judged(one) for one in facts.held(rule.subject)):
        return None
    return refuse(
        rule,
        "no visit to judge",
        "a visit held and not yet judged",
        f"Not held since the last judgement: {rule.title}. The advisor can record that the meeting took place.",
    )


@guard("appointment", "assessor")
def action_planned(facts: Facts, rule: Rule) -> Refusal | None:
    """What the school must do before the next visit is written down for the visit that is to be judged."""
    waiting = [one for one in facts.held(rule.subject) if not facts.is_judged(one)]
    if waiting and waiting[0].planned:
        return None
    return refuse(
        rule,
        "no action plan",
        "an action with an owner and a date",
        f"No action is planned after {within(rule.title)}. The assessor can write down at least one, with its owner "
        "and date.",
    )


@guard("appointment", "lead advisor")
def visits_left(facts: Facts, rule: Rule) -> Refusal | None:
    """At most so many visits that ended with an action plan; `at_least` on the page is that number."""
    found, allowed = sum(one.outcome == "not_yet_met" for one in facts.judged(rule.subject)), int(rule.amount)
    if found < allowed:
        return None
    return refuse(
        rule,
        f"not yet met {count_of(found, 'time')}",
        f"fewer than {allowed}",
        f"The judgement of {within(rule.title)} was “not yet met” {count_of(found, 'time')}, as often as the policy "
        "allows. The lead advisor can allow one more, or end the journey.",
    )


@guard("yes", "another assessor")
def not_lead_advisor(facts: Facts, rule: Rule) -> Refusal | None:
    """Whoever leads a school through the journey may not also judge it."""
    if facts.actor_id is None or facts.actor_id != facts.advisor_id:
        return None
    return refuse(
        rule,
        "the school's own advisor",
        "somebody else",
        "You are the advisor of this school, so another person must judge the visit.",
    )


@guard("outcome", "assessor")
def judgement(facts: Facts, rule: Rule) -> Refusal | None:
    outcomes = [one.outcome for one in facts.judged(rule.of)]
    if outcomes and outcomes[-1] == rule.subject:
        return None
    found = OUTCOME_TITLES[outcomes[-1]] if outcomes else "no judgement"
    needed = OUTCOME_TITLES[rule.subject]
    return refuse(
        rule,
        found,
        needed,
        f"The last judgement of {within(rule.title)} must be “{needed}” and it is “{found}”. "
        "The assessor can record a judgement.",
    )


@guard("approval", "lead advisor")
def approved(facts: Facts, rule: Rule) -> Refusal | None:
    if _stands(facts, rule):
        return None
    return refuse(
        rule, "not approved", "approved", f"Not approved yet: {in_words(rule.subject)}. “{rule.title}” comes first."
    )


@guard("approval", "lead advisor")
def not_approved(facts: Facts, rule: Rule) -> Refusal | None:
    if not _stands(facts, rule):
        return None
    return refuse(
        rule, "approved", "not yet approved", f"Approved already: {in_words(rule.subject)}. Nothing more is needed."
    )


def _stands(facts: Facts, rule: Rule) -> bool:
    """With `of`, only what was approved since the last judgement of that appointment counts: it is for one visit."""
    since = max((one.seq for one in facts.judged(rule.of)), default=0)
    return any(one.seq >= since for one in facts.approved(rule.subject))


@guard("appointment", "another person")
def second_person(facts: Facts, rule: Rule) -> Refusal | None:
    """Whoever judged the visit may not also approve what follows from it."""
    judged = facts.judged(rule.subject)
    if not judged or judged[-1].assessor_id != facts.actor_id:
        return None
    return refuse(
        rule, "the same person", "a second person", f"You judged {within(rule.title)}, so another person must do this."
    )
