"""Every trigger, fired twice with one key, moves once and answers the same both times."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import pytest

from tests.journeys import ADVISOR, ASSESSOR, LEAD, Journey
from tests.workflow.engine.test_advance import counted
from workflow.domain.actor import SYSTEM, Actor
from workflow.engine.catalogue import Catalogue

_NOTE = {"note": "Inspection."}
_WAIVED = {"override": "Agreed with the head."}
_HOLD: dict[str, Any] = {**_NOTE, "values": {"review_on": "2025-11-03"}}


def _held(journey: Journey) -> None:
    journey.fire("hold", **_HOLD)


def _lapsed(journey: Journey) -> None:
    journey.fire("lapse", SYSTEM)


def _visited(journey: Journey) -> None:
    journey.meet("qa_visit")


def _planned(journey: Journey) -> None:
    journey.meet("qa_visit").plan()


@dataclass(frozen=True)
class Way:
    """Where a trigger can be fired, what must happen first (`id` is nothing), by whom and with what."""

    stage: str
    first: Callable[[Journey], object] = id
    actor: Actor = ADVISOR
    arguments: dict[str, Any] = field(default_factory=dict)


WAYS = {
    "start_training": Way("purchase", actor=LEAD, arguments=_WAIVED),
    "complete_training_1": Way("training_1", actor=LEAD, arguments=_WAIVED),
    "complete_training_2": Way("training_2", actor=LEAD, arguments=_WAIVED),
    "complete_framework": Way("framework", actor=LEAD, arguments=_WAIVED),
    "complete_follow_up_1": Way("follow_up_1", partial(Journey.meet, kind="follow_up_1", outputs="A plan.")),
    "complete_follow_up_2": Way("follow_up_2", partial(Journey.meet, kind="follow_up_2", outputs="A plan.")),
    "check_evidence": Way("qa_visit"),
    "record_qa_met": Way("qa_visit", _visited, ASSESSOR),
    "require_action": Way("qa_visit", _planned, ASSESSOR, _NOTE),
    "defer_qa": Way("qa_visit", _visited, ASSESSOR, _NOTE),
    "approve_award": Way("certification", Journey.confirm_names, LEAD),
    "hold": Way("training_2", arguments=_HOLD),
    "resume": Way("training_2", _held),
    "cancel": Way("purchase", actor=LEAD, arguments=_NOTE),
    "join_another": Way("framework", actor=LEAD, arguments=_NOTE),
    "lapse": Way("framework", actor=SYSTEM),
    "reopen": Way("framework", _lapsed, LEAD, _NOTE),
}
#: Fires only by itself, with the approval or the last name that lets it; repeated above with `approve_award`.
ONLY_BY_ITSELF = {"issue_certificates"}


def test_every_trigger_of_the_offer_is_here(offers: Catalogue) -> None:
    assert set(WAYS) | ONLY_BY_ITSELF == set(offers.latest().triggers)


@pytest.mark.parametrize("trigger", WAYS)
def test_twice_with_one_key_moves_once(journey: Journey, trigger: str) -> None:
    way = WAYS[trigger]
    journey.to(way.stage)
    way.first(journey)
    once = partial(journey.fire, trigger, way.actor, key=f"click on {trigger}", **way.arguments)
    first = once()
    written = counted(journey)
    second = once()
    assert (first.repeated, second.repeated) == (False, True)
    assert counted(journey) == written
    assert (second.seq, second.stage, second.standing, second.version, second.settled, set(second.owed)) == (
        first.seq,
        first.stage,
        first.standing,
        first.version,
        first.settled,
        set(first.owed),
    )
