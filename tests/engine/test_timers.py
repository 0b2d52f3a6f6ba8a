"""Timers fire once, when they are due and still meant, however many sweep."""

from datetime import datetime, timedelta
from threading import Barrier, Thread
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from tests.journeys import Journey
from workflow import timers
from workflow.store.event import Event
from workflow.store.owed import Owed
from workflow.store.timer import ArmedTimer

_LONDON = ZoneInfo("Europe/London")


def statuses(journey: Journey) -> dict[str, str]:
    with journey.store.reading() as session:
        return {one.name: one.status for one in session.scalars(select(ArmedTimer).order_by(ArmedTimer.id))}


def test_a_timer_is_due_at_nine_in_london_on_the_fifth_school_day(journey: Journey) -> None:
    with journey.store.reading() as session:
        due = session.scalar(select(ArmedTimer.due_at).where(ArmedTimer.name == "chase-staff-list"))
    assert due is not None
    assert due.astimezone(_LONDON) == datetime(2025, 10, 13, 9, 0, tzinfo=_LONDON)


def test_nothing_fires_a_moment_early(journey: Journey) -> None:
    assert timers.sweep(journey.store, datetime(2025, 10, 13, 8, 59, 59, tzinfo=_LONDON)) == 0
    assert timers.sweep(journey.store, datetime(2025, 10, 13, 9, 0, 0, tzinfo=_LONDON)) == 1
    assert statuses(journey)["chase-staff-list"] == "fired"


def test_a_timer_owes_its_email_with_an_event_that_names_it(journey: Journey) -> None:
    timers.sweep(journey.store, journey.now + timedelta(days=8))
    with journey.store.reading() as session:
        event = session.scalars(select(Event).where(Event.name == "timer")).one()
        owed = session.scalars(select(Owed).where(Owed.seq == event.seq)).one()
    assert (event.actor, event.data) == ("system", {"timer": "chase-staff-list"})
    assert (owed.name, owed.recipient) == ("staff-list-reminder", "school_lead")


def test_a_booked_date_silences_the_reminder_about_dates(journey: Journey) -> None:
    journey.to("training_1")
    journey.book("training_1")
    timers.sweep(journey.store, journey.now + timedelta(days=30))
    assert statuses(journey)["training-1-dates-late"] == "passed"


def test_forty_school_days_without_a_staff_list_lapse_the_engagement(journey: Journey) -> None:
    timers.sweep(journey.store, journey.now + timedelta(days=120))
    assert (journey.row.stage, journey.row.standing) == ("purchase", "lapsed")
    with journey.store.reading() as session:
        assert session.scalar(select(func.count()).select_from(Owed).where(Owed.name == "lapsed")) == 1


def test_four_sweeps_at_once_settle_each_timer_once(journey: Journey) -> None:
    for number in range(2, 8):
        Journey(journey.store, journey.now).begin(order=f"SFS-{number}")
    start, settled = Barrier(4), []

    def sweep() -> None:
        start.wait()
        settled.append(timers.sweep(journey.store, journey.now + timedelta(days=8)))

    sweepers = [Thread(target=sweep) for _ in range(4)]
    for sweeper in sweepers:
        sweeper.start()
    for sweeper in sweepers:
        sweeper.join(timeout=60)
    assert sum(settled) == 7
    with journey.store.reading() as session:
        assert session.scalar(select(func.count()).select_from(Owed).where(Owed.name == "staff-list-reminder")) == 7
