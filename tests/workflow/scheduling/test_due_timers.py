"""Timers fire once, when they are due and still meant, however many sweep."""

from datetime import datetime, timedelta
from threading import Barrier, Thread
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from tests.journeys import LEAD, Journey
from workflow.scheduling import due_timers
from workflow.store.tables.event import Event
from workflow.store.tables.owed_effect import OwedEffect
from workflow.store.tables.timer import ArmedTimer
from workflow.usecases import appointments

_LONDON = ZoneInfo("Europe/London")
#: The engagement begins on Monday 6 October 2025, and the school's list is due ten school days later, on 20 October.
CADENCE = {
    "school-due-in-five": datetime(2025, 10, 13, 9, tzinfo=_LONDON),
    "school-due-in-two": datetime(2025, 10, 16, 9, tzinfo=_LONDON),
    "school-overdue": datetime(2025, 10, 21, 9, tzinfo=_LONDON),
    "school-still-overdue": datetime(2025, 11, 3, 9, tzinfo=_LONDON),
    "head-told": datetime(2025, 11, 10, 9, tzinfo=_LONDON),
    "phone-the-school": datetime(2025, 11, 17, 9, tzinfo=_LONDON),
    "warn-of-lapse": datetime(2025, 12, 1, 9, tzinfo=_LONDON),
    "lapse-unanswered": datetime(2026, 1, 5, 9, tzinfo=_LONDON),
}


def rows(journey: Journey) -> list[ArmedTimer]:
    with journey.store.reading() as session:
        return list(session.scalars(select(ArmedTimer).order_by(ArmedTimer.id)))


def statuses(journey: Journey) -> dict[str, str]:
    return {one.name: one.status for one in rows(journey)}


def sweep(journey: Journey, now: datetime) -> int:
    return due_timers.sweep(journey.store, now)


def owed(journey: Journey, name: str) -> list[str]:
    """To whom this email is owed."""
    with journey.store.reading() as session:
        return list(
            session.scalars(select(OwedEffect.recipient).where(OwedEffect.name == name).order_by(OwedEffect.id))
        )


def test_a_school_is_reminded_warned_and_lapsed_in_its_own_school_days(journey: Journey) -> None:
    assert {one.name: one.due_at for one in rows(journey)} == CADENCE


@pytest.mark.parametrize("name", CADENCE)
def test_nothing_fires_a_moment_early(journey: Journey, name: str) -> None:
    before = len([one for one in CADENCE.values() if one < CADENCE[name]])
    assert sweep(journey, CADENCE[name] - timedelta(seconds=1)) == before
    assert statuses(journey)[name] == "armed"
    assert sweep(journey, CADENCE[name]) == 1
    assert statuses(journey)[name] == "fired"


def test_a_timer_owes_its_email_with_an_event_that_names_it(journey: Journey) -> None:
    sweep(journey, journey.now + timedelta(days=8))
    with journey.store.reading() as session:
        event = session.scalars(select(Event).where(Event.name == "timer")).one()
        letter = session.scalars(select(OwedEffect).where(OwedEffect.seq == event.seq)).one()
    assert (event.actor, event.data) == ("system", {"timer": "school-due-in-five"})
    assert (letter.name, letter.recipient) == ("due-soon", "school_lead")


def test_what_is_done_in_time_is_not_chased(journey: Journey) -> None:
    journey.to("training_1")
    assert {one.status for one in rows(journey) if one.stage == "purchase"} == {"dropped"}


def test_dates_that_are_offered_turn_the_chase_round(journey: Journey) -> None:
    """The council is late with its dates; once they are offered, it is the school that has to choose."""
    journey.to("training_1")
    sweep(journey, journey.now + timedelta(days=16))
    assert owed(journey, "we-are-late") == ["advisor"]
    journey.now += timedelta(days=16)
    journey._do(appointments.offer, "training_1", [journey.now + timedelta(days=30)])
    armed = [one.name for one in rows(journey) if one.status == "armed"]
    assert armed == list(CADENCE)


def test_what_the_council_owes_is_said_again_and_then_to_the_lead_advisor(journey: Journey) -> None:
    journey.to("training_1")
    for day in range(60):
        sweep(journey, journey.now + timedelta(days=day))
    told = owed(journey, "we-are-late")
    assert told[:3] == ["advisor", "advisor", "lead_advisor:2"]
    assert told.count("lead_advisor:2") == 1
    assert len(told) == 8, "after 1, 6, 11, 16, 21, 26 and 31 council days, and once to the lead advisor"


def test_the_head_is_told_where_there_is_one_and_else_the_lead_hears_again(journey: Journey) -> None:
    sweep(journey, CADENCE["head-told"])
    assert owed(journey, "overdue") == ["school_lead", "school_lead", "school_lead"]


def test_forty_school_days_without_an_answer_lapse_the_engagement(journey: Journey) -> None:
    sweep(journey, journey.now + timedelta(days=120))
    assert (journey.row.stage, journey.row.standing) == ("purchase", "lapsed")
    assert owed(journey, "lapsed") == ["school_lead"]


def test_a_meeting_is_announced_twice_to_everybody_invited_and_thanked_for(journey: Journey) -> None:
    journey.to("training_1")
    journey._do(appointments.book, "training_1", datetime(2025, 11, 19, 13, tzinfo=_LONDON))
    about = {one.name: one.due_at.astimezone(_LONDON) for one in rows(journey) if one.about.startswith("meeting")}
    assert about == {
        "meeting-in-ten": datetime(2025, 11, 5, 9, tzinfo=_LONDON),
        "meeting-in-two": datetime(2025, 11, 17, 9, tzinfo=_LONDON),
    }
    sweep(journey, about["meeting-in-two"])
    invited = ["school_lead", "participants:1", "participants:2", "participants:3", "advisor"]
    assert sorted(owed(journey, "meeting-soon")) == sorted(invited * 2)


def test_a_meeting_that_moves_takes_its_timers_with_it_and_one_that_is_off_has_none(journey: Journey) -> None:
    journey.to("training_1")
    for day in (19, 26):
        journey._do(appointments.book, "training_1", datetime(2025, 11, day, 13, tzinfo=_LONDON))
    armed = [one for one in rows(journey) if one.about.startswith("meeting") and one.status == "armed"]
    assert [one.due_at.astimezone(_LONDON).day for one in armed] == [12, 24]
    journey._do(appointments.cancel, "training_1", reason="weather")
    assert not [one for one in rows(journey) if one.about.startswith("meeting") and one.status == "armed"]


def test_thanks_go_to_the_lead_and_to_those_who_were_there(journey: Journey) -> None:
    journey.to("training_1").train("training_1")
    (thanks,) = [one for one in rows(journey) if one.name == "thank-you"]
    sweep(journey, thanks.due_at)
    assert owed(journey, "thank-you") == ["school_lead", "attended:1", "attended:2", "attended:3"]


def test_a_pause_keeps_the_school_days_that_were_left(journey: Journey) -> None:
    """Held on the fourth school day and resumed after half term: six of its ten school days are left."""
    journey.now = datetime(2025, 10, 10, 10, tzinfo=_LONDON)
    journey.fire("hold", note="Inspection.", values={"review_on": "2025-11-03"})
    assert sweep(journey, journey.now + timedelta(days=60)) == 0
    journey.now = datetime(2025, 11, 10, 10, tzinfo=_LONDON)
    journey.fire("resume")
    armed = {one.name: one.due_at.astimezone(_LONDON) for one in rows(journey) if one.status == "armed"}
    assert armed["school-due-in-two"] == datetime(2025, 11, 14, 9, tzinfo=_LONDON)
    assert armed["school-overdue"] == datetime(2025, 11, 19, 9, tzinfo=_LONDON)


def test_an_order_reopened_is_given_its_days_anew(journey: Journey) -> None:
    sweep(journey, journey.now + timedelta(days=120))
    journey.now = datetime(2026, 2, 2, 10, tzinfo=_LONDON)
    journey.fire("reopen", LEAD, note="The school is back.")
    armed = {one.name: one.due_at.astimezone(_LONDON) for one in rows(journey) if one.status == "armed"}
    assert set(armed) == set(CADENCE)
    assert armed["school-overdue"] == datetime(2026, 2, 24, 9, tzinfo=_LONDON)


def test_four_sweeps_at_once_settle_each_timer_once(journey: Journey) -> None:
    for number in range(2, 8):
        Journey(journey.store, journey.now).begin(order=f"SFS-{number}")
    start, settled = Barrier(4), []

    def run() -> None:
        start.wait()
        settled.append(sweep(journey, journey.now + timedelta(days=8)))

    sweepers = [Thread(target=run) for _ in range(4)]
    for sweeper in sweepers:
        sweeper.start()
    for sweeper in sweepers:
        sweeper.join(timeout=60)
    with journey.store.reading() as session:
        assert session.scalar(select(func.count()).select_from(OwedEffect).where(OwedEffect.name == "due-soon")) == 7
    assert sum(settled) == 7
