"""A job is taken back as a whole, where nothing has happened since."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.journeys import LEAD, Journey
from tests.workflow.acts.test_bulk import carry_out
from workflow.acts.bulk import jobs, work
from workflow.acts.bulk.request import BulkRequest, to_take_back
from workflow.acts.fields import ANYTHING
from workflow.errors import Conflict
from workflow.queries.audit import verify
from workflow.store.tables.appointment import Appointment
from workflow.usecases import appointments


@pytest.fixture
def three(journey: Journey) -> list[str]:
    """Three schools, by their references."""
    return [journey.reference, *(Journey(journey.store, journey.now).begin(order=f"T-{n}").reference for n in (2, 3))]


def booked(journey: Journey, three: list[str]) -> int:
    """A job that agrees one date for three schools, which is done."""
    for number in range(1, 4):
        Journey(journey.store, journey.now, number).nominate().to("training_1")
    starts_at = (journey.now + timedelta(days=30, hours=4)).isoformat()
    wish = BulkRequest("book", {"kind": "training_1", "starts_at": starts_at, "anyway": ANYTHING}, "", LEAD)
    job = jobs.start(journey.store, wish, three, journey.now)
    assert [line.refused for line in work.run(journey.store, job, lambda: journey.now)] == [False] * 3
    return job


def test_a_job_is_taken_back_as_a_whole_but_for_where_something_has_happened_since(
    journey: Journey, three: list[str]
) -> None:
    job = booked(journey, three)
    second = Journey(journey.store, journey.now, 2)
    second._do(appointments.cancel, "training_1", reason="school")
    with journey.store.reading() as session:
        wish, references = to_take_back(session, job, "The hall is closed.", LEAD)
    lines = carry_out(journey, wish, references)
    assert [line.refused for line in lines] == [False, True, False]
    assert lines[0].result == "“Date agreed: Training session 1” is taken back"
    assert "has happened there since. Take that back first" in lines[1].result
    with journey.store.reading() as session:
        states = dict(session.execute(select(Appointment.engagement_id, Appointment.status)).all())
        assert verify(session).faults == ()
    assert states == {1: "cancelled", 2: "cancelled", 3: "cancelled"}
    again = carry_out(journey, wish, references)
    assert [line.refused for line in again] == [True] * 3


def test_what_did_nothing_cannot_be_taken_back(journey: Journey, three: list[str]) -> None:
    wish = BulkRequest("book", {"kind": "training_1", "starts_at": journey.now.isoformat()}, "", LEAD)
    job = jobs.start(journey.store, wish, three[:1], journey.now)
    with journey.store.reading() as session, pytest.raises(Conflict, match="has done nothing"):
        to_take_back(session, job, "Why not.", LEAD)
