"""Where a route may begin: facts for tests, the plain ones by hand and any others drawn."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from hypothesis import strategies as st

from tests.workflow.offer.pages import MENTORING, READING
from workflow.domain.facts import AppointmentFact, ApprovalFact, Facts, JudgementFact, ParticipantFact
from workflow.forecasting.route.planner import Route, plan_route
from workflow.offer.definition import Offer
from workflow.offer.loader import load_offer

#: Monday, in the middle of a term, on a day on which everybody is at work.
NOW = datetime(2025, 10, 6, 10, 0, tzinfo=UTC)
TODAY, WEEK = date(2025, 10, 6), timedelta(days=7)
OFFERS = {"mentoring": load_offer(MENTORING), "reading": load_offer(READING)}
_STATUSES = (
    "nominated",
    "training",
    "working",
    "submitted",
    "in_review",
    "returned",
    "completed",
    "deferred",
    "withdrawn",
)
_SENT = ("submitted", "in_review", "returned")


class Beginning(NamedTuple):
    offer: Offer
    stage: str
    facts: Facts
    standing: str = "active"

    def route(self, now: datetime = NOW, **asked: Any) -> Route:
        return plan_route(
            self.offer, self.offer.calendar, self.facts, stage=self.stage, standing=self.standing, now=now, **asked
        )


def beginning(stage: str, *, offer: str = "mentoring", standing: str = "active", **facts: Any) -> Beginning:
    """An engagement in order, with nobody in it and no date unless the facts say so."""
    page = OFFERS[offer]
    known = Facts(order_number="SFS-1", price_paid=page.offer.price, school_open=True, lead_named=True, places=12)
    return Beginning(page, stage, replace(known, **facts), standing)


def staff(*statuses: str, **more: Any) -> tuple[ParticipantFact, ...]:
    """People with the numbers 1, 2 and so on, whose phase is agreed."""
    return tuple(
        ParticipantFact(number, status, 1, name_confirmed=False, **more) for number, status in enumerate(statuses, 1)
    )


def meeting(kind: str, status: str, *attended: int, weeks: int = 0, outputs: bool = False) -> AppointmentFact:
    """So many weeks from now."""
    return AppointmentFact(100, kind, status, outputs, frozenset(attended), NOW + weeks * WEEK)


def judged(kind: str, outcome: str) -> tuple[JudgementFact, ...]:
    return (JudgementFact(100, kind, outcome, assessor_id=3, seq=5),)


@st.composite
def beginnings(draw: st.DrawFn) -> Beginning:
    """Anything that could be in a record of three people or fewer, and some things that could not."""
    name = draw(st.sampled_from(sorted(OFFERS)))
    offer = OFFERS[name]
    stage = draw(st.sampled_from([one for one in offer.stages if not one.final]))
    people = tuple(draw(_person(number, len(offer.phases))) for number in range(1, draw(st.integers(0, 3)) + 1))
    kinds = [kind.name for kind in offer.appointments]
    held = [
        one
        for number, kind in enumerate(kinds, 100)
        if (one := draw(_meeting(number, kind, len(people), offered=kind == stage.appointment)))
    ]
    visited = [one for one in held if one.status == "held" and _is_judged(offer, one.kind)]
    outcomes = st.sampled_from(["met", "not_yet_met", "deferred", ""])
    judgements = (JudgementFact(one.id, one.kind, draw(outcomes), 3, 5) for one in visited)
    subjects = sorted({one.records.approval for one in offer.transitions if one.records.approval})
    approved = draw(st.lists(st.sampled_from(subjects), unique=True))
    approvals = (ApprovalFact(one, 2, draw(st.sampled_from([3, 8]))) for one in approved)
    standing = draw(st.sampled_from(["active", "active", "active", "on_hold", "lapsed", "cancelled"]))
    return beginning(
        stage.name,
        offer=name,
        standing=standing,
        participants=people,
        appointments=tuple(held),
        judgements=tuple(one for one in judgements if one.outcome),
        approvals=tuple(approvals),
    )


@st.composite
def _person(draw: st.DrawFn, number: int, phases: int) -> ParticipantFact:
    status = draw(st.sampled_from(_STATUSES))
    sent = draw(st.integers(0, 1)) if status in _SENT else 0
    return ParticipantFact(number, status, draw(st.integers(1, phases)), draw(st.booleans()), draw(st.booleans()), sent)


@st.composite
def _meeting(draw: st.DrawFn, number: int, kind: str, people: int, *, offered: bool) -> AppointmentFact | None:
    """Dates are on offer at the stage in progress only: later on, those of today have passed."""
    usual = ["", "booked", "held", "registered", "cancelled"]
    status = draw(st.sampled_from([*usual, "offered"] if offered else usual))
    there = draw(st.frozensets(st.integers(1, people))) if people and status == "registered" else frozenset[int]()
    ahead = status == "offered" or (status == "booked" and draw(st.booleans()))
    when = NOW + (2 if ahead else -1) * WEEK
    outputs = status in ("held", "registered") and draw(st.booleans())
    return AppointmentFact(number, kind, status, outputs, there, when) if status else None


def _is_judged(offer: Offer, kind: str) -> bool:
    return any(one.records.of == kind for one in offer.transitions)
