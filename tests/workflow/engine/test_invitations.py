"""Dates that lie ahead follow who takes part, and leave calendars when the journey ends."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from tasks.tick import pass_once
from tasks.world import World
from tests.journeys import LEAD, PEOPLE, Journey
from tests.workflow.engine.calendar_post import post
from workflow.domain.actor import SYSTEM
from workflow.queries.audit import verify
from workflow.store.tables.appointment import Appointment
from workflow.store.tables.event import Event
from workflow.store.tables.owed_effect import OwedEffect
from workflow.store.tables.sent_email import SentEmail
from workflow.usecases import appointments, participants
from workflow.usecases.elsewhere import transfers
from workflow.usecases.participants import Nominee
from workflow.usecases.undo import undo

ADA = PEOPLE[0].email
DINAH = Nominee("Dinah Kent", "dinah@polwhevral.example.org", 1)
GUESTS = 5  # three of staff, the school lead and the advisor


@pytest.fixture
def agreed(journey: Journey, world: World) -> Journey:
    """Training 1 has a date ahead, and everybody has the invitation."""
    journey.to("training_1")
    journey._do(appointments.book, "training_1", journey.now + timedelta(days=20))
    pass_once(world, journey.now)
    return journey


def status(journey: Journey) -> list[str]:
    with journey.store.reading() as session:
        return list(session.scalars(select(Appointment.status).order_by(Appointment.id)))


def test_somebody_named_after_a_date_was_agreed_is_invited_and_nobody_else_again(
    agreed: Journey, world: World, maildir: Path
) -> None:
    agreed.nominate((DINAH,))
    sent = post(agreed, world, maildir)
    assert (sent.to(DINAH.email), sent.methods) == (["REQUEST"], {"REQUEST": GUESTS + 1})


def test_somebody_who_joins_under_way_is_welcomed_once(agreed: Journey, world: World) -> None:
    agreed.nominate((DINAH,))
    agreed._do(participants.move, DINAH.email, "withdraw", reason="left")
    agreed._do(participants.move, DINAH.email, "rejoin")
    pass_once(world, agreed.now)
    with agreed.store.reading() as session:
        welcomed = session.scalars(select(OwedEffect.recipient).where(OwedEffect.name == "newcomer-welcome")).all()
        letter = session.scalars(select(SentEmail).where(SentEmail.to_email == DINAH.email)).first()
    assert welcomed == ["participants:4"]
    assert letter is not None
    assert letter.subject == "Mentoring and coaching: you are taking part at Polwhevral School"
    assert "they are at Training session 1" in letter.text
    assert "/school/person/" in letter.text, "the way to their own page"


@pytest.mark.parametrize(("verb", "reason"), [("withdraw", "left"), ("defer", "workload")])
def test_somebody_who_leaves_is_taken_off_the_date_and_invited_again_on_coming_back(
    agreed: Journey, world: World, maildir: Path, verb: str, reason: str
) -> None:
    agreed._do(participants.move, ADA, verb, reason=reason)
    assert post(agreed, world, maildir).to(ADA) == ["REQUEST", "CANCEL"]
    agreed._do(participants.move, ADA, "rejoin")
    assert post(agreed, world, maildir).to(ADA) == ["REQUEST", "CANCEL", "REQUEST"]


def test_whoever_takes_a_place_takes_the_invitation_with_it(agreed: Journey, world: World, maildir: Path) -> None:
    agreed._do(transfers.replace, ADA, DINAH)
    sent = post(agreed, world, maildir)
    assert (sent.to(ADA), sent.to(DINAH.email)) == (["REQUEST", "CANCEL"], ["REQUEST"])


def test_a_nomination_taken_back_takes_its_invitation_back(agreed: Journey, world: World, maildir: Path) -> None:
    agreed.nominate((DINAH,))
    pass_once(world, agreed.now)
    with agreed.store.reading() as session:
        told = undo.preview(session, agreed.id, LEAD, agreed.now).consequences
    assert told[0] == "Dinah Kent takes part no more."
    assert "is agreed: who takes part again is invited to it" in told[1]
    agreed._do(undo.undo, reason="The wrong person.", actor=LEAD)
    assert post(agreed, world, maildir).to(DINAH.email) == ["REQUEST", "CANCEL"]


def test_nobody_hears_the_end_of_an_invitation_that_was_never_sent(
    agreed: Journey, world: World, maildir: Path
) -> None:
    agreed.nominate((DINAH,))
    agreed._do(undo.undo, reason="The wrong person.", actor=LEAD)
    assert post(agreed, world, maildir).to(DINAH.email) == []


def test_a_date_taken_back_before_anybody_heard_of_it_is_told_to_nobody(
    journey: Journey, world: World, maildir: Path
) -> None:
    journey.to("training_1")
    pass_once(world, journey.now)
    journey._do(appointments.book, "training_1", journey.now + timedelta(days=20))
    with journey.store.reading() as session:
        told = undo.preview(session, journey.id, LEAD, journey.now).consequences
    assert [
        line
        for line in told
        if line.startswith("The date for Training session 1 on") and line.endswith(" is cancelled.")
    ]
    journey._do(undo.undo, reason="The wrong school.", actor=LEAD)
    assert post(journey, world, maildir).methods == {}
    assert status(journey) == ["cancelled"]


@pytest.mark.parametrize("verb", ["cancel", "lapse"])
def test_a_journey_that_ends_leaves_no_date_in_anybodys_calendar(
    agreed: Journey, world: World, maildir: Path, verb: str
) -> None:
    agreed.fire(verb, SYSTEM if verb == "lapse" else LEAD, note="The school has other plans." * (verb == "cancel"))
    assert status(agreed) == ["cancelled"]
    assert post(agreed, world, maildir).methods == {"REQUEST": GUESTS, "CANCEL": GUESTS}
    with agreed.store.reading() as session:
        assert verify(session, agreed.id).faults == ()


def test_an_end_that_is_taken_back_puts_the_dates_back(agreed: Journey, world: World, maildir: Path) -> None:
    agreed.fire("cancel", LEAD, note="Ordered twice.")
    pass_once(world, agreed.now)
    agreed._do(undo.undo, reason="It was the other order.", actor=LEAD)
    assert (agreed.row.standing, status(agreed)) == ("active", ["booked"])
    sent = post(agreed, world, maildir)
    assert sent.to(ADA) == ["REQUEST", "CANCEL", "REQUEST"]
    sequences = [sequence for _, to, sequence in sent.sent if ADA in to]
    assert sequences == [0, 1, 2], "calendars believe the highest number"


def test_what_has_taken_place_or_been_offered_is_treated_as_what_it_is(journey: Journey) -> None:
    journey.to("training_2").book("training_2")
    journey._do(appointments.offer, "follow_up_1", [journey.now + timedelta(days=30)])
    journey.fire("cancel", LEAD, note="The school has other plans.")
    assert status(journey) == ["registered", "booked", "cancelled"]


def test_the_history_says_why_the_invitations_went(agreed: Journey) -> None:
    agreed.nominate((DINAH,))
    with agreed.store.reading() as session:
        *_, named, told = session.scalars(select(Event).order_by(Event.seq)).all()
    found: Any = (named.name, told.name, told.caused_by, set(told.data))
    assert found == ("staff_nominated", "guests_changed", named.seq, {"appointment", "kind", "starts_at", "sequence"})
