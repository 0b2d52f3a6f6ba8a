"""Each fault that only the whole page shows, made in the real page, and the shortest path that shows it."""

from pathlib import Path

import pytest

from tests.workflow.offer.pages import MENTORING, PAGE, READING, Edit, edited_offer, without_timers
from workflow.offer.check import check
from workflow.offer.loader import load_offer

TO_FOLLOW_UP_1 = "after start_training, complete_training_1, complete_training_2 then complete_framework"
TO_QA_VISIT = (
    "after start_training, complete_training_1, complete_training_2, complete_framework, complete_follow_up_1 then "
    "complete_follow_up_2"
)
TO_CERTIFICATION = TO_QA_VISIT.replace(" then ", ", ") + " then record_qa_met"
TO_LIMBO = TO_QA_VISIT.replace(" then ", ", ") + " then park"
END_OF_STAGES = "# --- The meetings"


def added(words: str) -> Edit:
    return Edit(PAGE, END_OF_STAGES, f"{words}\n\n{END_OF_STAGES}")


def faults(folder: Path, *edits: Edit) -> list[str]:
    return check(edited_offer(folder, *edits))


LIMBO = (
    '[[stage]]\nname = "limbo"\ntitle = "Limbo"\nschool = "Wait"\n'
    'promise = { owner = "council", within = "5 days", to = "write to you" }'
)
INTO_LIMBO = (
    '[[transition]]\ntrigger = "park"\ntitle = "Park"\ndone = "Parked"\nschool = "Parked"\nfrom = "qa_visit"\n'
    'to = "limbo"\nby = ["advisor"]'
)
LIMBO_TIMER = '[[timer]]\nname = "limbo-long"\nstage = "limbo"\nafter = "5 days"\neffects = [{ email = "lapsed" }]'


@pytest.mark.parametrize("folder", [MENTORING, READING], ids=lambda folder: folder.name)
def test_nothing_is_wrong_with_the_offers_we_have(folder: Path) -> None:
    assert check(load_offer(folder)) == []


def test_a_stage_that_no_path_leads_to(tmp_path: Path) -> None:
    assert faults(tmp_path, added(LIMBO)) == [
        "No path leads to the stage “limbo”. Add a transition to it, or take it out."
    ]


def test_of_a_stage_that_no_path_leads_to_nothing_more_is_said(tmp_path: Path) -> None:
    silent = LIMBO.rpartition("\n")[0]
    assert faults(tmp_path, added(f"{silent}\n\n{LIMBO_TIMER}")) == faults(tmp_path / "promised", added(LIMBO))


def test_a_stage_that_leads_to_no_end(tmp_path: Path) -> None:
    assert faults(tmp_path, added(f"{LIMBO}\n\n{INTO_LIMBO}\n\n{LIMBO_TIMER}")) == [
        f"The stage “limbo” ({TO_LIMBO}) leads to no end. Mark it final, or lead it on."
    ]


def test_a_stage_where_nobody_can_act_and_no_timer_escalates(tmp_path: Path) -> None:
    by = 'from = "follow_up_1"\nto = "follow_up_2"\nby = ["advisor", "lead_advisor"]'
    found = faults(
        tmp_path,
        Edit(PAGE, by, 'from = "follow_up_1"\nto = "follow_up_2"\nby = ["system"]'),
        without_timers(),
    )
    assert found == [f"At the stage “follow_up_1” ({TO_FOLLOW_UP_1}) nobody can act and no timer escalates."]


def test_a_timer_is_enough_for_a_stage_that_only_the_system_leaves(tmp_path: Path) -> None:
    by = 'from = "follow_up_1"\nto = "follow_up_2"\nby = ["advisor", "lead_advisor"]'
    assert faults(tmp_path, Edit(PAGE, by, 'from = "follow_up_1"\nto = "follow_up_2"\nby = ["system"]')) == []


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        pytest.param(
            'to = "training_1"\nby = ["advisor", "lead_advisor", "system"]',
            'to = "training_1"\nby = ["advisor", "lead_advisor"]',
            "“start_training” is automatic, so “system” must be among those in its by.",
            id="not for the system",
        ),
        pytest.param(
            'effects = [{ email = "framework-complete" }]',
            'effects = [{ email = "framework-complete" }]\nnote = "Why?"',
            "“complete_framework” is automatic and asks for a note or a value, which nobody would be there to give.",
            id="asks for a note",
        ),
        pytest.param(
            'effects = [{ email = "framework-complete" }]',
            'effects = [{ email = "framework-complete" }]\ninputs = [{ name = "day", kind = "date", ask = "When?" }]',
            "“complete_framework” is automatic and asks for a note or a value, which nobody would be there to give.",
            id="asks for a value",
        ),
        pytest.param(
            "guards = [{ everyone_decided = true }, { staff_completed = 1 }]",
            "guards = []",
            "“complete_framework” is automatic and has no guard, so it would fire the moment its stage begins.",
            id="has no guard",
        ),
    ],
)
def test_an_automatic_trigger_that_cannot_work(tmp_path: Path, old: str, new: str, sentence: str) -> None:
    assert faults(tmp_path, Edit(PAGE, old, new)) == [sentence]


def test_an_automatic_trigger_that_goes_nowhere(tmp_path: Path) -> None:
    to_training_2 = "after start_training then complete_training_1"
    assert faults(tmp_path, Edit(PAGE, 'to = "framework"\n', "")) == [
        "No path leads to the stage “framework”. Add a transition to it, or take it out.",
        "No path leads to the stage “follow_up_1”. Add a transition to it, or take it out.",
        "No path leads to the stage “follow_up_2”. Add a transition to it, or take it out.",
        "No path leads to the stage “qa_visit”. Add a transition to it, or take it out.",
        "No path leads to the stage “certification”. Add a transition to it, or take it out.",
        "No path leads to the stage “recognised”. Add a transition to it, or take it out.",
        "The stage “purchase” (at the start) leads to no end. Mark it final, or lead it on.",
        "The stage “training_1” (after start_training) leads to no end. Mark it final, or lead it on.",
        f"The stage “training_2” ({to_training_2}) leads to no end. Mark it final, or lead it on.",
        "“complete_training_2” is automatic and stays where it is, so it would fire for ever. Give it a to.",
    ]


def test_automatic_triggers_that_lead_round_in_a_circle(tmp_path: Path) -> None:
    back = INTO_LIMBO.replace('"qa_visit"', '"training_2"').replace('"limbo"', '"training_1"')
    back = back.replace('["advisor"]', '["system"]') + "\nautomatic = true\nguards = [{ order_matched = true }]"
    assert faults(tmp_path, added(back)) == [
        "At the stage “training_1” the automatic complete_training_1 then park lead round in a circle."
    ]


@pytest.mark.parametrize(
    "guard",
    [
        pytest.param("{ order_matched = true }", id="none asked for"),
        pytest.param('{ awaiting_judgement = "qa_visit" }', id="a reason would do"),
        pytest.param('{ awaiting_judgement = "follow_up_2", waivable = false }', id="another meeting asked for"),
    ],
)
def test_a_judgement_needs_a_visit_that_no_reason_can_stand_in_for(tmp_path: Path, guard: str) -> None:
    (fault,) = faults(tmp_path, Edit(PAGE, '{ awaiting_judgement = "qa_visit", waivable = false }', guard))
    assert fault == (
        "“record_qa_met” records a judgement; it must have the guard awaiting_judgement = “qa_visit” "
        "with waivable = false."
    )


def test_a_timer_that_does_nothing(tmp_path: Path) -> None:
    assert faults(tmp_path, Edit(PAGE, 'effects = [{ email = "framework-reminder" }]', "")) == [
        "The timer “chase-framework” does nothing. Give it effects or a trigger."
    ]


@pytest.mark.parametrize(
    "trigger", [pytest.param("hold", id="not for the system"), pytest.param("start_training", id="not from that stage")]
)
def test_a_timer_that_fires_what_the_system_may_not(tmp_path: Path, trigger: str) -> None:
    assert faults(tmp_path, Edit(PAGE, 'effects = [{ email = "framework-reminder" }]', f'trigger = "{trigger}"')) == [
        f"The timer “chase-framework” fires “{trigger}”, which the system may not fire at “framework”."
    ]


def test_a_timer_of_promises_may_fire_its_trigger_wherever_it_can_come_due(tmp_path: Path) -> None:
    found = faults(
        tmp_path,
        Edit(
            PAGE,
            'from = "*"\nstanding = { from = ["active"], to = "lapsed" }',
            'from = "purchase"\nstanding = { from = ["active"], to = "lapsed" }',
        ),
    )
    assert found[0] == ("The timer “lapse-unanswered” fires “lapse”, which the system may not fire at “training_1”.")
    assert len(found) == len(load_offer(MENTORING).stages) - 2, (
        "every stage with a promise of the school's, but for the first"
    )


def test_a_reminder_that_could_meet_others_has_an_email_to_become(tmp_path: Path) -> None:
    page = (MENTORING / PAGE).read_text(encoding="utf-8")
    line = next(line for line in page.splitlines(keepends=True) if line.startswith("digest = "))
    assert faults(tmp_path, Edit(PAGE, line, "")) == [
        "“due-soon” is a reminder and the policy names no digest, the email that several become. Name one."
    ]


def test_certificates_without_a_table_that_says_how(tmp_path: Path) -> None:
    page = (MENTORING / PAGE).read_text(encoding="utf-8")
    table = "[certificate]" + page.partition("[certificate]")[2].partition("# --- The portal")[0]
    assert faults(tmp_path, Edit(PAGE, table, "")) == [
        "“issue_certificates” makes certificates and the page has no [certificate] table."
    ]


def test_certificates_without_what_they_rest_on(tmp_path: Path) -> None:
    guard = '  { judgement = "met", of = "qa_visit", waivable = false },\n'
    assert faults(tmp_path, Edit(PAGE, guard, "")) == [
        f"“issue_certificates” makes certificates ({TO_CERTIFICATION}) without the guard judgement = “met”."
    ]


def test_certificates_that_a_reason_could_waive(tmp_path: Path) -> None:
    guard = '{ judgement = "met", of = "qa_visit", waivable = false }'
    assert faults(tmp_path, Edit(PAGE, guard, '{ judgement = "met", of = "qa_visit" }')) == [
        "“issue_certificates” makes certificates; its guard judgement must have waivable = false."
    ]


@pytest.mark.parametrize(
    ("email", "word", "sentence"),
    [
        pytest.param(
            "welcome",
            "serial",
            "The email “welcome” to the school_lead has no value for {{ serial }} when the engagement begins.",
            id="when the engagement begins",
        ),
        pytest.param(
            "qa-met",
            "note",
            "The email “qa-met” to the school_lead has no value for {{ note }} when “record_qa_met” is fired "
            f"{TO_QA_VISIT}.",
            id="when a trigger is fired",
        ),
        pytest.param(
            "framework-reminder",
            "case_link",
            "The email “framework-reminder” to the participants has no value for {{ case_link }} "
            "from the timer “chase-framework”.",
            id="from a timer",
        ),
        pytest.param(
            "recognised",
            "promise_by",
            "The email “recognised” to the school_lead has no value for {{ promise_by }} when “issue_certificates” "
            f"is fired {TO_CERTIFICATION}.",
            id="at the end nothing is promised",
        ),
        pytest.param(
            "on-hold",
            "promise_by",
            "The email “on-hold” to the school_lead has no value for {{ promise_by }} "
            "when “hold” is fired at the start.",
            id="on hold nothing is promised",
        ),
        pytest.param(
            "certificate",
            "status_link",
            "The email “certificate” to the participant has no value for {{ status_link }} when “issue_certificates” "
            f"is fired {TO_CERTIFICATION}.",
            id="with a certificate",
        ),
    ],
)
def test_an_email_that_asks_for_what_nobody_can_fill_in(tmp_path: Path, email: str, word: str, sentence: str) -> None:
    (first, *rest) = faults(tmp_path, Edit(f"emails/{email}.md", "\nDear ", f"\n{{{{ {word} }}}} Dear "))
    assert first == sentence
    assert all(f"{{{{ {word} }}}}" in one for one in rest)


def test_an_email_with_several_gaps_names_them_all_once_for_each_audience(tmp_path: Path) -> None:
    edit = Edit("emails/recognised.md", "\nDear ", "\n{{ note }} {{ serial }} Dear ")
    assert faults(tmp_path, edit) == [
        f"The email “recognised” to the {audience} has no value for {{{{ note }}}} and {{{{ serial }}}} "
        f"when “issue_certificates” is fired {TO_CERTIFICATION}."
        for audience in ("school_lead", "head")
    ]


def test_a_day_that_only_a_meeting_would_bring_is_no_day_to_write_about(tmp_path: Path) -> None:
    evidence = 'within = "60 school days", to = "send in each person'
    reading = 'within = "10 council days", to = "read the framework evidence'
    sent = "when “complete_training_2” is fired after start_training then complete_training_1."
    assert faults(
        tmp_path,
        Edit(PAGE, evidence, 'at = "training_2", to = "send in each person'),
        Edit(PAGE, reading, 'at = "training_2", to = "read the framework evidence'),
    )[:2] == [
        f"The email “training-2-complete” to the school_lead has no value for {{{{ promise_by }}}} {sent}",
        f"The email “framework-start” to the participants has no value for {{{{ promise_by }}}} {sent}",
    ]
