"""The overview of one engagement: what is next, and the journey as tasks that lead to their forms."""

import re
from html import unescape

import pytest

from tests.journeys import PEOPLE, Journey
from tests.web.conftest import Clock
from tests.web.visitor import Visitor
from workflow.domain.actor import Actor
from workflow.store.tables.promise import PromiseRow
from workflow.usecases import evidence
from workflow.usecases.evidence import EvidencePiece

CODES = ("1.1", "1.2", "1.3", "1.4")
_ROW = re.compile(r'<li class="govuk-task-list__item.*?</li>', re.DOTALL)


def _tasks(visitor: Visitor, case: str) -> list[tuple[str, str, str]]:
    """Each row of the journey: its title, the place it leads to behind the page of the case, and its status."""
    rows = _ROW.findall(visitor.open(case).answer.text)
    return [(_words(row, "task-list__link"), _href(row, case), _words(row, "task-list__status")) for row in rows]


def _words(row: str, mark: str) -> str:
    inside = row.partition(mark)[2].partition(">")[2]
    return " ".join(unescape(re.sub("<[^>]+>", " ", re.split("</a>|</div>", inside)[0])).split())


def _href(row: str, case: str) -> str:
    first: str = re.findall('href="([^"]*)"', row)[0]
    return first.removeprefix(case)


def _now(visitor: Visitor, case: str) -> list[tuple[str, str, str]]:
    """What is left of the stage in progress."""
    return [one for one in _tasks(visitor, case) if one[2] in ("To do", "Late", "Waiting", "Cannot start yet")]


def test_every_stage_has_its_row_and_leads_to_the_place_that_tells_of_it(
    advisor: Visitor, journey: Journey, case: str
) -> None:
    journey.to("framework")
    rows = _tasks(advisor, case)
    assert rows[:3] == [
        ("Purchase", "/people", "Done"),
        ("Training session 1", "/meetings#meeting-training_1", "Done"),
        ("Training session 2", "/meetings#meeting-training_2", "Done"),
    ]
    assert [(title, href) for title, href, _ in rows[-5:]] == [
        ("Follow-up meeting 1", "/meetings#meeting-follow_up_1"),
        ("Follow-up meeting 2", "/meetings#meeting-follow_up_2"),
        ("Quality assurance visit", "/visits#meeting-qa_visit"),
        ("Certification", "/people"),
        ("Recognised", "/people"),
    ]
    assert all(re.fullmatch(r"From \d+ [A-Z][a-z]{2} \d{4}|To come", status) for *_, status in rows[-5:])


@pytest.mark.parametrize(
    ("stage", "task"),
    [
        ("purchase", ("Name 3 members of staff", "/people?form=nominate#form-nominate", "Waiting")),
        (
            "training_1",
            ("Agree a date for Training session 1", "/meeting/training_1/book", "To do"),
        ),
        (
            "framework",
            ("Send in the evidence: Ada Pascoe, Bryn Tregear and Cara Nance", "/evidence", "Waiting"),
        ),
        ("certification", ("Approve the award", "/do/approve_award", "To do")),
    ],
)
def test_what_is_left_of_the_stage_leads_to_the_form_that_does_it(
    lead: Visitor, journey: Journey, case: str, stage: str, task: tuple[str, str, str]
) -> None:
    journey.to(stage)
    assert task in _now(lead, case)


def test_the_form_that_a_task_leads_to_is_there_and_open(lead: Visitor, journey: Journey, case: str) -> None:
    for stage in ("purchase", "training_1", "certification"):
        journey.to(stage)
        for title, href, _ in _now(lead, case):
            path, _, form = href.partition("#")
            if form:
                assert f'id="{form}"' in lead.open(f"{case}{path}").answer.text, title


def test_a_meeting_with_a_date_ahead_waits_for_its_day_and_then_for_its_register(
    advisor: Visitor, journey: Journey, case: str, clock: Clock
) -> None:
    journey.to("training_1").book("training_1")
    assert ("Take the register of Training session 1", "/meetings#meeting-training_1", "On 6 Oct 2025") in _tasks(
        advisor, case
    )
    assert "Nothing has to be done for it before 6 October 2025." in advisor.words
    clock.now = journey.now
    register = f"{case}/meeting/training_1/register"
    assert f'href="{register}" role="button"' in advisor.open(case).answer.text
    assert advisor.open(register).answer.status_code == 200


def test_one_persons_evidence_leads_to_their_own_page(advisor: Visitor, journey: Journey, case: str) -> None:
    journey.to("framework")
    pieces = {code: EvidencePiece(f"What I did for {code}.") for code in CODES}
    journey._do(evidence.send_in, PEOPLE[0].email, pieces, actor=Actor("participant", participant_id=1))
    for one in PEOPLE[1:]:
        journey.withdraw(one.email, "left")
    review = [href for title, href, _ in _tasks(advisor, case) if title == "Review the evidence of Ada Pascoe"]
    assert review == ["/people/1/?form=review#form-review"]
    assert 'id="form-review"' in advisor.open(f"{case}{review[0]}").answer.text


def test_what_one_press_does_is_a_button_and_is_not_there_twice(advisor: Visitor, journey: Journey, case: str) -> None:
    journey.to("follow_up_1").meet("follow_up_1", outputs="A mentoring lead in every phase.")
    text = advisor.open(case).answer.text
    assert text.count('name="trigger" value="complete_follow_up_1"') == 1
    assert text.index('value="complete_follow_up_1"') < text.index('id="way-heading"')
    advisor.press(case, "complete_follow_up_1")
    assert journey.stage == "follow_up_2"


def test_a_judgement_is_never_one_press_from_the_overview(lead: Visitor, journey: Journey, case: str) -> None:
    journey.to("qa_visit").meet("qa_visit")
    text = lead.open(case).answer.text
    assert 'value="record_qa_met"' not in text
    assert f'href="{case}/do/record_qa_met"' in text
    assert 'id="form-record_qa_met"' in lead.open(f"{case}/visits?form=record_qa_met").answer.text


def test_what_is_late_says_so_in_its_row(advisor: Visitor, journey: Journey, case: str, clock: Clock) -> None:
    journey.to("training_1")
    with journey.store.writing() as session:
        session.query(PromiseRow).filter_by(status="open").update({"due_at": journey.now})
    clock.now = journey.now.replace(hour=23)
    advisor.sign_in("advisor.web@example.org")
    assert _now(advisor, case)[0][2] == "Late"


def test_the_last_step_and_its_undo_stand_before_everything_else(
    advisor: Visitor, assessor: Visitor, journey: Journey, case: str
) -> None:
    assert "/undo/" not in advisor.open(case).answer.text, "nothing was done yet"
    journey.to("training_2")
    text = advisor.open(case).answer.text
    assert "Last step: Register taken: Training session 1, 6 October 2025 at 3pm." in advisor.words
    assert text.index(f'href="{case}/undo/"') < text.index('id="where"')
    assert "/undo/" not in assessor.open(case).answer.text


def test_what_was_taken_back_is_not_the_last_step_any_more(advisor: Visitor, journey: Journey, case: str) -> None:
    journey.nominate().book("training_1")
    fields = advisor.open(f"{case}/undo/").fields("/undo/")
    advisor.post(f"{case}/undo/", fields | {"reason": "The wrong day."})
    assert advisor.answer.location == case
    assert "Last step: Staff nominated" in advisor.follow().words


def test_whoever_reads_only_is_led_to_places_and_not_to_forms(assessor: Visitor, journey: Journey, case: str) -> None:
    journey.to("training_1")
    assert all("form=" not in href for _, href, _ in _tasks(assessor, case))
    assert "Write to the school" not in assessor.words
    journey.to("qa_visit").meet("qa_visit")
    assert any("/do/record_qa_met" in href for _, href, _ in _tasks(assessor, case))


def test_a_step_that_is_not_open_leads_to_why_not(
    advisor: Visitor, assessor: Visitor, journey: Journey, case: str
) -> None:
    journey.to("follow_up_1").book("follow_up_1")
    complete = ("Complete follow-up meeting 1", "#actions", "Cannot start yet")
    assert complete in _tasks(advisor, case)
    assert 'id="actions"' in advisor.answer.text
    assert complete in _tasks(assessor, case)


def test_at_the_end_everything_is_done(advisor: Visitor, journey: Journey, case: str) -> None:
    journey.to("recognised")
    assert {status for *_, status in _tasks(advisor, case)} == {"Done"}


def test_one_address_leads_straight_to_the_form_of_what_is_next(advisor: Visitor, journey: Journey, case: str) -> None:
    journey.to("training_1")
    assert advisor.open(f"{case}/next").answer.location == f"{case}/meeting/training_1/book"
    journey.to("follow_up_1").meet("follow_up_1", outputs="A mentoring lead in every phase.")
    assert advisor.open(f"{case}/next").answer.location == f"{case}/do/complete_follow_up_1"


def test_where_nothing_can_be_done_yet_it_leads_to_who_owes_what(advisor: Visitor, journey: Journey, case: str) -> None:
    journey.to("training_1").book("training_1")
    assert advisor.open(f"{case}/next").answer.location == f"{case}#where"
