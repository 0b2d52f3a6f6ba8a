"""A date that the calendar forbids is refused, and one that is unusual needs a yes to the reason that is shown."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.conftest import NOW
from tests.journeys import ADVISOR, Journey, close_school
from workflow.acts.act import Done, occasion, perform
from workflow.acts.bulk.jobs import start
from workflow.acts.bulk.request import BulkRequest, preview
from workflow.acts.bulk.work import run
from workflow.acts.fields import ANYTHING
from workflow.acts.registry import ACTS
from workflow.calendar.local_time import moment_of
from workflow.errors import BadInput
from workflow.store.tables.appointment import Appointment

#: Of a Wednesday in term, well ahead, in the middle of the day.
USUAL = "2025-11-12T13:00"
ODD = {
    "2025-11-15T13:00": "it is a Saturday",
    "2025-12-22T13:00": "the school is closed that day (the holidays after the autumn term)",
    "2025-11-12T07:00": "it lasts from 7am to 10am, and meetings are held from 8am to 6pm",
    "2025-11-12T16:00": "it lasts from 4pm to 7pm, and meetings are held from 8am to 6pm",
    "2025-10-09T13:00": "it is sooner than 10 school days ahead",
    "2025-10-02T13:00": "it has passed, so that this only records a meeting that took place then, and invites nobody",
}


def book(journey: Journey, when: str, act: str = "book", kind: str = "training_1", **more: Any) -> Done:
    moment = moment_of(datetime.fromisoformat(when))
    values = {"dates": [moment]} if act == "offer_dates" else {"starts_at": moment}
    with journey.store.writing() as session:
        on = occasion(session, journey.id, actor=ADVISOR, now=NOW)
        return perform(ACTS[act], on, kind=kind, **values, **more)


def reason(journey: Journey, when: str, **more: Any) -> str:
    with pytest.raises(BadInput) as refused:
        book(journey, when, **more)
    (problem,) = refused.value.problems
    assert problem.where == "anyway"
    return problem.sentence


def test_a_usual_date_is_agreed_without_a_question(named: Journey) -> None:
    assert book(named, USUAL).console == "Training session 1: the meeting is on Wednesday 12 November 2025 at 13:00."


@pytest.mark.parametrize("act", ["book", "book_catch_up", "offer_dates"])
@pytest.mark.parametrize("when", ["2025-12-25T13:00", "2026-05-04T13:00"])
def test_a_bank_holiday_is_refused_whoever_means_it(named: Journey, when: str, act: str) -> None:
    with pytest.raises(BadInput, match="is a bank holiday"):
        book(named, when, act, anyway=ANYTHING)


@pytest.mark.parametrize("place", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("when", "why"), ODD.items(), ids=ODD)
def test_what_is_unusual_is_asked_about_and_agreed_with_one_yes(named: Journey, when: str, why: str) -> None:
    told = reason(named, when)
    assert told.endswith(f"is unusual: {why}.")
    assert told in book(named, when, anyway=told).console


def test_a_yes_to_one_date_is_none_to_another(named: Journey) -> None:
    told = reason(named, "2025-11-15T13:00")
    assert reason(named, "2025-11-16T13:00", anyway=told) != told


def test_nothing_is_written_of_a_date_that_is_asked_about(named: Journey) -> None:
    reason(named, "2025-11-15T13:00")
    with named.store.reading() as session:
        assert session.get(Appointment, 1) is None


def test_a_school_that_is_closed_by_itself_is_asked_about(named: Journey) -> None:
    day = datetime.fromisoformat(USUAL).date()
    with named.store.writing() as session:
        close_school(session, day, day)
    assert "the school is closed that day (Flood)" in reason(named, USUAL)


def test_a_date_on_offer_is_asked_about_too(named: Journey) -> None:
    assert "it is a Saturday" in reason(named, "2025-11-15T13:00", act="offer_dates")


# --- the advisor's other meetings ---


def test_a_meeting_over_another_of_the_same_advisor_is_asked_about(named: Journey, other: Journey) -> None:
    book(named, USUAL)
    assert "there is Training session 1 at Polwhevral School from 13:00 to 16:00" in reason(other, "2025-11-12T15:30")
    assert "there is Training session 1" in reason(other, "2025-11-12T11:00")
    assert book(other, "2025-11-12T10:00").console


def test_a_meeting_is_no_other_than_itself_when_it_is_moved(named: Journey) -> None:
    book(named, USUAL)
    assert book(named, "2025-11-12T13:30").console


def test_one_meeting_for_many_schools_is_one_meeting(named: Journey, other: Journey) -> None:
    wish = {"kind": "training_1", "starts_at": moment_of(datetime.fromisoformat(USUAL)).isoformat()}
    both = [named.reference, other.nominate().reference]
    asked = BulkRequest("book", wish, "", ADVISOR)
    job = start(named.store, asked, both, NOW)
    assert [one.refused for one in run(named.store, job, lambda: NOW)] == [False, False]


def test_many_see_the_reason_before_they_say_yes(named: Journey) -> None:
    when = moment_of(datetime.fromisoformat("2025-11-15T13:00")).isoformat()
    asked = {"kind": "training_1", "starts_at": when}
    (refused,) = preview(named.store, BulkRequest("book", asked, "", ADVISOR), [named.reference], NOW)
    assert (refused.refused, "it is a Saturday" in refused.result) == (True, True)
    meant = BulkRequest("book", asked | {"anyway": ANYTHING}, "", ADVISOR)
    (told,) = preview(named.store, meant, [named.reference], NOW)
    assert (told.refused, "it is a Saturday" in told.result) == (False, True)


def test_there_is_no_such_time_when_the_clocks_go_forward() -> None:
    with pytest.raises(ValueError, match="clocks go forward"):
        moment_of(datetime(2026, 3, 29, 1, 30))  # noqa: DTZ001 (as the clock shows it)
    assert moment_of(datetime(2026, 3, 29, 2, 30)).hour == 1  # noqa: DTZ001
    assert moment_of(datetime(2025, 10, 26, 1, 30)) - moment_of(datetime(2025, 10, 26, 0, 30)) == timedelta(hours=1)  # noqa: DTZ001
