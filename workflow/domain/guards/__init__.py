"""The rules that let a trigger through, or say in a sentence why not and who can put it right.

A small general vocabulary: each guard takes its subject and its numbers from the offer's page, and is a pure
function of `Facts`. To add a guard is to add a function to one of these files; no offer needs code of its own.
"""

from workflow.domain.guards import meetings, orders, people, visits
from workflow.domain.guards.rule import GUARDS, OUTCOME_TITLES, OUTCOMES, Outcome, Rule, judge

__all__ = ["GUARDS", "OUTCOMES", "OUTCOME_TITLES", "Outcome", "Rule", "judge", "meetings", "orders", "people", "visits"]
