"""Events vouch for rows as they are in the record, and not as somebody read them a moment ago: under the lock."""

import pytest
from sqlalchemy.orm import Session

from tests.journeys import LEAD, PEOPLE, Journey
from workflow.queries.audit import verify
from workflow.store.cases import lock_case
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.participant import Participant
from workflow.usecases import advisors
from workflow.usecases.contacts import contacts


@pytest.mark.parametrize("place", ["postgresql"], indirect=True)
def test_what_changed_between_reading_and_locking_is_covered_as_it_is(journey: Journey) -> None:
    """A page reads its engagement first. SQLite lets nobody write meanwhile."""
    with journey.store.writing() as session:
        read = session.get_one(Engagement, journey.id)
        journey._do(contacts.correct, name="Jenna Rowe", email="j.rowe@polwhevral.example.org")
        advisors.hand_over(
            session, journey.id, "lead_advisor@example.org", note="Ring first.", actor=LEAD, now=journey.now
        )
        assert read.advisor_id == LEAD.user_id
    with journey.store.reading() as session:
        assert verify(session).faults == ()


def test_a_row_that_is_changed_without_its_engagement_being_locked_is_refused(named: Journey) -> None:
    with pytest.raises(RuntimeError, match="without their lock"), named.store.writing() as session:
        session.get_one(Participant, 1).name = "Eve Lloyd"
    with named.store.reading() as session:
        assert session.get_one(Participant, 1).name == PEOPLE[0].name


def rename(session: Session, engagement_id: int, **_: object) -> None:
    lock_case(session, engagement_id)
    session.get_one(Participant, 1).name = "Eve Lloyd"


def test_a_row_that_is_changed_without_an_event_is_refused(named: Journey) -> None:
    with pytest.raises(RuntimeError, match="without an event"):
        named._do(rename)
