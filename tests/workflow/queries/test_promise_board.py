"""The promises board: each engagement under way waits for exactly one owner, and lateness is counted in their days."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, event, func, select, update

from tests.conftest import NOW
from tests.journeys import ASSESSOR, LEAD, PEOPLE, Journey
from workflow.queries.promise_board import Board, Place, Waiting, board
from workflow.store.tables.appointment import OfferedDate
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.promise import PromiseRow
from workflow.store.tables.school import School, SchoolDate
from workflow.usecases import advisors, appointments, participants, registers


def look(journey: Journey, now: datetime | None = None, **asked: Any) -> Board:
    with journey.store.reading() as session:
        return board(session, now or journey.now, **asked)


def line(journey: Journey, now: datetime | None = None) -> Waiting:
    """The line of this engagement, which must be the only one about it."""
    (found,) = (one for one in look(journey, now).lines if one.reference == journey.reference)
    return found


def noon(month: int, day: int, year: int = 2025) -> datetime:
    return datetime(year, month, day, 12, tzinfo=UTC)


# --- whose move it is ---


def test_a_line_tells_who_owes_what_since_when_and_by_when(journey: Journey) -> None:
    found = line(journey)
    assert (found.reference, found.school, found.town) == (journey.reference, "Polwhevral School", "Nanskerris")
    assert (found.owner, found.what, found.advisor) == ("school", "name at least three staff", "The advisor")
    assert (found.since, found.due_at) == (NOW, datetime(2025, 10, 20, 22, 59, 59, tzinfo=UTC))
    assert (found.late, found.days_late, found.lateness) == (False, 0, "In time")


def close_for_a_flood(journey: Journey, urn: str) -> None:
    """From Tuesday 21 to Thursday 23 October 2025."""
    with journey.store.writing() as session:
        session.add(
            SchoolDate(urn=urn, kind="closed", title="Flood", first=date(2025, 10, 21), last=date(2025, 10, 23))
        )
        session.execute(update(School).where(School.urn == urn).values(dates_version=1))


def test_the_board_is_read_in_one_query_and_the_schools_own_dates_in_another(journey: Journey) -> None:
    Journey(journey.store, NOW).begin(order="SFS-2", urn="900004")
    asked: list[str] = []
    event.listen(journey.store.engine, "before_cursor_execute", lambda *about: asked.append(about[2]))
    assert [one.days_late for one in look(journey, noon(11, 3)).lines] == [5, 5]
    assert sum("SELECT" in one for one in asked) == 1
    for urn in ("900001", "900004"):
        close_for_a_flood(journey, urn)
    asked.clear()
    assert [one.days_late for one in look(journey, noon(11, 3)).lines] == [2, 2]
    assert sum("SELECT" in one for one in asked) == 2


def test_whoever_rests_or_has_ended_is_not_on_the_board(journey: Journey) -> None:
    journey.fire("hold", note="Inspection.", values={"review_on": "2025-11-03"})
    assert look(journey) == Board((), ())
    journey.fire("resume")
    assert line(journey).owner == "school"
    journey.fire("lapse", LEAD)
    assert look(journey) == Board((), ())


def test_one_that_stands_nowhere_keeps_no_other_from_being_told(journey: Journey) -> None:
    other = Journey(journey.store, NOW).begin(order="SFS-2", urn="900004")
    with journey.store.writing() as session:
        session.execute(update(Engagement).where(Engagement.id == other.id).values(stage="nowhere"))
    found = look(journey)
    assert ([one.reference for one in found.lines], [one.reference for one in found.out_of_use]) == (
        [journey.reference],
        [other.reference],
    )


# --- how late ---


def test_a_school_is_late_by_school_days_and_the_council_by_council_days(journey: Journey) -> None:
    assert line(journey, noon(11, 3)).lateness == "5 school days late"
    journey.nominate()
    found = line(journey, noon(11, 3))
    assert (found.owner, found.due_at.date(), found.lateness) == ("council", date(2025, 10, 20), "10 council days late")


def test_it_is_late_from_the_first_moment_after_its_last_day(journey: Journey) -> None:
    due = line(journey).due_at
    assert not line(journey, due).late
    assert line(journey, due + timedelta(seconds=1)).lateness == "1 school day late"


def test_days_on_which_nobody_is_at_school_do_not_count_as_late(journey: Journey) -> None:
    friday = Journey(journey.store, noon(10, 10)).begin(order="SFS-2")
    assert line(friday).due_at.date() == date(2025, 10, 24)
    found = line(friday, noon(10, 29))
    assert (found.late, found.days_late, found.lateness) == (True, 0, "Late")
    assert line(friday, noon(11, 3)).lateness == "1 school day late"


def test_a_school_that_keeps_other_dates_is_late_by_its_own(journey: Journey) -> None:
    Journey(journey.store, NOW).begin(order="SFS-2", urn="900004")
    close_for_a_flood(journey, "900001")
    assert line(journey, noon(11, 3)).lateness == "2 school days late"
    assert [one.days_late for one in look(journey, noon(11, 3)).lines] == [5, 2]


def test_what_is_most_days_late_comes_first_and_then_what_is_due_first(journey: Journey) -> None:
    later = [Journey(journey.store, noon(10, day)).begin(order=f"SFS-{day}") for day in (8, 7, 21, 20)]
    eighth, seventh, last, last_but_one = (one.reference for one in later)
    found = look(journey, noon(10, 24))
    assert [one.reference for one in found.lines] == [journey.reference, seventh, eighth, last_but_one, last]
    assert [one.days_late for one in found.lines] == [4, 3, 2, 0, 0]


# --- narrowed ---


def test_it_is_narrowed_to_one_owner(named: Journey, other: Journey) -> None:
    for owner, journey in (("council", named), ("school", other)):
        assert [one.reference for one in look(other, owner=owner).lines] == [journey.reference]
        assert look(other).owed_by(owner) == look(other, owner=owner).lines


def test_it_is_narrowed_to_the_engagements_of_one_advisor(named: Journey, other: Journey) -> None:
    named._do(advisors.hand_over, "lead_advisor@example.org", note="She knows the school.", actor=LEAD)
    assert [one.reference for one in look(named, advisor_id=2).lines] == [named.reference]
    assert [one.reference for one in look(named, advisor_id=1).lines] == [other.reference]
    assert look(named, advisor_id=3) == Board((), ())


def test_it_is_narrowed_to_what_is_late(journey: Journey) -> None:
    Journey(journey.store, noon(10, 21)).begin(order="SFS-2")
    due = line(journey).due_at
    assert look(journey, due, late_only=True).lines == ()
    (late,) = look(journey, due + timedelta(seconds=1), late_only=True).lines
    assert late.reference == journey.reference


# --- exactly one owner ---


@pytest.mark.parametrize("asked", [{}, {"owner": "council"}, {"late_only": True}, {"advisor_id": 1}], ids=str)
def test_whoever_waits_for_nobody_is_told_whatever_is_asked_for(journey: Journey, asked: dict[str, Any]) -> None:
    with journey.store.writing() as session:
        session.execute(delete(PromiseRow))
    found = look(journey, **asked)
    about = (journey.reference, "Polwhevral School", "Nanskerris", "purchase", "Purchase", "The advisor")
    assert found == Board((), (Place(*about),))


class Watched(Journey):
    """After every step somebody owes the next move, and nobody else does. Remembers whose turn came, and for what."""

    def watch(self) -> "Watched":
        self.turns: list[tuple[str, str]] = []
        self.look()
        return self

    def _do(self, act: Any, *args: Any, **more: Any) -> Any:
        done = super()._do(act, *args, **more)
        self.look()
        return done

    def look(self) -> None:
        found = look(self)
        with self.store.reading() as session:
            opened = select(func.count()).where(PromiseRow.engagement_id == self.id, PromiseRow.status == "open")
            number = session.scalar(opened)
        assert number == len(found.lines) == (self.row.standing == "active"), self.turns
        assert found.ownerless == ()
        for one in found.lines:
            if (one.owner, one.what) not in self.turns[-1:]:
                self.turns.append((one.owner, one.what))

    def choose(self, kind: str) -> None:
        """The council offers two dates and the school takes the second."""
        days = [self.now + timedelta(days=days) for days in (7, 8)]
        self._do(appointments.offer, kind, days)
        with self.store.reading() as session:
            chosen = session.scalar(select(func.max(OfferedDate.id)))
        self._do(appointments.accept, chosen)
        self.now = days[1]


@pytest.fixture
def watched(journey: Journey) -> Watched:
    return Watched(journey.store, journey.now, journey.id, journey.reference).watch()


def meeting(title: str) -> list[tuple[str, str]]:
    return [
        ("council", f"offer dates for {title}"),
        ("school", f"choose a date for {title}"),
        ("council", f"hold {title}"),
    ]


def test_every_step_of_a_whole_journey_has_exactly_one_owner(watched: Watched) -> None:
    for person in PEOPLE:
        watched.nominate((person,))
    for kind in ("training_1", "training_2"):
        watched.choose(kind)
        watched._do(appointments.hold, kind)
        watched._do(registers.take_register, kind, {person.email: "present" for person in PEOPLE})
    watched.each("submit").each("review")
    for person in PEOPLE:
        watched._do(participants.move, person.email, "return", note="More is needed.")
    watched.each("submit").each("review").each("complete")
    for kind in ("follow_up_1", "follow_up_2"):
        watched.choose(kind)
        watched._do(appointments.hold, kind, outputs="A mentoring lead in every phase.")
        watched.fire(f"complete_{kind}")
    watched.fire("check_evidence")
    watched.choose("qa_visit")
    watched._do(appointments.hold, "qa_visit")
    watched.fire("record_qa_met", ASSESSOR)
    watched.confirm_names().fire("approve_award", LEAD)
    assert watched.row.standing == "completed"
    visit, result = meeting("the quality assurance visit"), "tell you the result of the quality assurance visit"
    assert watched.turns == [
        ("school", "name at least three staff"),
        *(turn for number in (1, 2) for turn in (
            *meeting(f"training session {number}"), ("council", f"take the register of training session {number}"))),
        ("school", "send in each person's framework evidence"),
        ("council", "read the framework evidence that was sent in"),
        ("school", "send in each person's framework evidence"),
        ("council", "read the framework evidence that was sent in"),
        *(turn for number in (1, 2) for turn in (
            *meeting(f"follow-up meeting {number}"),
            ("council", f"write down what was agreed and complete follow-up meeting {number}"))),
        *visit, ("council", result),
        ("school", "confirm the names for the certificates"),
        ("council", "approve the award and send the certificates"),
    ]  # fmt: skip


def test_detours_leave_no_step_without_an_owner(watched: Watched) -> None:
    watched.to("training_1")
    watched._do(appointments.book, "training_1", watched.now + timedelta(days=1))
    watched._do(appointments.cancel, "training_1", reason="weather")
    watched.choose("training_1")
    marks = {PEOPLE[0].email: "present", PEOPLE[1].email: "present", PEOPLE[2].email: "no_show"}
    watched._do(registers.take_register, "training_1", marks)
    watched._do(registers.catch_up, "training_1", [PEOPLE[2].email])
    watched.fire("hold", note="Inspection.", values={"review_on": "2025-11-03"})
    watched.fire("resume")
    watched.to("framework")
    for person, verb, reason in zip(PEOPLE, ("defer", "withdraw", "complete"), ("workload", "left", None), strict=True):
        watched._do(participants.move, person.email, verb, reason=reason)
    watched.to("qa_visit").meet("qa_visit")
    watched.fire("defer_qa", ASSESSOR, note="The head was away.")
    watched.meet("qa_visit").plan().fire("require_action", ASSESSOR, note="Write the policy down.")
    watched.fire("lapse", LEAD)
    watched.fire("reopen", LEAD, note="They went on.")
    watched.to("recognised")


def test_a_promise_goes_on_after_a_pause_and_keeps_the_day_its_turn_came(journey: Journey) -> None:
    journey.now = noon(10, 14)
    journey.fire("hold", note="Inspection.", values={"review_on": "2025-11-03"})
    journey.now = noon(11, 10)
    journey.fire("resume")
    assert (line(journey).since, line(journey).due_at.date()) == (NOW, date(2025, 11, 14))
