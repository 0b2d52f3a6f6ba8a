"""The page on which a date is agreed: what stands in its form at first, and what is pressed beside it."""

import re
from datetime import UTC, date, datetime, timedelta
from html import unescape

import pytest

from tests.journeys import Journey, close_school
from tests.queries_counted import counted
from tests.web.conftest import Clock
from tests.web.visitor import Visitor
from workflow.store.tables.appointment import Appointment
from workflow.usecases import advisors, appointments

PARTS = ("day", "month", "year")
#: What one page may ask the database, looking up who has signed in included.
MOST = 12


def _value(visitor: Visitor, name: str) -> str:
    (tag,) = re.findall(f'<input [^>]*\\bname="{name}"[^>]*>', visitor.answer.text)
    return unescape("".join(re.findall('value="([^"]*)"', tag)))


def _date(visitor: Visitor, which: str = "") -> str:
    """`20 10 2025 9am`, as it stands in the form."""
    return " ".join([*(_value(visitor, f"date{which}-{part}") for part in PARTS), _value(visitor, f"time{which}")])


def _press(visitor: Visitor, path: str, **typed: str) -> Visitor:
    """Sends what stands in the form, with what is typed over it."""
    names = re.findall(r'<input [^>]*name="((?:date|time|place)[^"]*)"', visitor.answer.text)
    stands = {name: _value(visitor, name) for name in names}
    return visitor.post(path, visitor.fields(f'action="{path}"') | stands | typed)


def _booked(journey: Journey) -> list[datetime]:
    with journey.store.reading() as session:
        return [one.starts_at for one in session.query(Appointment).filter_by(status="booked")]


@pytest.fixture
def ready(journey: Journey, clock: Clock, advisor: Visitor) -> Visitor:
    journey.to("training_1")
    clock.now = journey.now
    return advisor.sign_in("advisor.web@example.org")


def test_from_today_a_date_that_suits_both_is_two_presses_away(ready: Visitor, journey: Journey, clock: Clock) -> None:
    journey._do(advisors.hand_over, "advisor.web@example.org", note="Yours now.")
    clock.now = journey.now + timedelta(days=14)
    ready.sign_in("advisor.web@example.org").open("/advisor/")
    ready.open(ready.link("Offer dates for training session 1")).follow()
    assert ready.answer.request.path.endswith("/meeting/training_1/book")
    assert _date(ready) == "10 11 2025 9am"
    assert "Suits both: school and council are open, 10 school days ahead, nothing else that day" in ready.words
    _press(ready, ready.answer.request.path)
    assert "Training session 1: the meeting is on Monday 10 November 2025 at 9am." in ready.follow().words
    assert _booked(journey) == [datetime(2025, 11, 10, 9, tzinfo=UTC)]


def test_a_day_of_the_month_fills_the_date_in_and_keeps_what_was_typed(ready: Visitor, case: str) -> None:
    path = f"{case}/meeting/training_1/book"
    ready.open(path)
    assert "October 2025" in ready.texts("h2")
    _press(ready, path, month="2025-11-01", time="10.30am", place="School hall")
    assert ready.answer.status_code == 200
    assert "November 2025" in ready.texts("h2")
    assert (_date(ready), _value(ready, "place")) == ("20 10 2025 10.30am", "School hall")
    _press(ready, path, pick="2025-11-11")
    assert (_date(ready), _value(ready, "place")) == ("11 11 2025 10.30am", "School hall")
    assert "11 November Chosen" in ready.words
    _press(ready, path, pick="2025-11-12", time="")
    assert _date(ready) == "12 11 2025 9am", "a time that is free is found where none was typed"
    _press(ready, path, take="2025-11-05T13:00:00+00:00")
    assert _date(ready) == "5 11 2025 1pm"
    for odd in ("yesterday", "0001-01-01", "9999-12-31T23:59:59+00:00", "2025-13-45"):
        assert _date(_press(ready, path, pick=odd, take=odd, month=odd)) == "5 11 2025 1pm"


def test_the_month_says_in_words_who_is_away_and_what_is_in_both_diaries(
    ready: Visitor, journey: Journey, case: str
) -> None:
    with journey.store.writing() as session:
        close_school(session, date(2025, 10, 23), date(2025, 10, 23))
    journey._do(appointments.offer, "training_2", [datetime(2025, 10, 22, 8, tzinfo=UTC)])
    words = ready.open(f"{case}/meeting/training_1/book").words
    for said in (
        "23 October School closed: Flood",
        "27 October Half term",
        "22 October 9am Training session 2, Polwhevral School (offered)",
        "6 October Today",
    ):
        assert said in words
    days = re.findall(r'name="pick" value="(2025-\d\d-\d\d)"', ready.answer.text)
    assert (days[0], days[-1]) == ("2025-10-06", "2025-10-31"), "no day that has passed can be chosen"
    _press(ready, f"{case}/meeting/training_1/book", month="2025-12-01")
    assert "19 December Last day of the autumn term" in ready.words
    assert 'value="2025-12-25"' not in ready.answer.text, "nor can a bank holiday"


def test_three_dates_are_proposed_from_the_month_that_is_shown(ready: Visitor, journey: Journey, case: str) -> None:
    path = f"{case}/meeting/training_1/offer"
    ready.open(path)
    assert [_date(ready, which) for which in "123"] == ["20 10 2025 9am", "22 10 2025 1pm", "24 10 2025 9am"]
    _press(ready, path, month="2025-11-01")
    assert _date(ready, "1") == "20 10 2025 9am"
    _press(ready, path, propose="yes")
    assert [_date(ready, which) for which in "123"] == ["3 11 2025 9am", "5 11 2025 1pm", "7 11 2025 9am"]
    assert ready.words.count("Suits both:") == 3
    _press(ready, path, pick="2025-11-13", into="2", time2="")
    assert _date(ready, "2") == "13 11 2025 9am"
    _press(ready, path, **{f"date3-{part}": "" for part in PARTS}, time3="", pick="2025-11-14")
    assert _date(ready, "3") == "14 11 2025 9am", "the first that is empty, where none is chosen"
    _press(ready, path, **{"date1-day": "10 Nov", "date1-month": "", "time1": "9am"})
    assert "3 dates for Training session 1 offered to the school." in ready.follow().words
    assert _booked(journey) == []


def test_a_whole_date_that_is_pasted_is_understood_and_an_unusual_one_keeps_what_was_typed(
    ready: Visitor, journey: Journey, case: str
) -> None:
    path = f"{case}/meeting/training_1/book"
    pasted = {"date-day": "15 Nov 25", "date-month": "", "date-year": "", "time": "1pm", "place": "Hall"}
    _press(ready.open(path), path, **pasted)
    assert "Saturday 15 November 2025 at 1pm is unusual: it is a Saturday." in ready.words
    assert (_value(ready, "date-day"), _value(ready, "place")) == ("15 Nov 25", "Hall")
    _press(ready, path, anyway=_value(ready, "anyway"))
    assert _booked(journey) == [datetime(2025, 11, 15, 13, tzinfo=UTC)]


def test_each_wrong_part_of_a_date_is_marked_and_the_sentence_said_once(ready: Visitor, case: str) -> None:
    path = f"{case}/meeting/training_1/book"
    _press(ready.open(path), path, **{"date-day": "31", "date-month": "Feb", "date-year": "26"})
    marked = re.findall('class="([^"]*)" id="book-training_1-date-(day|month|year)"', ready.answer.text)
    assert ["--error" in css for css, _ in marked] == [True, True, True]
    summary = ready.answer.text.partition("error-summary")[2].partition("</ul>")[0]
    assert summary.count("The date must be a real date") == 1
    assert 'href="#book-training_1-date-day"' in summary
    _press(ready, path, **{"date-month": "3", "date-year": ""})
    assert "The date must include a year" in ready.words
    marked = re.findall('class="([^"]*)" id="book-training_1-date-(day|month|year)"', ready.answer.text)
    assert ["--error" in css for css, _ in marked] == [False, False, True]


def test_a_date_that_cannot_be_agreed_now_has_no_page(ready: Visitor, case: str) -> None:
    assert ready.open(f"{case}/meeting/training_1/catch-up-date").answer.status_code == 409
    assert "No such date can be agreed now." in ready.words
    assert ready.open(f"{case}/meeting/elsewhere/book").answer.status_code == 404


def test_the_page_asks_the_database_little(ready: Visitor, journey: Journey, case: str) -> None:
    ready.open(f"{case}/meeting/training_1/book")
    with counted(journey.store) as statements:
        ready.open(f"{case}/meeting/training_1/book")
    assert len(statements) <= MOST, "\n\n".join(statements)
