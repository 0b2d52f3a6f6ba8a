"""Dates offered to a school, chosen by it, and called off."""

from datetime import timedelta
from typing import Any

from tests.journeys import PEOPLE, Journey
from tests.web.conftest import Clock
from tests.web.guests import let_in
from tests.web.visitor import Visitor
from workflow.store.tables.appointment import Appointment
from workflow.usecases import registers

FIRST = {"date1-day": "3", "date1-month": "11", "date1-year": "2025", "time1": "2pm"}
SECOND = {"date2-day": "4", "date2-month": "11", "date2-year": "2025", "time2": "9:30am"}


def _send(visitor: Visitor, case: str, form: str, **typed: str) -> Visitor:
    path = f"{case}/meeting/{form}"
    page = path if form.endswith(("register", "/book", "/offer", "/catch-up-date")) else f"{case}/meetings"
    return visitor.post(path, visitor.open(page).fields(f'action="{path}"') | typed)


def _dates(journey: Journey) -> list[Any]:
    with journey.store.reading() as session:
        return [(one.status, one.reason) for one in session.query(Appointment).order_by(Appointment.id)]


def _ready(journey: Journey, clock: Clock, visitor: Visitor) -> None:
    journey.to("training_1")
    clock.now = journey.now
    visitor.sign_in("advisor.web@example.org")


def test_dates_are_offered_shown_and_chosen_by_the_school(
    advisor: Visitor, anybody: Visitor, journey: Journey, case: str, clock: Clock
) -> None:
    _ready(journey, clock, advisor)
    _send(advisor, case, "training_1/offer", **FIRST, **SECOND, place="School hall")
    words = advisor.follow().words
    assert "Success 2 dates for Training session 1 offered to the school." in words
    for said in ("3 November 2025 at 2pm", "4 November 2025 at 9:30am", "School hall", "Dates offered by the council"):
        assert said in words
    school = let_in(anybody, journey.reference)
    fields = anybody.open(f"{school}/dates").fields("choose-date")
    assert "Where: School hall" in anybody.words
    assert anybody.post(f"{school}/choose-date", fields | {"offered": "2"}).answer.status_code == 303
    assert "Training session 1: the meeting is on Tuesday 4 November 2025 at 9:30am." in anybody.follow().words
    assert "4 November 2025 at 9:30am, School hall" in anybody.words


def test_the_first_date_is_needed_and_each_mistake_stands_at_its_field(
    advisor: Visitor, journey: Journey, case: str, clock: Clock
) -> None:
    _ready(journey, clock, advisor)
    _send(advisor, case, "training_1/offer", **SECOND | {"time2": "half nine"})
    assert advisor.answer.status_code == 422
    text = advisor.answer.text
    assert 'href="#offer-training_1-date1-day">Enter the first date<' in text
    assert 'href="#offer-training_1-time1">Enter the time it starts<' in text
    assert 'href="#offer-training_1-time2">Enter a real time, such as 14:00 or 2pm<' in text
    assert "date3" not in text.partition('class="govuk-error-summary"')[2].partition("</ul>")[0]
    _send(advisor, case, "training_1/offer", **FIRST | {"date1-year": "2024"})
    assert "A date that is offered must lie ahead. Choose later dates." in advisor.words
    assert _dates(journey) == []


def test_a_date_is_called_off_with_a_reason(advisor: Visitor, journey: Journey, case: str, clock: Clock) -> None:
    _ready(journey, clock, advisor)
    _send(advisor, case, "training_1/offer", **FIRST)
    assert "it was entered by mistake" not in advisor.follow().words, "only an undo says so"
    _send(advisor, case, "training_1/cancel")
    assert 'href="#cancel-training_1-reason">Choose the reason<' in advisor.answer.text
    _send(advisor, case, "training_1/cancel", reason="weather", note="A foot of snow")
    words = advisor.follow().words
    assert "Success The date for Training session 1 is cancelled." in words
    assert "the school was closed by the weather" in words
    assert _dates(journey) == [("cancelled", "weather")]


def test_those_who_missed_a_meeting_get_a_date_of_their_own_and_its_register_asks_about_them_alone(
    advisor: Visitor, journey: Journey, case: str, clock: Clock
) -> None:
    journey.to("training_1").book("training_1")
    journey._do(registers.take_register, "training_1", {PEOPLE[0].email: "present", PEOPLE[1].email: "present"})
    clock.now = journey.now + timedelta(days=2)
    advisor.sign_in("advisor.web@example.org")
    day = {"date-day": "7", "date-month": "10", "date-year": "2025", "time": "9am"}
    _send(advisor, case, "training_1/catch-up-date", **day, anyway="anything")
    assert "The catch-up for Training session 1 is on Tuesday 7 October 2025 at 9am." in advisor.follow().words
    assert "Catch-up for those who missed it" in advisor.words
    form = advisor.open(f"{case}/meeting/training_1/register").answer.text
    assert ("Cara Nance" in form, "Ada Pascoe" in form) == (True, False)
    _send(advisor, case, "training_1/register", marks="3")
    assert "1 of 1 present. The stage is now Training session 2." in advisor.follow().words


def test_an_unusual_date_is_asked_about_with_its_reason_and_agreed_with_one_yes(
    advisor: Visitor, journey: Journey, case: str, clock: Clock
) -> None:
    _ready(journey, clock, advisor)
    day = {"date-day": "15", "date-month": "11", "date-year": "2025", "time": "1pm"}
    assert 'name="anyway"' not in advisor.open(f"{case}/meeting/training_1/book").answer.text, (
        "nothing is asked about beforehand"
    )
    _send(advisor, case, "training_1/book", **day)
    why = "Saturday 15 November 2025 at 1pm is unusual: it is a Saturday."
    assert advisor.answer.status_code == 422
    assert f'href="#book-training_1-anyway">{why}<' in advisor.answer.text
    assert f'id="book-training_1-anyway" name="anyway" type="checkbox" value="{why}"' in advisor.answer.text
    assert "Yes, this date is meant" in advisor.words
    assert _dates(journey) == []
    _send(advisor, case, "training_1/book", **day | {"date-day": "16"}, anyway=why)
    assert "it is a Sunday" in advisor.words, "the yes was to another date"
    _send(advisor, case, "training_1/book", **day, anyway=why)
    assert _dates(journey) == [("booked", None)]
    _send(advisor, case, "training_1/book", **day | {"date-day": "25", "date-month": "12"}, anyway=why)
    assert "Thursday 25 December 2025 at 1pm is a bank holiday (Christmas Day). Choose another day." in advisor.words
