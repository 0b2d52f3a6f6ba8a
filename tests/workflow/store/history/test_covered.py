"""Events vouch for rows as they are in the record, and not as somebody read them a moment ago."""

import pytest

from tests.journeys import LEAD, Journey
from workflow.queries.audit import verify
from workflow.store.tables.engagement import Engagement
from workflow.usecases import advisors, purchases


@pytest.mark.parametrize("place", ["postgresql"], indirect=True)
def test_what_changed_between_reading_and_locking_is_covered_as_it_is(journey: Journey) -> None:
    """A page reads its engagement first. SQLite lets nobody write meanwhile."""
    with journey.store.writing() as session:
        read = session.get_one(Engagement, journey.id)
        journey._do(purchases.correct_contact, name="Jenna Rowe", email="j.rowe@polwhevral.example.org")
        advisors.hand_over(
            session, journey.id, "lead_advisor@example.org", note="Ring first.", actor=LEAD, now=journey.now
        )
        assert read.advisor_id == LEAD.user_id
    with journey.store.reading() as session:
        assert verify(session).faults == ()
