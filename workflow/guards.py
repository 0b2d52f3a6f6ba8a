"""The rules that let a trigger through, or say in a sentence why not and who can put it right.

A small general vocabulary: each guard takes its subject and its numbers from the offer's page, and is a pure
function of `Facts`. To add a guard is to add a function here; no offer needs code of its own.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from workflow.errors import Refusal
from workflow.facts import COMPLETED_STATUSES, DECIDED_STATUSES, Facts
from workflow.words import count_of

#: What stands on the right of a guard's name on the page.
Takes = Literal["yes", "appointment", "amount", "outcome", "approval"]
OUTCOMES = ("met", "not_yet_met", "deferred")
OUTCOME_TITLES = {"met": "met", "not_yet_met": "not yet met", "deferred": "deferred"}


@dataclass(frozen=True, slots=True)
class Rule:
    """One guard as an offer uses it. `title` is the subject in words; `amount` is resolved from the offer."""

    guard: str
    subject: str = ""
    amount: Decimal = Decimal(1)
    of: str = ""
    title: str = ""
    waivable: bool = True


Check = Callable[[Facts, Rule], Refusal | None]


@dataclass(frozen=True, slots=True)
class Guard:
    """`who` can put a refusal right, in words."""

    check: Check
    takes: Takes
    who: str


GUARDS: dict[str, Guard] = {}


def guard(takes: Takes, who: str) -> Callable[[Check], Check]:
    def register(check: Check) -> Check:
        GUARDS[check.__name__] = Guard(check, takes, who)
        return check

    return register


def judge(facts: Facts, rule: Rule) -> Refusal | None:
    """None lets the trigger through."""
    return GUARDS[rule.guard].check(facts, rule)


def refuse(rule: Rule, found: str, needed: str, sentence: str) -> Refusal:
    return Refusal(rule.guard, found, needed, GUARDS[rule.guard].who, sentence, rule.waivable)


@guard("yes", "advisor")
def order_matched(facts: Facts, rule: Rule) -> Refusal | None:
    if facts.order_number:
        return None
    return refuse(
        rule,
        "no order",
        "an order from the portal",
        "No order from the portal is matched to this engagement. The advisor can import the order.",
    )


@guard("yes", "advisor")
def school_open(facts: Facts, rule: Rule) -> Refusal | None:
    if facts.school_open:
        return None
    return refuse(
        rule,
        "a closed school",
        "an open school",
        "The register of schools says this school is closed. The advisor can find out which school takes its place.",
    )


@guard("amount", "lead advisor")
def price_paid(facts: Facts, rule: Rule) -> Refusal | None:
    if facts.price_paid == rule.amount:
        return None
    found = "no price" if facts.price_paid is None else f"£{facts.price_paid:.2f}"
    return refuse(
        rule,
        found,
        f"£{rule.amount:.2f}",
        f"The order shows {found} and the price is £{rule.amount:.2f}. The lead advisor can agree it or "
        "ask the school to correct the order.",
    )


@guard("yes", "advisor")
def lead_named(facts: Facts, rule: Rule) -> Refusal | None:
    if facts.lead_named:
        return None
    return refuse(
        rule,
        "no school lead",
        "a school lead with an email address",
        "No school lead is named. The advisor can add a name and an email address.",
    )


@guard("amount", "school lead")
def staff_nominated(facts: Facts, rule: Rule) -> Refusal | None:
    found, needed = len(facts.active_participants), int(rule.amount)
    if found >= needed:
        return None
    return refuse(
        rule,
        _staff(found),
        _staff(needed),
        f"{_staff(found)} {'is' if found == 1 else 'are'} nominated and {needed} are needed. "
        f"The school lead can name {needed - found} more.",
    )


@guard("appointment", "advisor")
def appointment_booked(facts: Facts, rule: Rule) -> Refusal | None:
    """A date that nobody has judged yet: after a judgement, the next visit needs a date of its own."""
    if not all(facts.is_judged(one) for one in facts.booked(rule.subject)):
        return None
    return refuse(
        rule, "no date", "a date agreed", f"{rule.title} has no agreed date. The advisor can book one with the school."
    )


@guard("appointment", "advisor")
def appointment_held(facts: Facts, rule: Rule) -> Refusal | None:
    if any(facts.held(rule.subject)):
        return None
    return refuse(
        rule, "not held", "held", f"{rule.title} has not been held. The advisor can record that it took place."
    )


@guard("appointment", "advisor")
def register_taken(facts: Facts, rule: Rule) -> Refusal | None:
    if any(one.status == "registered" for one in facts.held(rule.subject)):
        return None
    return refuse(
        rule,
        "no register",
        "the register",
        f"The register of {rule.title} has not been taken. The advisor can take it.",
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
        _staff(found),
        _staff(needed),
        f"{_staff(found)} attended {rule.title} or caught up, and {needed} are needed. "
        "The advisor can record a catch-up.",
    )


@guard("yes", "advisor")
def everyone_decided(facts: Facts, rule: Rule) -> Refusal | None:
    open_now = sum(person.status not in DECIDED_STATUSES for person in facts.participants)
    if not open_now:
        return None
    return refuse(
        rule,
        f"{open_now} undecided",
        "everyone decided",
        f"{count_of(open_now, 'participant')} {'is' if open_now == 1 else 'are'} still working on the framework. "
        "The advisor can record each as completed, deferred or withdrawn.",
    )


@guard("amount", "advisor")
def staff_completed(facts: Facts, rule: Rule) -> Refusal | None:
    found, needed = sum(person.status in COMPLETED_STATUSES for person in facts.participants), int(rule.amount)
    if found >= needed:
        return None
    return refuse(
        rule,
        f"{found} completed",
        f"{needed} completed",
        f"{count_of(found, 'participant')} {'has' if found == 1 else 'have'} completed the framework and "
        f"{needed} must. The advisor can record a completed review.",
    )


@guard("appointment", "advisor")
def outputs_recorded(facts: Facts, rule: Rule) -> Refusal | None:
    if any(one.outputs_recorded for one in facts.held(rule.subject)):
        return None
    return refuse(
        rule,
        "no agreed outputs",
        "the agreed outputs",
        f"What was agreed at {rule.title} has not been recorded. The advisor can write it down.",
    )


@guard("appointment", "advisor")
def awaiting_judgement(facts: Facts, rule: Rule) -> Refusal | None:
    """A visit took place that nobody has judged yet."""
    if not all(facts.is_judged(one) for one in facts.held(rule.subject)):
        return None
    return refuse(
        rule,
        "no visit to judge",
        "a visit held and not yet judged",
        f"{rule.title} has not been held since the last judgement. The advisor can record that it took place.",
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
        f"The last judgement of {rule.title} must be “{needed}” and it is “{found}”. "
        "The assessor can record a judgement.",
    )


@guard("yes", "participants")
def names_confirmed(facts: Facts, rule: Rule) -> Refusal | None:
    waiting = sum(person.status in COMPLETED_STATUSES and not person.name_confirmed for person in facts.participants)
    if not waiting:
        return None
    return refuse(
        rule,
        f"{waiting} unconfirmed",
        "every name confirmed",
        f"{count_of(waiting, 'name')} for certificates {'is' if waiting == 1 else 'are'} not confirmed by "
        "the owner. The participants can confirm, and the advisor can record it.",
    )


@guard("approval", "lead advisor")
def approved(facts: Facts, rule: Rule) -> Refusal | None:
    if any(one.subject == rule.subject for one in facts.approvals):
        return None
    return refuse(
        rule, "not approved", "approved", f"The {rule.subject} is not approved. The lead advisor can approve it."
    )


@guard("approval", "lead advisor")
def not_approved(facts: Facts, rule: Rule) -> Refusal | None:
    if all(one.subject != rule.subject for one in facts.approvals):
        return None
    return refuse(
        rule, "approved", "not yet approved", f"The {rule.subject} is approved already. Nothing more is needed."
    )


@guard("appointment", "another person")
def second_person(facts: Facts, rule: Rule) -> Refusal | None:
    """Whoever judged the visit may not also approve what follows from it."""
    judged = facts.judged(rule.subject)
    if not judged or judged[-1].assessor_id != facts.actor_id:
        return None
    return refuse(
        rule, "the same person", "a second person", f"You judged {rule.title}, so another person must do this."
    )


def _staff(number: int) -> str:
    return f"{number} member{'' if number == 1 else 's'} of staff"
