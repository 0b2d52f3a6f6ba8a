"""What an advisor records about appointments on their pages: each form done right, done wrong and done too late."""

import re
from datetime import timedelta

import pytest

from tests.journeys import LEAD, PEOPLE, Journey
from tests.web.conftest import Clock
from tests.web.visitor import Visitor
from workflow.store.tables.appointment import Appointment, Attendance
from workflow.usecases import registers

DAY = {"date-day": "6", "date-month": "10", "date-year": "2025", "time": "9am"}
MEANT = DAY | {"anyway": "anything"}
#: The forms that have a page of their own.
PAGES = ("register", "/book", "/offer", "/catch-up-date")
AGREED = "A mentoring lead in every phase."


def _send(visitor: Visitor, case: str, form: str, **typed: str) -> Visitor:
    """Opens the page and sends its form with this address."""
    path = f"{case}/meeting/{form}"
    page = path if form.endswith(PAGES) else f"{case}/meetings"
    return visitor.post(path, visitor.open(page).fields(f'action="{path}"') | typed)


def _at_the_end_of(journey: Journey, clock: Clock, visitor: Visitor) -> None:
    """The page's clock comes to where the journey is, which may be after the visitor was signed out."""
    clock.now = journey.now
    visitor.sign_in("advisor.web@example.org")


def _forms(visitor: Visitor, case: str) -> list[str]:
    """The forms about meetings and then those about visits, each in the order of its page."""
    text = visitor.open(f"{case}/meetings").answer.text + visitor.open(f"{case}/visits").answer.text
    return re.findall(f'(?:action|href)="{case}/meeting/([^"]+)"', text)


def _latest(journey: Journey) -> Appointment:
    with journey.store.reading() as session:
        return session.query(Appointment).order_by(Appointment.id.desc()).first() or Appointment()


def _marks(journey: Journey) -> list[str]:
    with journey.store.reading() as session:
        return [row.mark for row in session.query(Attendance).order_by(Attendance.participant_id)]


def test_a_date_is_agreed_on_the_clock_of_the_school(advisor: Visitor, journey: Journey, case: str) -> None:
    journey.to("training_1")
    _send(advisor, case, "training_1/book", **MEANT | {"time": "2.30 PM"})
    assert advisor.answer.status_code == 303
    assert "Success Training session 1: the meeting is on Monday 6 October 2025 at 2:30pm." in advisor.follow().words
    assert f"{_latest(journey).starts_at:%Y-%m-%d %H:%M}" == "2025-10-06 13:30"
    _send(advisor, case, "training_1/book", **MEANT | {"date-month": "12", "time": "09:05"})
    assert f"{_latest(journey).starts_at:%Y-%m-%d %H:%M}" == "2025-12-06 09:05"
    assert "Moved to another date" in advisor.follow().words


@pytest.mark.parametrize(
    ("typed", "sentence", "field"),
    [
        ({"date-day": "", "date-month": "", "date-year": ""}, "Enter the date", "date-day"),
        ({"date-month": ""}, "The date must include a month", "date-month"),
        ({"date-day": "31", "date-month": "2"}, "The date must be a real date", "date-day"),
        ({"date-day": "²"}, "The date must be a real date", "date-day"),
        ({"date-year": "2052"}, "The year must be between 2020 and 2030", "date-year"),
        ({"date-year": "0"}, "The year must have 4 numbers, such as 2026", "date-year"),
        ({"date-month": "Octember"}, "The date must be a real date, such as 23 11 2026", "date-month"),
        ({"time": ""}, "Enter the time it starts", "time"),
        ({"time": "25:00"}, "Enter a real time, such as 14:00 or 2pm", "time"),
        ({"time": "13pm"}, "Enter a real time, such as 14:00 or 2pm", "time"),
        ({"time": "2"}, "Enter a real time, such as 14:00 or 2pm", "time"),
        ({"date-day": "29", "date-month": "3", "date-year": "2026", "time": "1:30"}, "The clocks go forward", "time"),
    ],
)
def test_a_date_that_cannot_be_is_explained_at_its_field(
    advisor: Visitor, case: str, typed: dict[str, str], sentence: str, field: str
) -> None:
    _send(advisor, case, "training_1/book", **DAY | typed)
    assert advisor.answer.status_code == 422
    assert f"There is a problem {sentence}" in advisor.words
    text = advisor.answer.text
    assert f'href="#book-training_1-{field}"' in text
    for name, value in (DAY | typed).items():
        (tag,) = re.findall(f'<input [^>]*id="book-training_1-{name}"[^>]*>', text)
        assert f'value="{value}"' in tag
    assert "No dates are agreed yet." in advisor.open(f"{case}/meetings").words


def test_a_meeting_took_place_and_what_was_agreed_is_written_at_once(
    advisor: Visitor, journey: Journey, case: str, clock: Clock
) -> None:
    _at_the_end_of(journey.to("follow_up_1").book("follow_up_1"), clock, advisor)
    _send(advisor, case, "follow_up_1/hold", outputs=AGREED)
    assert "Success Recorded: Follow-up meeting 1 took place." in advisor.follow().words
    assert (_latest(journey).status, _latest(journey).outputs) == ("held", AGREED)
    assert "follow_up_1/outputs" not in _forms(advisor, case)


def test_or_it_is_written_down_later(advisor: Visitor, journey: Journey, case: str, clock: Clock) -> None:
    _at_the_end_of(journey.to("follow_up_1").book("follow_up_1"), clock, advisor)
    _send(advisor, case, "follow_up_1/hold", outputs=" ")
    assert _forms(advisor, case)[0] == "follow_up_1/outputs"
    _send(advisor, case, "follow_up_1/outputs", outputs="\r\n")
    assert advisor.answer.status_code == 422
    assert 'href="#outputs-follow_up_1-outputs">Write down what was agreed<' in advisor.answer.text
    _send(advisor, case, "follow_up_1/outputs", outputs="x" * 8001)
    assert "What was agreed is 8001 characters long; at most 8000 fit." in advisor.words
    _send(advisor, case, "follow_up_1/outputs", outputs=AGREED)
    assert "Success Recorded: what was agreed at Follow-up meeting 1." in advisor.follow().words
    assert _latest(journey).outputs == AGREED


def test_everybody_who_is_still_there_is_ticked_until_somebody_unticks_them(
    advisor: Visitor, journey: Journey, case: str, clock: Clock
) -> None:
    journey.to("training_1").book("training_1")
    clock.now = journey.now
    page = f"{case}/meeting/training_1/register"
    assert f'href="{page}"' in advisor.open(case).answer.text, "the overview leads there"
    assert advisor.open(page).answer.text.count(" checked") == 3
    _send(advisor, case, "training_1/register", **{"marks": "1", "mark-2": "told_absent"})
    assert advisor.answer.location == f"{case}/meetings"
    assert "Success The register of Training session 1 is taken: 1 of 3 present." in advisor.follow().words
    assert _marks(journey) == ["present", "told_absent", "no_show"]


def test_a_register_without_anybody_and_with_a_wrong_mark_is_shown_again_as_it_was_typed(
    advisor: Visitor, journey: Journey, case: str, clock: Clock
) -> None:
    journey.to("training_1").book("training_1")
    clock.now = journey.now
    _send(advisor, case, "training_1/register")
    assert advisor.answer.status_code == 422
    assert 'href="#register-training_1-marks">Tick who was there.' in advisor.answer.text
    assert " checked" not in advisor.answer.text
    _send(advisor, case, "training_1/register", **{"marks": "1", "mark-2": "asleep"})
    assert 'href="#register-training_1-mark-2">Choose how it was with Bryn Tregear<' in advisor.answer.text
    assert advisor.answer.text.count(" checked") == 1
    _send(advisor, case, "training_1/register", **{"mark-1": "no_show"})
    assert _marks(journey) == [], "that nobody came is said by a choice, never by leaving all out"


def test_a_register_that_cannot_be_taken_has_no_page(
    advisor: Visitor, assessor: Visitor, journey: Journey, case: str
) -> None:
    page = f"{case}/meeting/training_1/register"
    assert advisor.open(page).answer.status_code == 409
    assert advisor.open(f"{case}/meeting/elsewhere/register").answer.status_code == 404
    assert assessor.open(page).answer.status_code == 403
    assert journey.row.version == 1


def test_those_who_missed_it_catch_up_and_the_stage_moves_by_itself(
    advisor: Visitor, journey: Journey, case: str, clock: Clock
) -> None:
    journey.to("training_1").book("training_1")
    clock.now = journey.now
    journey._do(registers.take_register, "training_1", {one.email: "present" for one in PEOPLE[:2]})
    nobody: list[dict[str, str]] = [{}, {"who": "1"}, {"who": "x"}]
    for who in nobody:
        _send(advisor, case, "training_1/catch-up", **who)
        assert advisor.answer.status_code == 422
        assert 'href="#catch-up-training_1-who">Choose who has caught up<' in advisor.answer.text
    _send(advisor, case, "training_1/catch-up", who="3")
    words = advisor.follow().words
    assert "Success Recorded: Cara Nance caught up on Training session 1. The stage is now Training session 2." in words
    assert _marks(journey) == ["present", "present", "caught_up"]


def test_only_forms_that_make_sense_are_there(advisor: Visitor, journey: Journey, case: str, clock: Clock) -> None:
    ahead = ["follow_up_1/book", "follow_up_2/book", "qa_visit/book"]
    assert _forms(advisor, case) == ["training_1/book", "training_1/offer", "training_2/book", *ahead]
    journey.to("training_1").book("training_1")
    ahead = ["training_2/book", "training_2/offer", *ahead]
    assert _forms(advisor, case) == ["training_1/book", "training_1/cancel", *ahead]
    assert "Once it has begun, record here what happened." in advisor.open(f"{case}/meetings").words
    clock.now = journey.now
    assert _forms(advisor, case) == ["training_1/register", "training_1/hold", "training_1/book", *ahead]
    journey.to("qa_visit")
    assert _forms(advisor, case) == ["qa_visit/book", "qa_visit/offer"]
    main = re.findall('class="([^"]+)"[^>]*id="form-book-qa_visit"', advisor.answer.text)
    assert ["govuk-button--secondary" in one for one in main] == [False], "it is what the stage waits for"
    journey.meet("qa_visit")
    assert _forms(advisor, case) == ["qa_visit/register", "qa_visit/book", "qa_visit/offer"]
    journey.to("recognised")
    assert _forms(advisor, case) == []


def test_a_meeting_that_lies_ahead_cannot_have_taken_place(advisor: Visitor, journey: Journey, case: str) -> None:
    fields = advisor.open(f"{case}/meeting/training_1/book").fields("training_1/book")
    journey.to("training_1").book("training_1")
    fields["version"] = str(journey.row.version)
    advisor.post(f"{case}/meeting/training_1/hold", fields)
    assert advisor.answer.status_code == 409
    assert "That appointment is on Monday 6 October 2025 at 1pm, which has not come yet." in advisor.words


def test_a_case_that_changed_meanwhile_is_a_conflict_and_keeps_what_was_typed(
    advisor: Visitor, journey: Journey, case: str
) -> None:
    fields = advisor.open(f"{case}/meeting/training_1/book").fields("training_1/book")
    journey.nominate()
    advisor.post(f"{case}/meeting/training_1/book", fields | MEANT)
    assert advisor.answer.status_code == 409
    assert "What you typed is still here: look again, then send it again." in advisor.words
    assert 'href="#main-content"' in advisor.answer.text
    assert 'value="9am"' in advisor.answer.text
    fresh = advisor.fields("training_1/book")
    assert advisor.post(f"{case}/meeting/training_1/book", fresh | MEANT).answer.status_code == 303


def test_a_form_in_pieces_is_not_read(advisor: Visitor, journey: Journey, case: str) -> None:
    token = advisor.open(f"{case}/meeting/training_1/book").fields("training_1/book")["csrf_token"]
    for version in ({}, {"version": "²"}):
        advisor.post(f"{case}/meeting/training_1/book", DAY | {"csrf_token": token} | version)
        assert advisor.answer.status_code == 422
        assert "This form was not whole." in advisor.words
    assert advisor.post(f"{case}/meeting/training_1/book", DAY | {"version": "1"}).answer.status_code == 400
    assert journey.row.version == 1


def test_meetings_and_forms_that_do_not_exist_are_not_found(advisor: Visitor, case: str) -> None:
    fields = advisor.open(f"{case}/meeting/training_1/book").fields("training_1/book")
    for path in ("elsewhere/book", "training_1/burn", "training_1/hold", "TRAINING/book"):
        assert advisor.post(f"{case}/meeting/{path}", fields | MEANT).answer.status_code == 404


def test_an_assessor_has_no_such_forms_and_may_not_send_them(assessor: Visitor, journey: Journey, case: str) -> None:
    assert _forms(assessor, case) == []
    token = assessor.fields("/sign-out")["csrf_token"]
    assessor.post(f"{case}/meeting/training_1/book", DAY | {"csrf_token": token, "version": "1"})
    assert assessor.answer.status_code == 403
    assert journey.row.version == 1


def test_nothing_is_recorded_for_a_journey_that_has_ended(advisor: Visitor, journey: Journey, case: str) -> None:
    fields = advisor.open(f"{case}/meeting/training_1/book").fields("training_1/book")
    journey.fire("cancel", LEAD, note="The school has closed")
    fields["version"] = str(journey.row.version)
    advisor.post(f"{case}/meeting/training_1/book", fields | MEANT)
    assert advisor.answer.status_code == 409
    assert "is cancelled; nothing can be recorded for it any more." in advisor.words
    assert _forms(advisor, case) == []


def test_a_date_may_be_agreed_while_the_journey_rests(advisor: Visitor, journey: Journey, case: str) -> None:
    journey.fire("hold", LEAD, note="The head is away", values={"review_on": "2026-01-05"})
    journey.now += timedelta(days=1)
    assert _send(advisor, case, "training_1/book", **MEANT).answer.status_code == 303
