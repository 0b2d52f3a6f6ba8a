"""Guards about dates, registers and what was agreed. Pure."""

from workflow.domain.facts import Facts
from workflow.domain.guards.rule import Rule, guard, refuse
from workflow.english import are_needed, staff_of, within
from workflow.errors import Refusal


@guard("appointment", "advisor")
def appointment_booked(facts: Facts, rule: Rule) -> Refusal | None:
    """A date that nobody has judged yet: after a judgement, the next visit needs a date of its own."""
    if not all(facts.is_judged(one) for one in facts.booked(rule.subject)):
        return None
    return refuse(
        rule,
        "no date",
        "a date agreed",
        f"No date is agreed for {within(rule.title)}. The advisor can book one with the school.",
    )


@guard("appointment", "advisor")
def dates_offered(facts: Facts, rule: Rule) -> Refusal | None:
    """The school has dates to choose from, or a date is agreed already."""
    if any(facts.offered(rule.subject)) or not all(facts.is_judged(one) for one in facts.booked(rule.subject)):
        return None
    return refuse(
        rule,
        "no dates",
        "dates offered, or one agreed",
        f"No dates for {within(rule.title)} are offered. The advisor can offer some, or agree one with the school.",
    )


@guard("appointment", "advisor")
def appointment_held(facts: Facts, rule: Rule) -> Refusal | None:
    if any(facts.held(rule.subject)):
        return None
    return refuse(
        rule, "not held", "held", f"Not held yet: {rule.title}. The advisor can record that the meeting took place."
    )


@guard("appointment", "advisor")
def register_taken(facts: Facts, rule: Rule) -> Refusal | None:
    if any(one.status == "registered" for one in facts.held(rule.subject)):
        return None
    return refuse(
        rule,
        "no register",
        "the register",
        f"The register of {within(rule.title)} has not been taken. The advisor can take it.",
    )


@guard("appointment", "advisor")
def staff_trained(facts: Facts, rule: Rule) -> Refusal | None:
    """Present at the session, or caught up since, on any date of that kind."""
    found, needed = (
        len(facts.attended(rule.subject) & {person.id for person in facts.active_participants}),
        int(rule.amount),
    )
    if found >= needed:
        return None
    return refuse(
        rule,
        staff_of(found),
        staff_of(needed),
        f"{staff_of(found)} attended {within(rule.title)} or caught up, and {are_needed(needed)}. "
        "The advisor can record a catch-up.",
    )


@guard("appointment", "advisor")
def outputs_recorded(facts: Facts, rule: Rule) -> Refusal | None:
    if any(one.outputs_recorded for one in facts.held(rule.subject)):
        return None
    return refuse(
        rule,
        "no agreed outputs",
        "the agreed outputs",
        f"What was agreed at {within(rule.title)} has not been recorded. The advisor can write it down.",
    )
