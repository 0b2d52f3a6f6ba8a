"""Guards about the people who take part, all of them or one. Pure."""

from workflow.domain.facts import Facts
from workflow.domain.guards.rule import Rule, guard, refuse
from workflow.domain.lifecycles import COMPLETED_STATUSES, DECIDED_STATUSES, REVIEWABLE_STATUSES
from workflow.english import are_needed, count_of, staff_of
from workflow.errors import Refusal


@guard("amount", "school lead")
def staff_nominated(facts: Facts, rule: Rule) -> Refusal | None:
    found, needed = len(facts.active_participants), int(rule.amount)
    if found >= needed:
        return None
    return refuse(
        rule,
        staff_of(found),
        staff_of(needed),
        f"{staff_of(found)} {'is' if found == 1 else 'are'} nominated and {are_needed(needed)}. "
        f"The school lead can name {needed - found} more.",
    )


@guard("yes", "lead advisor")
def place_free(facts: Facts, rule: Rule) -> Refusal | None:
    """About one more participant: an order pays for a number of places."""
    taken = len(facts.active_participants)
    if taken < facts.places:
        return None
    return refuse(
        rule,
        f"{taken} of {facts.places} places taken",
        "a free place",
        f"This order pays for {count_of(facts.places, 'place')} and {taken} are taken. Somebody has to withdraw first, "
        "or the school can buy more places.",
    )


@guard("yes", "advisor")
def phase_agreed(facts: Facts, rule: Rule) -> Refusal | None:
    """About one participant: criteria and certificate follow from the phase, so somebody must have agreed to it."""
    if facts.person is None or facts.person.phase_agreed:
        return None
    return refuse(
        rule,
        "a phase that is only proposed",
        "an agreed phase",
        "The phase this person starts at is proposed and not agreed. The advisor can agree it or choose another.",
    )


@guard("yes", "advisor")
def criteria_met(facts: Facts, rule: Rule) -> Refusal | None:
    """About one participant: the last review found every criterion of the phase met."""
    if facts.person is None or facts.person.unmet == 0:
        return None
    unmet = facts.person.unmet
    found = "no review" if unmet is None else f"{unmet} {'criterion' if unmet == 1 else 'criteria'} not met"
    return refuse(
        rule, found, "every criterion met", f"The evidence has {found}. The advisor can review what was sent in."
    )


@guard("yes", "advisor")
def nothing_to_review(facts: Facts, rule: Rule) -> Refusal | None:
    """No evidence lies with the council."""
    waiting = sum(person.status in REVIEWABLE_STATUSES for person in facts.participants)
    if not waiting:
        return None
    return refuse(
        rule,
        f"{waiting} to read",
        "all evidence read",
        f"The evidence of {count_of(waiting, 'participant')} is waiting to be read. The advisor can review it.",
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
        f"{count_of(open_now, 'participant')} {'is' if open_now == 1 else 'are'} still under way. "
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
        f"{count_of(found, 'participant')} {'has' if found == 1 else 'have'} completed and "
        f"{needed} must. The advisor can record a completed review.",
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
