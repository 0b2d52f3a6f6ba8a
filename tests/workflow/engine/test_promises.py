"""A promise is late only while it is not kept: the pages must never accuse anybody wrongly."""

from datetime import timedelta

from tests.journeys import ASSESSOR, Journey
from workflow.queries.engagement_list import list_engagements
from workflow.usecases import appointments


def owed(journey: Journey, after: timedelta = timedelta(0)) -> tuple[str, str, bool] | None:
    """Who owes what, and whether it is late."""
    with journey.store.reading() as session:
        (line,) = list_engagements(session, journey.now + after)
    return (line.promise.owner, line.promise.to, line.promise.late) if line.promise else None


def test_dates_are_owed_and_become_late_after_ten_council_days(journey: Journey) -> None:
    journey.to("training_1")
    assert owed(journey) == ("council", "offer dates for training session 1", False)
    assert owed(journey, timedelta(days=15)) == ("council", "offer dates for training session 1", True)


def test_dates_that_are_offered_are_the_schools_to_choose_from_until_the_first_has_come(journey: Journey) -> None:
    journey.to("training_1")
    journey.now += timedelta(days=30)
    dates = [journey.now + timedelta(days=days) for days in (14, 21)]
    journey._do(appointments.offer, "training_1", dates)
    assert owed(journey) == ("school", "choose a date for training session 1", False)
    assert owed(journey, timedelta(days=15)) == ("school", "choose a date for training session 1", True)


def test_an_agreed_date_keeps_that_promise_and_the_meeting_is_owed_on_its_day(journey: Journey) -> None:
    journey.to("training_1")
    journey.now += timedelta(days=30)
    journey.book("training_1")
    assert owed(journey) == ("council", "hold training session 1", False)
    assert owed(journey, timedelta(days=1)) == ("council", "hold training session 1", True)


def test_a_held_meeting_owes_its_register_by_the_next_council_day(journey: Journey) -> None:
    journey.to("training_1").meet("training_1")
    assert owed(journey) == ("council", "take the register of training session 1", False)
    assert owed(journey, timedelta(days=5)) == ("council", "take the register of training session 1", True)


def test_a_judgement_of_not_yet_met_owes_dates_for_another_visit(journey: Journey) -> None:
    journey.to("qa_visit").meet("qa_visit")
    assert owed(journey) == ("council", "tell you the result of the quality assurance visit", False)
    journey.plan().fire("require_action", ASSESSOR, note="Write the policy down.")
    assert owed(journey) == ("council", "offer dates for the quality assurance visit", False)


def test_nobody_owes_anything_while_on_hold_or_in_the_end(journey: Journey) -> None:
    journey.fire("hold", note="Inspection.", values={"review_on": "2025-11-03"})
    assert owed(journey) is None
    journey.fire("resume")
    journey.to("recognised")
    assert owed(journey) is None
