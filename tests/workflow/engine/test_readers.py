"""Whoever is to be at a meeting still ahead has it in their calendar, once; whoever is not to be there has not."""

from collections import defaultdict
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tasks.tick import pass_once
from tasks.world import World
from tests.journeys import LEAD, PEOPLE, Journey
from tests.workflow.engine.calendar_post import Post, post
from workflow import engine
from workflow.domain.actor import Actor
from workflow.errors import Conflict
from workflow.store.tables.appointment import Appointment
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.event import Event
from workflow.store.tables.owed_effect import OwedEffect
from workflow.usecases import advisors, appointments, participants, registers
from workflow.usecases.participants import Nominee
from workflow.usecases.undo import undo

ADA, BRYN, CARA = (person.email for person in PEOPLE)
JENNA = "jenna@polwhevral.example.org"
RIGHT = "ada.pascoe@polwhevral.example.org"


@pytest.fixture
def agreed(journey: Journey, world: World) -> Journey:
    """Training 1 has a date ahead, and everybody has the invitation."""
    journey.to("training_1")
    journey._do(appointments.book, "training_1", journey.now + timedelta(days=20))
    pass_once(world, journey.now)
    return journey


def numbers(sent: Post) -> dict[tuple[str, str], list[int]]:
    """The numbers under which each calendar got each date."""
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    for uid, (_, to, sequence) in zip(sent.uids, sent.sent, strict=True):
        found[to, uid].append(sequence)
    return found


def correct(journey: Journey, email: str, new_email: str) -> None:
    journey._do(participants.correct, email, name="Ada Pascoe", new_email=new_email)


# --- a meeting that has begun ---


def test_a_meeting_that_has_begun_is_not_cancelled_and_the_refusal_says_what_to_do(journey: Journey) -> None:
    journey.to("training_1").book("training_1")
    with pytest.raises(Conflict, match=r"has begun.*Record that it took place.*agree another date"):
        journey._do(appointments.cancel, "training_1", reason="weather")
    journey._do(appointments.book, "training_1", journey.now + timedelta(days=20))
    with journey.store.reading() as session:
        assert list(session.scalars(select(Appointment.status).order_by(Appointment.id))) == ["moved", "booked"]


def test_a_date_ahead_is_cancelled_although_another_of_its_kind_has_begun(journey: Journey) -> None:
    journey.to("training_1")
    journey._do(appointments.book, "training_1", journey.now + timedelta(days=20), purpose="catch_up")
    journey.book("training_1")
    journey._do(appointments.cancel, "training_1", reason="weather")
    with journey.store.reading() as session:
        assert list(session.scalars(select(Appointment.status).order_by(Appointment.id))) == ["cancelled", "booked"]


def test_no_calendar_gets_a_date_twice_under_one_number(agreed: Journey, world: World, maildir: Path) -> None:
    agreed._do(participants.move, ADA, "withdraw", reason="left")
    post(agreed, world, maildir)
    agreed._do(participants.move, ADA, "rejoin")
    post(agreed, world, maildir)
    agreed._do(participants.move, ADA, "withdraw", reason="left")
    post(agreed, world, maildir)
    agreed._do(appointments.cancel, "training_1", reason="weather")
    post(agreed, world, maildir)
    agreed._do(undo.undo, reason="It will take place.", actor=LEAD)
    found = numbers(post(agreed, world, maildir))
    assert all(one == sorted(set(one)) for one in found.values()), found
    (ada,) = (one for (to, _), one in found.items() if ADA in to)
    assert len(ada) == 4, "invited, taken off, invited again, taken off"


# --- one person, one message ---


@pytest.fixture
def taking_part(journey: Journey, world: World) -> Journey:
    """The school lead takes part like the others, and training 1 has a date ahead."""
    journey.nominate((*PEOPLE, Nominee("Jenna Rowe", JENNA, 1)))
    journey._do(appointments.book, "training_1", journey.now + timedelta(days=20))
    pass_once(world, journey.now)
    return journey


def test_a_school_lead_who_takes_part_gets_each_message_once(taking_part: Journey, world: World, maildir: Path) -> None:
    taking_part._do(appointments.book, "training_1", taking_part.now + timedelta(days=30))
    post(taking_part, world, maildir)
    taking_part._do(appointments.cancel, "training_1", reason="weather")
    assert post(taking_part, world, maildir).to(JENNA) == ["REQUEST", "REQUEST", "CANCEL"]


def test_the_one_message_is_the_one_to_the_person_who_takes_part(taking_part: Journey) -> None:
    with taking_part.store.reading() as session:
        told = select(OwedEffect.recipient).where(OwedEffect.name == "meeting-booked").order_by(OwedEffect.id)
        assert sorted(session.scalars(told)) == ["advisor", *(f"participants:{one}" for one in (1, 2, 3, 4))]


def test_somebody_who_takes_part_no_more_and_leads_the_school_keeps_the_date(
    taking_part: Journey, world: World, maildir: Path
) -> None:
    taking_part._do(participants.move, JENNA, "withdraw", reason="workload")
    assert post(taking_part, world, maildir).to(JENNA) == ["REQUEST"]
    taking_part._do(participants.move, JENNA, "rejoin")
    taking_part._do(appointments.cancel, "training_1", reason="weather")
    assert post(taking_part, world, maildir).to(JENNA) == ["REQUEST", "CANCEL"]


# --- whoever becomes a reader, and whoever stops being one ---


def test_a_corrected_address_gets_the_date_and_the_wrong_one_loses_it(
    agreed: Journey, world: World, maildir: Path
) -> None:
    correct(agreed, ADA, RIGHT)
    sent = post(agreed, world, maildir)
    assert (sent.to(ADA), sent.to(RIGHT), len(sent.sent)) == (["REQUEST", "CANCEL"], ["REQUEST"], 5 + 2)
    found = numbers(sent)
    assert all(one == sorted(set(one)) for one in found.values()), found
    with agreed.store.reading() as session:
        *_, corrected, told = session.scalars(select(Event).order_by(Event.seq)).all()
    assert (corrected.name, told.name, told.caused_by) == ("participant_corrected", "guests_changed", corrected.seq)


def test_an_address_corrected_back_gets_the_date_back(agreed: Journey, world: World, maildir: Path) -> None:
    correct(agreed, ADA, RIGHT)
    post(agreed, world, maildir)
    correct(agreed, RIGHT, ADA)
    sent = post(agreed, world, maildir)
    assert (sent.to(ADA), sent.to(RIGHT)) == (["REQUEST", "CANCEL", "REQUEST"], ["REQUEST", "CANCEL"])


def test_an_invitation_not_sent_yet_goes_to_the_right_address_by_itself(
    journey: Journey, world: World, maildir: Path
) -> None:
    journey.to("training_1")
    journey._do(appointments.book, "training_1", journey.now + timedelta(days=20))
    correct(journey, ADA, RIGHT)
    sent = post(journey, world, maildir)
    assert (sent.to(ADA), sent.to(RIGHT)) == ([], ["REQUEST"])


def test_an_invitation_that_could_not_be_sent_goes_to_the_corrected_address(
    journey: Journey, world: World, maildir: Path
) -> None:
    journey.to("training_1")
    journey._do(appointments.book, "training_1", journey.now + timedelta(days=20))
    with journey.store.writing() as session:
        for row in session.scalars(select(OwedEffect).where(OwedEffect.recipient == "participants:1")):
            row.status = "dead"
    pass_once(world, journey.now)
    correct(journey, ADA, RIGHT)
    sent = post(journey, world, maildir)
    assert (sent.to(ADA), sent.to(RIGHT)) == ([], ["REQUEST"])


def test_a_new_advisor_gets_the_dates_ahead_and_the_old_one_loses_them(
    agreed: Journey, world: World, maildir: Path
) -> None:
    agreed._do(advisors.hand_over, "lead_advisor@example.org", note="Ring them first.")
    sent = post(agreed, world, maildir)
    assert sent.to("<advisor@example.org>") == ["REQUEST", "CANCEL"]
    assert sent.to("<lead_advisor@example.org>") == ["REQUEST"]
    agreed._do(appointments.cancel, "training_1", reason="weather", actor=LEAD)
    sent = post(agreed, world, maildir)
    assert sent.to("<advisor@example.org>") == ["REQUEST", "CANCEL"]
    assert sent.to("<lead_advisor@example.org>") == ["REQUEST", "CANCEL"]


def test_a_catch_up_leaves_the_calendar_of_whoever_has_caught_up_before_it(
    journey: Journey, world: World, maildir: Path
) -> None:
    journey.to("training_1").book("training_1")
    journey._do(registers.take_register, "training_1", {ADA: "present"})
    journey._do(appointments.book, "training_1", journey.now + timedelta(days=20), purpose="catch_up")
    assert post(journey, world, maildir).to(BRYN) == ["REQUEST"]
    journey._do(registers.catch_up, "training_1", [BRYN])
    sent = post(journey, world, maildir)
    assert (sent.to(ADA), sent.to(BRYN), sent.to(CARA)) == ([], ["REQUEST", "CANCEL"], ["REQUEST"])


def test_a_new_school_lead_gets_the_dates_on_offer(journey: Journey, world: World) -> None:
    """However the lead's address changes: here the row is changed and something is recorded."""
    journey.to("training_1")
    journey._do(appointments.offer, "training_1", [journey.now + timedelta(days=20)])
    pass_once(world, journey.now)
    journey._do(lead_changes, "kerra@polwhevral.example.org")
    pass_once(world, journey.now)
    with journey.store.reading() as session:
        owed = session.scalars(select(OwedEffect).where(OwedEffect.name == "dates-offered")).all()
    assert [one.recipient for one in owed] == ["school_lead", "school_lead"]


def lead_changes(session: Session, engagement_id: int, email: str, *, actor: Actor, now: datetime) -> None:
    case = engine.open_case(session, engagement_id)
    session.get_one(Engagement, engagement_id).lead_email = email
    engine.record(session, case, "lead_named", actor=actor, now=now)
