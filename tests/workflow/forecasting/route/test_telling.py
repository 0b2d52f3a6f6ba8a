"""A route in words: for people who know each other's names, and for one participant who reads nobody else's."""

from dataclasses import replace
from datetime import date
from typing import get_args

import pytest

from tests.workflow.forecasting.route.beginnings import NOW, TODAY, WEEK, Beginning, beginning, judged, meeting, staff
from workflow.domain.facts import ApprovalFact
from workflow.forecasting.route.act import Doing, RouteAct
from workflow.forecasting.route.planner import Leg
from workflow.forecasting.route.telling import tell, tell_to

NAMES = {1: "Ada Pascoe", 2: "Bryn Tregear", 3: "Cara Nance"}
THREE = ("nominated",) * 3
CLOSED = "The register of schools says this school is closed. The advisor can find out which school takes its place."
#: From an order on 6 October: ten school days' notice for each meeting, past half term and Christmas.
WHOLE = """
06/10 school: Name 3 members of staff
06/10 council: Agree a date for Training session 1
20/10 council: Take the register of Training session 1
20/10 council: Agree a date for Training session 2
10/11 council: Take the register of Training session 2
10/11 council: Agree the phase of the staff who are named
10/11 participant: Send in the evidence: the staff who are named
10/11 council: Review the evidence of the staff who are named
10/11 council: Agree a date for Follow-up meeting 1
24/11 council: Hold Follow-up meeting 1 and write down what was agreed
24/11 council: Complete follow-up meeting 1
24/11 council: Agree a date for Follow-up meeting 2
08/12 council: Hold Follow-up meeting 2 and write down what was agreed
08/12 council: Complete follow-up meeting 2
08/12 council: Record that the school's evidence is ready for the visit
08/12 council: Agree a date for Quality assurance visit
05/01 council: Hold Quality assurance visit
05/01 council: Record that the quality assurance visit met the standard
05/01 participant: Confirm the name on the certificate: the staff who are named
05/01 council: Approve the award
"""


def told(one: Beginning, person: int | None = None, stages: int = 1) -> list[str]:
    legs = one.route(stages=stages).legs
    lines = tell(one.offer, legs, NAMES) if person is None else tell_to(one.offer, legs, person)
    return [f"{line.who}: {line.what}" for line in lines]


def test_the_whole_way_reads_as_a_list_of_who_does_what_and_when() -> None:
    one = beginning("purchase")
    lines = tell(one.offer, one.route().legs, {})
    assert [f"{line.day:%d/%m} {line.who}: {line.what}" for line in lines] == WHOLE.strip().splitlines()
    assert lines[-1].day == date(2026, 1, 5)


def test_another_offer_is_told_in_its_own_words() -> None:
    assert told(beginning("sign_up", offer="reading"), stages=9) == [
        "school: Name 1 member of staff",
        "council: Record as completed: the staff who are named",
        "council: Agree a date for the reading visit",
        "council: Hold the reading visit",
        "council: Report that reading is good here",
        "council: Agree to the mark",
    ]


@pytest.mark.parametrize("doing", get_args(Doing))
def test_everything_that_can_be_done_has_words_for_everybody(doing: Doing) -> None:
    one = beginning("training_1")
    act = RouteAct(
        doing, "council", "resume" if doing == "fire" else "training_1", people=(1, 2), count=1, sentence="A price."
    )
    leg = Leg(act, one.stage, TODAY, 0)
    for lines in (tell(one.offer, [leg], NAMES), tell_to(one.offer, [leg], 1), tell_to(one.offer, [leg], 3)):
        assert lines
        assert all(line.what and "{" not in line.what for line in lines)


def test_people_who_do_the_same_side_by_side_are_one_line_that_comes_when_all_of_them_can() -> None:
    people = (*staff("training"), *(replace(one, id=2) for one in staff("training", phase_agreed=False)))
    one = beginning("framework", participants=people)
    assert told(one) == [
        "council: Agree the phase of Bryn Tregear",
        "participant: Send in the evidence: Ada Pascoe and Bryn Tregear",
        "council: Review the evidence of Ada Pascoe and Bryn Tregear",
    ]
    assert [line.waits for line in tell(one.offer, one.route(stages=1).legs, NAMES)] == [0, 0, 1]


def test_those_who_missed_a_session_are_named_with_those_who_come_new() -> None:
    there = meeting("training_1", "registered", 1, weeks=-1)
    missed = beginning("training_1", participants=staff("training", "nominated"), appointments=(there,))
    assert told(missed) == [
        "school: Name 1 member of staff",
        "council: Hold a catch-up for Training session 1: Bryn Tregear and the staff who are named",
    ]
    assert told(missed, person=2)[1:] == [
        "council: Hold a catch-up for Training session 1 with you",
        "council: Hold a catch-up for Training session 1: 1 other",
    ]
    assert told(missed, person=1)[1:] == ["council: Hold a catch-up for Training session 1: 2 others"]


def test_what_is_chosen_written_down_confirmed_or_let_back_in() -> None:
    offered, held = meeting("training_1", "offered", weeks=3), meeting("follow_up_1", "held")
    for one, first in (
        (
            beginning("training_1", participants=staff(*THREE), appointments=(offered,)),
            "school: Choose a date for Training session 1",
        ),
        (
            beginning("follow_up_1", participants=staff("completed"), appointments=(held,)),
            "council: Write down what was agreed at Follow-up meeting 1",
        ),
        (beginning("framework", participants=staff("deferred")), "council: Let Ada Pascoe rejoin"),
        (
            beginning("framework", participants=staff("submitted")),
            "council: Record as completed: Ada Pascoe",
        ),
        (beginning("purchase", participants=staff(*THREE), school_open=False), f"council: Put right: {CLOSED}"),
    ):
        assert told(one)[0] == first


def test_a_participant_reads_of_others_only_how_many_they_are() -> None:
    people = staff("training", "training", "training", phase_agreed=False)
    assert told(beginning("framework", participants=people), person=2) == [
        "council: Agree your phase",
        "council: Agree the phase of 2 others",
        "participant: Send in your evidence",
        "participant: 2 others: send in their evidence",
        "council: Review your evidence",
        "council: Review the evidence of 2 others",
    ]
    done = beginning(
        "certification",
        participants=staff("completed", "completed"),
        appointments=(meeting("qa_visit", "held"),),
        judgements=judged("qa_visit", "met"),
        approvals=(ApprovalFact("award", 2, 8),),
    )
    assert told(done, person=2) == [
        "participant: Confirm your name on the certificate",
        "participant: 1 other: confirm the name on the certificate",
    ]


def test_a_participant_does_not_read_what_their_school_has_paid() -> None:
    unpaid = beginning("purchase", participants=staff(*THREE), price_paid=None)
    assert told(unpaid, person=1) == ["council: Put right what keeps the journey from going on"]


def test_somebody_with_nothing_of_their_own_reads_what_concerns_everybody() -> None:
    agreed = meeting("follow_up_1", "booked", weeks=2)
    one = beginning("follow_up_1", participants=staff("completed"), appointments=(agreed,))
    assert told(one, person=1) == [
        "council: Hold Follow-up meeting 1 and write down what was agreed",
        "council: Complete follow-up meeting 1",
    ]
    assert {line.day for line in tell_to(one.offer, one.route(stages=1).legs, 1)} == {(NOW + 2 * WEEK).date()}
