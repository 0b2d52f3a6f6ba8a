"""Every trigger at every stage of the shipped journey: it moves, it stays, or it says in a sentence why not."""

from dataclasses import replace

import pytest

from tests.facts import NOTHING_YET
from tests.workflow.engine.machine_table import (
    ACTOR_ID,
    ASSESSOR_ID,
    OPEN_AT_ONCE,
    REFUSED,
    ROLES,
    STAGES,
    STANDINGS,
    TITLES,
    all_done,
    grid,
)
from tests.workflow.offer.pages import MENTORING
from workflow.domain.actor import ROLE_TITLES, Actor
from workflow.domain.facts import Facts
from workflow.engine.machine import Attempt, OfferMachine
from workflow.errors import Conflict, NotAllowed, NotFound
from workflow.offer.loader import load_offer

OFFER = load_offer(MENTORING)
MACHINE = OfferMachine(OFFER)
LEAD = Actor("lead_advisor", ACTOR_ID)
TABLE = grid()
PAIRS = [pytest.param(*pair, id="-".join(pair)) for pair in TABLE]
OWN = [pytest.param(*pair, id="-".join(pair)) for pair, mark in TABLE.items() if mark not in ".x"]
GUARDED = [pytest.param(*pair, id="-".join(pair)) for pair, mark in TABLE.items() if mark != "." and pair[1] in REFUSED]
WORDS = {
    "active": "active",
    "on_hold": "on hold",
    "cancelled": "cancelled",
    "lapsed": "lapsed",
    "completed": "completed",
}


def open_in(trigger: str) -> tuple[str, ...]:
    return STANDINGS.get(trigger, ("active",))


def attempt(
    stage: str, trigger: str, *, facts: Facts | None = None, actor: Actor = LEAD, waive: bool = False
) -> Attempt:
    """At the end an engagement is completed; elsewhere it stands as the trigger needs it."""
    first = next(standing for standing, words in WORDS.items() if words in open_in(trigger))
    standing = "completed" if stage == "recognised" else first
    return Attempt(stage, standing, facts or all_done(trigger), actor, waive=waive)


def sentences(one: Attempt) -> list[str]:
    return [refusal.sentence for refusal in one.refusals]


def test_the_table_has_every_stage_and_every_trigger_in_their_order() -> None:
    assert [(stage.name, stage.title) for stage in OFFER.stages] == list(STAGES.items())
    assert [(name, ways[0].title) for name, ways in OFFER.triggers.items()] == list(TITLES.items())
    assert len(TABLE) == len(STAGES) * len(TITLES) == 162


@pytest.mark.parametrize(("stage", "trigger"), PAIRS)
def test_every_trigger_at_every_stage_does_what_the_table_says(stage: str, trigger: str) -> None:
    mark, one = TABLE[stage, trigger], attempt(stage, trigger)
    if mark == ".":
        (home,) = (STAGES[name] for name, cell in STAGES_OF[trigger].items() if cell != ".")
        with pytest.raises(Conflict) as refused:
            MACHINE.fire(one, trigger)
        assert str(refused.value) == (
            f"“{TITLES[trigger]}” belongs to the stage “{home}”, and this engagement is at “{STAGES[stage]}”."
        )
        assert one.stage == stage
    elif mark == "x":
        assert MACHINE.fire(one, trigger) is False
        assert sentences(one) == [wrong_standing(trigger, "completed")]
        assert one.stage == stage
    else:
        assert MACHINE.fire(one, trigger) is True
        assert one.stage == (stage if mark == "=" else list(STAGES)[int(mark) - 1])
        assert sentences(one) == []


STAGES_OF = {trigger: {stage: TABLE[stage, trigger] for stage in STAGES} for trigger in TITLES}


def wrong_standing(trigger: str, standing: str) -> str:
    return f"This engagement is {standing}; “{TITLES[trigger]}” needs it to be {' or '.join(open_in(trigger))}."


@pytest.mark.parametrize(("stage", "trigger"), GUARDED)
def test_when_nothing_is_known_every_reason_is_told_and_nothing_moves(stage: str, trigger: str) -> None:
    one = attempt(stage, trigger, facts=NOTHING_YET)
    assert MACHINE.fire(one, trigger) is False
    assert sentences(one) == REFUSED[trigger]
    assert one.stage == stage


def test_every_trigger_with_guards_is_refused_in_the_table() -> None:
    guarded = [name for name, ways in OFFER.triggers.items() if any(way.guards for way in ways)]
    assert [name for name in guarded if name not in OPEN_AT_ONCE] == list(REFUSED)


@pytest.mark.parametrize("standing", WORDS)
@pytest.mark.parametrize(("stage", "trigger"), OWN)
def test_a_standing_opens_or_closes_a_trigger_before_any_guard(stage: str, trigger: str, standing: str) -> None:
    one = Attempt(stage, standing, all_done(trigger), LEAD)
    may = WORDS[standing] in open_in(trigger)
    assert MACHINE.fire(one, trigger) is may
    assert sentences(one) == ([] if may else [wrong_standing(trigger, WORDS[standing])])
    closed = Attempt(stage, standing, NOTHING_YET, LEAD)
    MACHINE.fire(closed, trigger)
    assert sentences(closed) == (REFUSED.get(trigger, []) if may else [wrong_standing(trigger, WORDS[standing])])


@pytest.mark.parametrize("role", ROLE_TITLES)
@pytest.mark.parametrize(("stage", "trigger"), OWN)
def test_a_role_may_fire_it_or_hears_whose_it_is(stage: str, trigger: str, role: str) -> None:
    roles, people = ROLES[trigger]
    one = attempt(stage, trigger, actor=Actor(role, ACTOR_ID))
    if role in roles.split():
        assert MACHINE.fire(one, trigger) is True
        return
    with pytest.raises(NotAllowed) as refused:
        MACHINE.fire(one, trigger)
    assert str(refused.value) == f"“{TITLES[trigger]}” is for the {people}; you act as {ROLE_TITLES[role]}."
    assert one.stage == stage


#: The guards that no reason can waive.
NEVER = {
    "record_qa_met": REFUSED["record_qa_met"],
    "require_action": REFUSED["require_action"][:1],
    "defer_qa": REFUSED["defer_qa"],
    "issue_certificates": REFUSED["issue_certificates"],
}


@pytest.mark.parametrize(("stage", "trigger"), GUARDED)
def test_a_lead_advisor_waives_every_guard_that_a_reason_can_waive(stage: str, trigger: str) -> None:
    one = attempt(stage, trigger, facts=NOTHING_YET, waive=True)
    assert MACHINE.fire(one, trigger) is (trigger not in NEVER)
    assert sentences(one) == NEVER.get(trigger, [])
    kept = NEVER.get(trigger, [])
    assert [refusal.sentence for refusal in one.waived] == [reason for reason in REFUSED[trigger] if reason not in kept]


@pytest.mark.parametrize("role", ["advisor", "assessor", "system"])
@pytest.mark.parametrize(("stage", "trigger"), GUARDED)
def test_nobody_else_waives_anything(stage: str, trigger: str, role: str) -> None:
    one = attempt(stage, trigger, facts=NOTHING_YET, actor=Actor(role, ACTOR_ID), waive=True)
    if role not in ROLES[trigger][0].split():
        with pytest.raises(NotAllowed):
            MACHINE.fire(one, trigger)
    else:
        assert MACHINE.fire(one, trigger) is False
        assert sentences(one) == REFUSED[trigger]
    assert (one.stage, one.waived) == (stage, ())


@pytest.mark.parametrize(("stage", "trigger"), OWN)
def test_nobody_waives_a_standing(stage: str, trigger: str) -> None:
    one = Attempt(stage, "completed", all_done(trigger), LEAD, waive=True)
    assert MACHINE.fire(one, trigger) is False
    assert (one.waived, sentences(one)) == ((), [wrong_standing(trigger, "completed")])


def test_whoever_judged_the_visit_cannot_approve_the_award_even_with_a_reason() -> None:
    judge = Actor("lead_advisor", ASSESSOR_ID)
    facts = replace(all_done("approve_award"), actor_id=ASSESSOR_ID)
    one = attempt("certification", "approve_award", facts=facts, actor=judge, waive=True)
    assert MACHINE.fire(one, "approve_award") is False
    assert sentences(one) == ["You judged Quality assurance visit, so another person must do this."]


@pytest.mark.parametrize("stage", STAGES)
def test_a_trigger_that_does_not_exist_is_answered_with_those_that_do(stage: str) -> None:
    with pytest.raises(NotFound) as refused:
        MACHINE.fire(attempt(stage, "hold"), "promote")
    (*most, last) = TITLES
    assert str(refused.value) == (
        f'There is no trigger called "promote". This offer has: {", ".join(most)} and {last}.'
    )


def small(status: str, actor: Actor = LEAD) -> Attempt:
    return Attempt(status, "active", all_done("hold"), actor)


def test_a_small_journey_moves_a_status_by_a_verb() -> None:
    one = small("submitted")
    assert MACHINE.fire_status(one, "participant", "review")
    assert one.stage == "in_review"


def test_a_small_journey_says_what_a_status_must_be() -> None:
    with pytest.raises(Conflict, match="This participant is in review; to review it must be submitted"):
        MACHINE.fire_status(small("in_review"), "participant", "review")


def test_a_small_journey_is_for_the_roles_of_its_page() -> None:
    with pytest.raises(NotAllowed, match="“Recognise” is for the system; you act as lead advisor"):
        MACHINE.fire_status(small("completed"), "participant", "recognise")


def test_a_verb_that_the_page_does_not_have_is_told_with_those_it_has() -> None:
    with pytest.raises(NotFound, match="A certificate cannot “burn” in this offer"):
        MACHINE.fire_status(small("issued"), "certificate", "burn")
