"""The last step can be taken back, and everything that followed from it is put right."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from tasks.tick import pass_once
from tasks.world import World
from tests.journeys import ADVISOR, ASSESSOR, LEAD, PEOPLE, Journey
from workflow.errors import BadInput, Conflict, NotAllowed
from workflow.queries.audit import verify
from workflow.store.tables.appointment import Appointment
from workflow.store.tables.certificate import Certificate
from workflow.store.tables.event import Event
from workflow.store.tables.owed_effect import OwedEffect
from workflow.store.tables.participant import Participant
from workflow.store.tables.sent_email import SentEmail
from workflow.store.tables.timer import ArmedTimer
from workflow.usecases import appointments, participants
from workflow.usecases.undo import undo

WHY = "The wrong school was clicked."


def take_back(journey: Journey, actor: Any = LEAD) -> None:
    journey._do(undo.undo, reason=WHY, actor=actor)


def consequences(journey: Journey) -> tuple[str, ...]:
    with journey.store.reading() as session:
        return undo.preview(session, journey.id, LEAD, journey.now).consequences


def rows(journey: Journey, table: Any) -> list[Any]:
    with journey.store.reading() as session:
        return list(session.scalars(select(table).order_by(*table.__table__.primary_key)))


def statuses(journey: Journey, table: Any) -> list[str]:
    return [row.status for row in rows(journey, table)]


def armed(journey: Journey) -> dict[str, Any]:
    return {row.name: row.due_at for row in rows(journey, ArmedTimer) if row.status == "armed"}


def test_a_step_taken_back_leaves_its_history_and_drops_what_was_not_sent(journey: Journey) -> None:
    journey.to("follow_up_1").meet("follow_up_1", outputs="A plan.")
    before = armed(journey)
    journey.fire("complete_follow_up_1")
    assert consequences(journey) == (
        "The stage goes back from “Follow-up meeting 2” to “Follow-up meeting 1”.",
        "1 message not sent yet is dropped: follow up 1 complete.",
    )
    take_back(journey)
    assert (journey.stage, armed(journey)) == ("follow_up_1", before)
    assert [event.name for event in rows(journey, Event)][-2:] == ["complete_follow_up_1", "undone"]
    assert {owed.status for owed in rows(journey, OwedEffect) if owed.name == "follow-up-1-complete"} == {"dropped"}
    with journey.store.reading() as session:
        assert verify(session, journey.id).faults == ()


def test_what_was_sent_is_corrected_once_for_each_reader(journey: Journey, world: World) -> None:
    journey.to("follow_up_1").meet("follow_up_1", outputs="A plan.")
    journey.fire("complete_follow_up_1")
    pass_once(world, journey.now)
    take_back(journey)
    pass_once(world, journey.now)
    letter = rows(journey, SentEmail)[-1]
    assert letter.to_email == "jenna@polwhevral.example.org"
    assert "it said: Follow-up meeting 1 completed." in " ".join(letter.text.split())
    assert WHY in letter.text


def test_a_register_taken_back_takes_the_stage_and_the_people_back_too(journey: Journey) -> None:
    journey.to("training_1").train("training_1")
    assert journey.stage == "training_2"
    take_back(journey)
    assert (journey.stage, statuses(journey, Appointment)) == ("training_1", ["booked"])
    assert statuses(journey, Participant) == ["nominated"] * 3
    journey._do(appointments.book, "training_1", journey.now + timedelta(days=20))
    journey._do(appointments.cancel, "training_1", reason="weather")
    assert journey.stage == "training_1"


def test_somebody_who_did_not_leave_after_all_has_no_reason_for_it(journey: Journey) -> None:
    journey.to("framework")
    journey._do(participants.move, PEOPLE[0].email, "withdraw", reason="left")
    take_back(journey)
    ada = rows(journey, Participant)[0]
    assert (ada.status, ada.reason) == ("training", None)


def test_steps_are_taken_back_one_after_another_down_to_the_first(journey: Journey) -> None:
    journey.to("follow_up_2")
    steps = [event for event in rows(journey, Event) if event.caused_by is None and event.name != "outputs_recorded"]
    for _ in steps[1:]:
        take_back(journey)
    with pytest.raises(Conflict, match="There is no step to take back: the engagement is as it began"):
        take_back(journey)
    assert (journey.stage, journey.row.standing) == ("purchase", "active")
    assert set(statuses(journey, Participant)) == {"withdrawn"}


def test_certificates_are_withdrawn_and_their_owners_told(journey: Journey, world: World) -> None:
    journey.to("recognised")
    pass_once(world, journey.now)
    assert statuses(journey, Certificate) == ["issued"] * 3
    told = [line for line in consequences(journey) if "certificate" in line]
    assert len(told) == 3
    assert told[0].endswith("of Ada Pascoe is withdrawn, and Ada Pascoe is told.")
    take_back(journey)
    assert (journey.stage, journey.row.standing) == ("certification", "active")
    assert statuses(journey, Certificate) == ["revoked"] * 3
    assert statuses(journey, Participant) == ["completed"] * 3
    pass_once(world, journey.now)
    subjects = [letter.subject for letter in rows(journey, SentEmail)]
    assert subjects.count("Your certificate is no longer valid") == 3


def test_approving_again_makes_new_certificates(journey: Journey, world: World) -> None:
    journey.to("recognised")
    pass_once(world, journey.now)
    take_back(journey)
    journey.fire("approve_award", LEAD)
    pass_once(world, journey.now)
    assert statuses(journey, Certificate) == ["revoked"] * 3 + ["issued"] * 3


def test_a_date_taken_back_leaves_the_calendars_of_those_who_had_it(journey: Journey, world: World) -> None:
    journey.to("training_1")
    journey._do(appointments.book, "training_1", journey.now + timedelta(days=30))
    pass_once(world, journey.now)
    take_back(journey)
    (date,) = rows(journey, Appointment)
    assert (date.status, date.reason, date.sequence) == ("cancelled", "undone", 1)
    assert [one.recipient for one in rows(journey, OwedEffect) if one.name == "meeting-cancelled"] == [
        "school_lead",
        "participants:1",
        "participants:2",
        "participants:3",
        "advisor",
    ]


def test_a_move_taken_back_invites_everybody_to_the_first_date_again(journey: Journey) -> None:
    journey.to("training_1")
    first, second = (journey.now + timedelta(days=days) for days in (30, 60))
    journey._do(appointments.book, "training_1", first)
    journey._do(appointments.book, "training_1", second)
    take_back(journey)
    assert [(one.status, one.starts_at, one.sequence) for one in rows(journey, Appointment)] == [
        ("booked", first, 3),
        ("cancelled", second, 2),
    ]
    assert not [one for one in rows(journey, OwedEffect) if one.name == "meeting-cancelled"]
    assert rows(journey, Event)[-1].data["sequence"] == 3


def test_a_hold_taken_back_is_as_if_the_clock_had_never_stopped(journey: Journey) -> None:
    before = armed(journey)
    journey.fire("hold", note="Inspection.", values={"review_on": "2025-11-03"})
    journey.now += timedelta(days=10)
    take_back(journey)
    assert (journey.row.standing, armed(journey)) == ("active", before)


def test_a_resumption_taken_back_stops_the_clock_where_it_stood(journey: Journey) -> None:
    journey.to("framework")
    due = armed(journey)["chase-framework"]
    journey.fire("hold", note="Inspection.", values={"review_on": "2025-11-03"})
    stopped = journey.now
    journey.now += timedelta(days=10)
    journey.fire("resume")
    take_back(journey)
    assert journey.row.standing == "on_hold"
    still = [one for one in rows(journey, ArmedTimer) if one.status != "dropped"]
    ahead = [one for one in still if one.name == "chase-framework"]
    assert [(one.status, one.suspended_at, one.due_at) for one in ahead] == [("suspended", stopped, due)]


def test_a_cancellation_taken_back_while_on_hold_leaves_the_clock_stopped(journey: Journey) -> None:
    journey.to("framework")
    journey.fire("hold", note="Inspection.", values={"review_on": "2025-11-03"})
    journey.fire("cancel", LEAD, note="Closing.")
    take_back(journey)
    assert journey.row.standing == "on_hold"
    assert {one.status for one in rows(journey, ArmedTimer) if one.name == "chase-framework"} == {"suspended"}


def test_a_judgement_taken_back_counts_no_more_and_can_be_made_again(journey: Journey) -> None:
    journey.to("qa_visit").meet("qa_visit")
    journey.fire("record_qa_met", ASSESSOR)
    take_back(journey)
    assert journey.fire("record_qa_met", ASSESSOR).stage == "certification"


def test_a_name_confirmed_last_is_not_confirmed_any_more(journey: Journey) -> None:
    journey.to("certification").fire("approve_award", LEAD)
    journey.confirm_names()
    assert journey.stage == "recognised"
    take_back(journey)
    assert journey.stage == "certification"
    assert [one.name_confirmed for one in rows(journey, Participant)] == [True, True, False]


def test_it_needs_a_reason_a_role_and_something_to_take_back(journey: Journey) -> None:
    with pytest.raises(Conflict, match="There is no step to take back"):
        take_back(journey)
    journey.nominate()
    with pytest.raises(NotAllowed, match="Taking a step back is for the lead advisor or advisor; you act as assessor"):
        take_back(journey, ASSESSOR)
    with pytest.raises(BadInput, match="needs a reason"):
        journey._do(undo.undo, reason=" ", actor=ADVISOR)
    with pytest.raises(Conflict, match="has changed since you looked at it"):
        journey._do(undo.undo, reason=WHY, actor=ADVISOR, expected_version=1)


def test_somebody_whose_nomination_was_taken_back_can_be_nominated_again(journey: Journey) -> None:
    journey.nominate()
    take_back(journey)
    assert (journey.stage, statuses(journey, Participant)) == ("purchase", ["withdrawn"] * 3)
    journey.nominate(PEOPLE)
    assert (journey.stage, statuses(journey, Participant)) == ("training_1", ["nominated"] * 3)
