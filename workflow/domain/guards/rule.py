"""What a guard is, how an offer's page uses one, and how it says no."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal, get_args

from workflow.domain.facts import Facts
from workflow.english import in_words
from workflow.errors import Refusal

#: What stands on the right of a guard's name on the page.
Takes = Literal["yes", "appointment", "amount", "outcome", "approval"]
Outcome = Literal["met", "not_yet_met", "deferred"]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
OUTCOME_TITLES: dict[str, str] = {outcome: in_words(outcome) for outcome in OUTCOMES}


@dataclass(frozen=True, slots=True)
class Rule:
    """One guard as an offer uses it. `title` is the subject in words; `amount` is resolved from the offer. With `ever`,
    what former rounds have brought counts too."""

    guard: str
    subject: str = ""
    amount: Decimal = Decimal(1)
    of: str = ""
    title: str = ""
    waivable: bool = True
    ever: bool = False


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
    return GUARDS[rule.guard].check(replace(facts, ever=True) if rule.ever else facts, rule)


def refuse(rule: Rule, found: str, needed: str, sentence: str) -> Refusal:
    return Refusal(rule.guard, found, needed, GUARDS[rule.guard].who, sentence, rule.waivable)
