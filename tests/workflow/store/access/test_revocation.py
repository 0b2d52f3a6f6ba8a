"""Links and sessions of schools and participants end with what they were given for, whoever changes it and how."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.conftest import NOW
from tests.journeys import LEAD, PEOPLE, Journey, furnish
from workflow.store.session import Store
from workflow.store.tables.access.access_letter import AccessLetter
from workflow.store.tables.access.session import WebSession
from workflow.store.tables.access.subject import Subject
from workflow.store.tables.participant import Participant
from workflow.usecases import participants
from workflow.usecases.accounts import access_letters, sessions
from workflow.usecases.accounts.access_letters import Reader
from workflow.usecases.accounts.credentials.secrets import LinkMaker
from workflow.usecases.accounts.sessions import Place
from workflow.usecases.contacts import contacts
from workflow.usecases.elsewhere import school_changes, transfers
from workflow.usecases.participants import Nominee
from workflow.usecases.undo import undo

ADA, BRYN, CARA = (one.email for one in PEOPLE)
LINKS, SOMEWHERE = LinkMaker("s" * 40), Place("Firefox on Windows", "192.0.2.0/24")
Change = Callable[[Journey, Journey], object]


@pytest.fixture
def journey(store: Store) -> Journey:
    furnish(store, NOW)
    return Journey(store, NOW).begin().to("framework")


@pytest.fixture
def other(journey: Journey) -> Journey:
    return Journey(journey.store, journey.now).begin(order="SFS-2", urn="900004")


def hand_out(journey: Journey) -> None:
    """A link and a session to the school and to everybody who takes part there."""
    with journey.store.writing() as session:
        of = Participant.engagement_id == journey.id
        whose = [Subject(participant_id=one) for one in session.scalars(select(Participant.id).where(of))]
        for one in (Subject(engagement_id=journey.id), *whose):
            reader = Reader(one, "Somebody", "somebody@example.org")
            access_letters.owe_to(session, reader, "school_link", LINKS, journey.now)
            sessions.begin(session, one, SOMEWHERE, now=journey.now, until=journey.now + timedelta(hours=12))


def left(journey: Journey, table: type[AccessLetter | WebSession]) -> set[str]:
    """Who still has one: the school, or an address at the time."""
    with journey.store.reading() as session:
        rows = session.execute(select(table.participant_id, table.engagement_id)).all()
        people = {one.id: one.name.split()[0] for one in session.scalars(select(Participant))}
    return {people[one.participant_id] if one.participant_id else f"school {one.engagement_id}" for one in rows}


def contact_corrected(journey: Journey, _other: Journey) -> None:
    journey._do(contacts.correct, name="Jenna Rowe", email="j.rowe@example.org")


def address_corrected(journey: Journey, _other: Journey) -> None:
    journey._do(participants.correct, ADA, name="Ada Pascoe", new_email="ada.pascoe@example.org")


def somebody_withdrawn(journey: Journey, _other: Journey) -> None:
    journey.withdraw(ADA, "workload")


def somebody_replaced(journey: Journey, _other: Journey) -> None:
    journey._do(transfers.replace, ADA, Nominee("Dov Rosen", "dov@example.org", 1))


def somebody_transferred(journey: Journey, other: Journey) -> None:
    journey._do(transfers.transfer, ADA, other.id, actor=LEAD)


def another_school(journey: Journey, _other: Journey) -> None:
    journey._do(school_changes.go_on_at, "900004", actor=LEAD)


def joined(journey: Journey, other: Journey) -> None:
    journey._do(school_changes.join, other.id, actor=LEAD, note="One school from September.")


@pytest.mark.parametrize(
    ("change", "without"),
    [
        (contact_corrected, {"school 1"}),
        (address_corrected, {"Ada"}),
        (somebody_withdrawn, {"Ada"}),
        (somebody_replaced, {"Ada"}),
        (somebody_transferred, {"Ada"}),
        (another_school, {"school 1"}),
        (joined, {"Ada", "Bryn", "Cara"}),
    ],
)
def test_what_somebody_may_no_longer_do_ends_at_once_and_for_nobody_else(
    journey: Journey, other: Journey, change: Change, without: set[str]
) -> None:
    hand_out(journey)
    hand_out(other)
    change(journey, other)
    for table in (AccessLetter, WebSession):
        assert left(journey, table) == {"school 1", "school 2", "Ada", "Bryn", "Cara"} - without


def test_a_name_that_is_put_right_or_a_phase_ends_nothing(journey: Journey) -> None:
    hand_out(journey)
    row = journey.row
    journey._do(contacts.correct, name="Jenna Rowe-Hale", email=row.lead_email)
    journey._do(participants.correct, ADA, name="Ada R. Pascoe", new_email=ADA)
    journey.each("submit")
    assert left(journey, WebSession) == {"school 1", "Ada", "Bryn", "Cara"}


def test_a_nomination_that_is_taken_back_ends_what_came_of_it(store: Store) -> None:
    furnish(store, NOW)
    journey = Journey(store, NOW).begin().nominate()
    hand_out(journey)
    journey._do(undo.undo, reason="Named at the wrong school.")
    assert left(journey, WebSession) == {"school 1"}


def test_what_is_rolled_back_ends_nothing(journey: Journey) -> None:
    hand_out(journey)
    with journey.store.looking() as session:
        participants.move(session, journey.id, ADA, "withdraw", reason="workload", actor=LEAD, now=journey.now)
    assert "Ada" in left(journey, WebSession)
