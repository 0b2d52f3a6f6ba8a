"""Every guard, let through and refused: what was found, what is needed, who can put it right, in one whole sentence."""

import pytest

from tests.facts import NOTHING_YET
from tests.workflow.domain.guards.guard_cases import CASES
from tests.workflow.domain.guards.small_journey_cases import MORE_CASES
from workflow.domain.guards import GUARDS, Rule, judge

ALL_CASES = CASES | MORE_CASES


@pytest.mark.parametrize("name", ALL_CASES)
def test_a_guard_lets_through_or_says_in_a_sentence_why_not(name: str) -> None:
    case = ALL_CASES[name]
    found = judge(case.facts, case.rule)
    told = None if found is None else (found.found, found.needed, found.who, found.sentence)
    assert told == case.refusal


@pytest.mark.parametrize("guard", GUARDS)
def test_every_guard_is_shown_passing_and_refusing(guard: str) -> None:
    shown = {case.refusal is None for case in ALL_CASES.values() if case.rule.guard == guard}
    assert shown == {True, False}


@pytest.mark.parametrize("waivable", [True, False])
def test_a_refusal_says_which_guard_it_is_and_whether_a_reason_can_waive_it(*, waivable: bool) -> None:
    found = judge(NOTHING_YET, Rule("order_matched", waivable=waivable))
    assert found is not None
    assert (found.guard, found.waivable) == ("order_matched", waivable)
