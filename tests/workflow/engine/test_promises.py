"""A promise is late only while it is not kept: the pages must never accuse anybody wrongly."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.conftest import NOW
from tests.journeys import ASSESSOR, PEOPLE, Journey, furnish
from tests.keys import keys
from tests.records import Originals, Place
from tests.workflow.offer.pages import PAGE, Edit, edited_offer
from workflow.calendar.local_time import day_told
from workflow.calendar.span import Span
from workflow.engine.catalogue import Catalogue, offers_of
from workflow.offer.definition import Offer
from workflow.offer.loader import Loaded
from workflow.queries.lists.engagement_list import every
from workflow.queries.lists.wanted import Wanted
from workflow.queries.open_promise import Anew, anew
from workflow.store.cases import Case, read_case
from workflow.usecases import appointments, participants


def owed(journey: Journey, after: timedelta = timedelta(0)) -> tuple[str, str, bool] | None:
    """Who owes what, and whether it is late."""
    with journey.store.reading() as session:
        (line,) = every(session, journey.now + after, Wanted())
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


@pytest.fixture
def sent_in(journey: Journey) -> Journey:
    """Everybody has sent in evidence, well in time."""
    journey.to("framework")
    journey.each("submit")
    return journey


def returned(journey: Journey) -> None:
    for person in PEOPLE:
        journey._do(participants.move, person.email, "review")
        journey._do(participants.move, person.email, "return", note="More is needed.")


def offer_of(journey: Journey) -> Offer:
    with journey.store.reading() as session:
        return offers_of(session).latest()


def case_of(journey: Journey) -> Case:
    with journey.store.reading() as session:
        return read_case(session, journey.id)


def test_the_schools_clock_starts_anew_when_the_council_took_too_long(sent_in: Journey) -> None:
    sent_in.now += timedelta(days=150)
    assert owed(sent_in) == ("council", "read the framework evidence that was sent in", True)
    returned(sent_in)
    promise = case_of(sent_in).promise
    assert promise is not None
    assert owed(sent_in) == ("school", "send in each person's framework evidence", False)
    calendar = offer_of(sent_in).calendar
    assert (promise.since, promise.due_at) == (sent_in.now, calendar.deadline(sent_in.now, Span(60, "school days")))


def test_the_page_may_say_how_long_the_new_time_is(tmp_path: Path, place: Place) -> None:
    within = 'within = "60 school days"'
    offer = edited_offer(tmp_path, Edit(PAGE, within, f'{within}, again = "15 school days"'))
    with Originals({"keys": keys, "offers": Catalogue(Loaded({offer.key: offer}))}).copy(place) as store:
        furnish(store, NOW)
        journey = Journey(store, NOW).begin().to("framework").each("submit")
        journey.now += timedelta(days=150)
        returned(journey)
        promise = case_of(journey).promise
        assert promise is not None
        assert promise.due_at == offer.calendar.deadline(journey.now, Span(15, "school days"))


def test_it_goes_on_as_it_was_when_the_council_was_in_time(sent_in: Journey) -> None:
    before = case_of(sent_in).promises[0].due_at
    sent_in.now += timedelta(days=5)
    returned(sent_in)
    promise = case_of(sent_in).promise
    assert promise is not None
    assert (promise.owner, promise.due_at) == ("school", before)


def test_a_day_that_passes_while_others_have_their_turn_makes_nobody_late(journey: Journey) -> None:
    journey.to("framework")
    due = case_of(journey).promises[0].due_at
    journey.now = due - timedelta(hours=5)
    journey.each("submit")
    journey.now += timedelta(days=4)
    returned(journey)
    assert owed(journey) == ("school", "send in each person's framework evidence", False)


def test_whoever_was_late_before_the_turn_passed_is_late_when_it_comes_back(journey: Journey) -> None:
    journey.to("framework")
    journey.now = case_of(journey).promises[0].due_at + timedelta(days=3)
    journey.each("submit")
    returned(journey)
    assert owed(journey) == ("school", "send in each person's framework evidence", True)


def test_both_clocks_are_told(sent_in: Journey) -> None:
    was = day_told(case_of(sent_in).promises[0].due_at)
    council = day_told(case_of(sent_in).promises[-1].due_at)
    sent_in.now += timedelta(days=150)
    returned(sent_in)
    case = case_of(sent_in)
    told = anew(case.promise, case.promises, offer_of(sent_in).calendar.zone)
    done = day_told(sent_in.now)
    assert told == Anew(was, "council", "read the framework evidence that was sent in", council, done)
