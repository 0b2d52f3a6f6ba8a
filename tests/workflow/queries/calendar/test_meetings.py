"""Meetings of a range of days: agreed or held, earliest first, and found without looking at every engagement."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, update

from tests.journeys import LEAD, Journey
from workflow.queries.calendar.meetings import Meeting, diaries, first_of_each_day, list_meetings
from workflow.store.tables.appointment import Appointment
from workflow.store.tables.engagement import Engagement
from workflow.usecases import advisors, appointments

FIRST, BEFORE = datetime(2025, 11, 1, tzinfo=UTC), datetime(2025, 12, 1, tzinfo=UTC)
TENTH = datetime(2025, 11, 10, 13, 30, tzinfo=UTC)


def look(journey: Journey, **asked: Any) -> list[Meeting]:
    wanted = {"advisor_id": None, "limit": 100} | asked
    with journey.store.reading() as session:
        return list_meetings(session, FIRST, BEFORE, **wanted)


def agree(journey: Journey, starts_at: datetime = TENTH, kind: str = "training_1", place: str = "County Hall") -> None:
    journey._do(appointments.book, kind, starts_at, place=place)


def second(journey: Journey) -> Journey:
    return Journey(journey.store, journey.now).begin(order="SFS-2", urn="900004").nominate()


def test_a_meeting_is_told_with_its_school_its_advisor_and_the_clock_there(named: Journey) -> None:
    agree(named)
    (found,) = look(named)
    assert (found.reference, found.title, found.school) == (named.reference, "Training session 1", "Polwhevral School")
    assert (found.clock, found.until, found.place, found.advisor) == ("1:30pm", "4:30pm", "County Hall", "The advisor")
    assert (found.status, found.starts_at, found.day.isoformat()) == ("booked", TENTH, "2025-11-10")


def test_what_is_offered_moved_or_cancelled_is_no_meeting(named: Journey) -> None:
    named._do(appointments.offer, "training_1", [TENTH])
    assert look(named) == []
    agree(named)
    agree(named, TENTH + timedelta(days=1))
    assert [one.starts_at for one in look(named)] == [TENTH + timedelta(days=1)]
    named._do(appointments.cancel, "training_1", reason="council")
    assert look(named) == []


def test_what_has_taken_place_stays_and_what_nobody_recorded_is_told_apart(named: Journey) -> None:
    agree(named)
    (found,) = look(named)
    assert not found.is_unrecorded(TENTH + timedelta(hours=3))
    assert found.is_unrecorded(TENTH + timedelta(hours=3, minutes=1))
    named.now = TENTH + timedelta(days=1)
    named._do(appointments.hold, "training_1")
    (found,) = look(named)
    assert (found.status, found.is_unrecorded(TENTH + timedelta(days=1))) == ("held", False)


def test_the_day_begins_and_ends_where_the_range_does(named: Journey) -> None:
    for moment in (FIRST - timedelta(seconds=1), BEFORE):
        agree(named, moment)
        assert look(named) == []
    for moment in (FIRST, BEFORE - timedelta(seconds=1)):
        agree(named, moment)
        assert [one.starts_at for one in look(named)] == [moment]


def test_one_advisor_sees_their_own_schools_and_everybody_all(named: Journey) -> None:
    other = second(named)
    agree(named)
    agree(other)
    other._do(advisors.hand_over, "lead_advisor@example.org", note="She knows the school.", actor=LEAD)
    assert [one.reference for one in look(named)] == [named.reference, other.reference]
    assert [one.reference for one in look(named, advisor_id=1)] == [named.reference]
    assert [one.reference for one in look(named, advisor_id=2)] == [other.reference]


def test_a_list_goes_on_where_it_left_off_also_in_the_midst_of_a_moment(named: Journey) -> None:
    others = [named, second(named), Journey(named.store, named.now).begin(order="SFS-3").nominate()]
    for one in others:
        agree(one)
    agree(others[0], TENTH + timedelta(days=3))
    seen: list[Meeting] = []
    while found := look(named, limit=1, after=seen[-1].id if seen else None):
        seen += found
    assert [one.reference for one in seen] == [one.reference for one in (others[1], others[2], others[0])]
    assert [one.id for one in seen] == [one.id for one in look(named)]


def test_a_meeting_whose_offer_is_not_there_is_told_by_what_is_known(named: Journey) -> None:
    agree(named)
    with named.store.writing() as session:
        session.execute(update(Engagement).values(offer_version="2019-09"))
    (found,) = look(named)
    assert (found.title, found.length, found.until) == ("Training 1", None, "")


def test_a_re_visit_and_a_catch_up_are_called_so(named: Journey) -> None:
    agree(named)
    for purpose, title in (
        ("catch_up", "Training session 1 (catch-up)"),
        ("re_visit", "Training session 1 (re-visit)"),
    ):
        with named.store.writing() as session:
            session.execute(update(Appointment).values(purpose=purpose))
        assert [one.title for one in look(named)] == [title]


def test_of_each_day_the_first_are_read(named: Journey) -> None:
    others = [second(named), Journey(named.store, named.now).begin(order="SFS-3", urn="900004").nominate()]
    for number, one in enumerate((named, *others)):
        agree(one, TENTH + timedelta(hours=number % 2, days=number // 2))
    days = [TENTH.replace(hour=0, minute=0) + timedelta(days=number) for number in range(4)]
    with named.store.reading() as session:
        found = {most: first_of_each_day(session, days, most) for most in (1, 2)}
    assert [one.reference for one in found[1]] == [named.reference, others[1].reference]
    assert [one.reference for one in found[2]] == [named.reference, *(one.reference for one in others)]


def test_they_are_read_in_one_query_however_many_there_are(named: Journey) -> None:
    for one in (named, second(named)):
        agree(one)
    asked: list[str] = []
    event.listen(named.store.engine, "before_cursor_execute", lambda *about: asked.append(about[2]))
    assert len(look(named)) == 2
    assert len([one for one in asked if "SELECT" in one]) == 1


@pytest.mark.parametrize("place", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("advisor_id", "index"), [(None, "appointment_starts_at"), (1, "engagement_advisor_id")])
def test_all_are_found_by_their_day_and_one_advisors_by_their_engagements(
    named: Journey, advisor_id: int | None, index: str
) -> None:
    """As SQLite does it, whatever there is; PostgreSQL decides by what it counts, and reads a small table whole."""
    asked: list[tuple[str, Any]] = []
    event.listen(named.store.engine, "before_cursor_execute", lambda *about: asked.append((about[2], about[3])))
    look(named, advisor_id=advisor_id)
    statement, values = asked[-1]
    with named.store.engine.connect() as connection:
        plan = [row.detail for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)]
    assert f"USING INDEX ix_{index} " in plan[0], plan
    assert not [one for one in plan if one.startswith("SCAN")], plan


def test_a_diary_has_what_the_advisor_and_the_school_have_and_what_waits_for_an_answer(named: Journey) -> None:
    agree(named)
    other = second(named)
    other._do(appointments.offer, "training_1", [TENTH + timedelta(days=1), TENTH + timedelta(days=2)])

    def diary() -> list[tuple[str, str]]:
        with named.store.reading() as session:
            found = diaries(session, session.get_one(Engagement, named.id), FIRST, BEFORE)
        return [(f"{one.day:%d}", one.status) for one in found]

    assert diary() == [("10", "booked"), ("11", "offered"), ("12", "offered")]
    other._do(advisors.hand_over, "lead_advisor@example.org", note="Yours now.")
    assert diary() == [("10", "booked")]
