"""Pressing twice, going back and pressing again, and two people on one form."""

from tests.journeys import Journey
from tests.web.visitor import Visitor
from workflow.store.tables.event import Event

_DATE = {"date-day": "24", "date-month": "11", "date-year": "2025", "time": "14:00", "place": "The hall"}
_BOOK = "meeting/training_1/book"


def _booked(journey: Journey) -> int:
    with journey.store.reading() as session:
        return session.query(Event).filter_by(engagement_id=journey.id, name="appointment_booked").count()


def test_a_form_that_is_sent_twice_has_one_result(advisor: Visitor, journey: Journey, case: str) -> None:
    journey.to("training_1")
    fields = advisor.open(f"{case}/{_BOOK}").fields(_BOOK) | _DATE
    told = [advisor.post(f"{case}/{_BOOK}", fields).follow().words for _ in range(2)]
    assert all(
        "Success Training session 1: the meeting is on Monday 24 November 2025 at 2pm." in words for words in told
    )
    assert "There is a problem" not in told[1]
    assert _booked(journey) == 1


def test_the_same_words_on_a_new_form_are_another_wish(advisor: Visitor, journey: Journey, case: str) -> None:
    journey.to("training_1")
    for day in ("24", "25"):
        fields = advisor.open(f"{case}/{_BOOK}").fields(_BOOK) | _DATE | {"date-day": day}
        advisor.post(f"{case}/{_BOOK}", fields)
        assert advisor.answer.status_code == 303
    assert _booked(journey) == 2


def test_an_undo_that_is_sent_twice_takes_one_step_back(advisor: Visitor, journey: Journey, case: str) -> None:
    journey.to("training_2")
    fields = advisor.open(f"{case}/undo/").fields("/undo/") | {"reason": "The wrong school."}
    for _ in range(2):
        advisor.post(f"{case}/undo/", fields)
        assert advisor.answer.status_code == 303
    assert "Taken back: Register taken: Training session 1." in advisor.follow().words
    assert journey.stage == "training_1"


def test_whoever_comes_second_hears_who_did_what_and_keeps_what_they_typed(
    advisor: Visitor, lead: Visitor, journey: Journey, case: str
) -> None:
    journey.to("training_1")
    mine = advisor.open(f"{case}/{_BOOK}").fields(_BOOK) | _DATE
    lead.post(f"{case}/{_BOOK}", lead.open(f"{case}/{_BOOK}").fields(_BOOK) | _DATE | {"date-day": "25"})
    advisor.post(f"{case}/{_BOOK}", mine)
    assert advisor.answer.status_code == 409
    assert "Since you opened this: Date agreed: Training session 1 (Denzil Hocking, 6 October 2025" in advisor.words
    assert 'value="The hall"' in advisor.answer.text
    advisor.post(f"{case}/{_BOOK}", advisor.fields(_BOOK) | _DATE)
    assert advisor.answer.status_code == 303
    assert _booked(journey) == 2


def test_a_receipt_is_nobody_elses(advisor: Visitor, lead: Visitor, journey: Journey, case: str) -> None:
    journey.to("training_1")
    fields = advisor.open(f"{case}/{_BOOK}").fields(_BOOK) | _DATE
    advisor.post(f"{case}/{_BOOK}", fields)
    lead.post(f"{case}/{_BOOK}", fields | {"csrf_token": lead.open(case).fields("/sign-out")["csrf_token"]})
    assert lead.answer.status_code == 409


def test_an_old_page_with_something_else_typed_is_no_repetition(advisor: Visitor, journey: Journey, case: str) -> None:
    journey.to("training_1")
    fields = advisor.open(f"{case}/{_BOOK}").fields(_BOOK) | _DATE
    advisor.post(f"{case}/{_BOOK}", fields)
    advisor.post(f"{case}/{_BOOK}", fields | {"place": "The library"})
    assert advisor.answer.status_code == 409
    assert 'value="The library"' in advisor.answer.text


def test_an_old_button_with_another_note_is_no_repetition(advisor: Visitor, journey: Journey, case: str) -> None:
    journey.to("training_1")
    day = {"value-review_on-day": "5", "value-review_on-month": "1", "value-review_on-year": "2026"}
    fields = advisor.open(case).fields('value="hold"') | day
    answers = [advisor.post(case, fields | {"note": note}).answer for note in ("Until spring.", "Until autumn.")]
    assert [answer.status_code for answer in answers] == [303, 409]
    assert "Until autumn." in advisor.answer.text
