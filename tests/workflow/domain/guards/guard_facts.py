"""Small facts to hold guards against, and how a case of one is written down."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, NamedTuple

from tests.facts import NOTHING_YET
from workflow.domain.facts import AppointmentFact, Facts, JudgementFact, ParticipantFact
from workflow.domain.guards import Rule

HELD = datetime(2026, 1, 12, 9, 0, tzinfo=UTC)
VISIT = Rule("", "visit", title="The visit")


def people(*statuses: str, confirmed: bool = True) -> tuple[ParticipantFact, ...]:
    return tuple(ParticipantFact(number, status, 1, confirmed) for number, status in enumerate(statuses, 1))


def met(status: str, *attended: int, kind: str = "visit", outputs: bool = False, number: int = 1) -> AppointmentFact:
    return AppointmentFact(number, kind, status, outputs, frozenset(attended), HELD)


def judged(outcome: str, appointment: int = 1, assessor: int = 7) -> JudgementFact:
    return JudgementFact(appointment, "visit", outcome, assessor)


def about(guard: str, **more: Any) -> Rule:
    return replace(VISIT, guard=guard, **more)


class Case(NamedTuple):
    rule: Rule
    facts: Facts
    refusal: tuple[str, str, str, str] | None  # found, needed, who, sentence


def allowed(rule: Rule, **facts: Any) -> Case:
    return Case(rule, replace(NOTHING_YET, **facts), None)


def refused(rule: Rule, found: str, needed: str, who: str, sentence: str, **facts: Any) -> Case:
    return Case(rule, replace(NOTHING_YET, **facts), (found, needed, who, sentence))
