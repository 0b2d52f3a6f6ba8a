"""A catch-up is for those who missed a meeting. The rule is the use case's, so no page or command can go round it."""

import pytest
from sqlalchemy import select

from tests.journeys import PEOPLE, Journey
from workflow.errors import Conflict
from workflow.store.tables.appointment import Attendance
from workflow.usecases import registers


@pytest.fixture
def registered(journey: Journey) -> Journey:
    """Two were present and one was not, so the register does not yet complete the session."""
    journey.to("training_1").book("training_1")
    marks = {PEOPLE[0].email: "present", PEOPLE[1].email: "present", PEOPLE[2].email: "no_show"}
    journey._do(registers.take_register, "training_1", marks)
    return journey


def marks(journey: Journey) -> list[str]:
    with journey.store.reading() as session:
        return list(session.scalars(select(Attendance.mark).order_by(Attendance.participant_id)))


def test_somebody_who_missed_it_catches_up_and_the_session_is_complete(registered: Journey) -> None:
    registered._do(registers.catch_up, "training_1", [PEOPLE[2].email])
    assert marks(registered) == ["present", "present", "caught_up"]
    assert registered.stage == "training_2"


def test_somebody_who_was_there_stays_present_and_nothing_is_written_for_the_others(registered: Journey) -> None:
    before = registered.row.version
    with pytest.raises(Conflict, match="is for those who missed Training session 1, and Ada Pascoe did not"):
        registered._do(registers.catch_up, "training_1", [PEOPLE[2].email, PEOPLE[0].email])
    assert marks(registered) == ["present", "present", "no_show"]
    assert registered.row.version == before
