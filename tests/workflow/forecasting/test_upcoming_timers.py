"""The flight plan says what time will do, when and why, and it comes true."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from tests.journeys import ADVISOR, Journey
from workflow.forecasting.upcoming_timers import UpcomingTimer
from workflow.queries.engagement_view import view_case
from workflow.scheduling import due_timers
from workflow.store.tables.timer import ArmedTimer
from workflow.usecases import appointments

_LONDON = ZoneInfo("Europe/London")


def plan(journey: Journey) -> tuple[UpcomingTimer, ...]:
    with journey.store.reading() as session:
        return view_case(session, journey.id, ADVISOR, journey.now).coming


def test_what_will_happen_is_told_with_its_reader_and_its_reason(journey: Journey) -> None:
    told = plan(journey)
    assert [one.does for one in told] == [
        "“due soon” goes to the school lead",
        "“due soon” goes to the school lead",
        "“overdue” goes to the school lead",
        "“overdue” goes to the school lead",
        "“overdue” goes to the school lead",
        "“please phone” goes to the advisor",
        "“lapse warning” goes to the school lead",
        "“Let it lapse” happens",
    ]
    assert told[3].why == (
        "Monday 3 November 2025: 5 school days after 20 October, skipping half term 27 to 31 October"
    )


def test_the_plan_comes_true(journey: Journey) -> None:
    told = plan(journey)
    for flight in told:
        due_timers.sweep(journey.store, flight.at)
    with journey.store.reading() as session:
        fired = session.scalars(
            select(ArmedTimer).where(ArmedTimer.status == "fired").order_by(ArmedTimer.due_at)
        ).all()
    assert [(one.name, one.settled_at) for one in fired] == [(one.timer, one.at) for one in told]
    assert plan(journey) == ()


def test_a_meeting_is_in_the_plan_and_leaves_it_with_its_date(journey: Journey) -> None:
    journey.to("training_1")
    journey._do(appointments.book, "training_1", datetime(2025, 11, 19, 13, tzinfo=_LONDON))
    about = [one for one in plan(journey) if one.timer.startswith("meeting")]
    assert {one.does for one in about} == {"“meeting soon” goes to the school lead, the staff and the advisor"}
    journey._do(appointments.cancel, "training_1", reason="weather")
    assert not [one for one in plan(journey) if one.timer.startswith("meeting")]


def test_while_the_clock_is_paused_only_thanks_for_meetings_have_a_day(journey: Journey) -> None:
    journey.to("framework")
    journey.fire("hold", note="Inspection.", values={"review_on": "2025-11-03"})
    assert {(one.timer, one.stopped) for one in plan(journey)} == {("thank-you", False), ("chase-framework", True)}


def test_what_is_due_and_not_swept_yet_is_told_for_now(journey: Journey) -> None:
    journey.now += timedelta(days=8)
    assert plan(journey)[0].at == journey.now
