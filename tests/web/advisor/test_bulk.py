"""One thing for many engagements: chosen, looked at first, done row by row, and done once."""

import re
from datetime import timedelta

import pytest

from tests.journeys import LEAD, Journey
from tests.queries_counted import counted
from tests.web.visitor import Visitor
from workflow.acts.bulk import jobs, work
from workflow.acts.bulk.request import BulkRequest
from workflow.store.tables.event import Event
from workflow.store.tables.requests.bulk import BulkRow
from workflow.usecases import users

BOOK = {"kind": "training_1", "date-day": "4", "date-month": "11", "date-year": "2025", "time": "2pm"}


@pytest.fixture
def schools(journey: Journey) -> list[Journey]:
    """Three engagements; the last is at training 1, and the second on hold."""
    more = [Journey(journey.store, journey.now).begin(order=f"SFS-{number}") for number in (2, 3)]
    more[0].fire("hold", LEAD, note="Waiting.", values={"review_on": "2026-01-05"})
    more[1].to("training_1")
    return [journey, *more]


def _plan(visitor: Visitor, verb: str, references: list[str], **typed: str) -> Visitor:
    path = f"/advisor/bulk/{verb}"
    fields = visitor.open(path).fields(f'action="{path}"') | typed
    visitor.answer = visitor.client.post(path, data=fields | {"which": references}, buffered=True)
    return visitor


def _work(journey: Journey) -> None:
    """What the worker does meanwhile."""
    while work.work(journey.store, lambda: journey.now):
        pass


def _do(visitor: Visitor, journey: Journey, job: int = 1) -> Visitor:
    """Looks at what would happen, wants it, and comes back when it is done."""
    path = f"/advisor/bulk/job/{job}"
    _work(journey)
    visitor.post(path, visitor.open(path).fields(f'action="{path}"'))
    _work(journey)
    return visitor


def _events(journey: Journey, name: str) -> int:
    with journey.store.reading() as session:
        return session.query(Event).filter(Event.name == name).count()


def test_what_will_happen_is_shown_row_by_row_before_anything_happens(lead: Visitor, schools: list[Journey]) -> None:
    first, _, third = schools
    assert "You see what will happen to each engagement before anything is done." in lead.open("/advisor/bulk/").words
    _plan(lead, "hand_over", [first.reference, third.reference], to="advisor.web@example.org", note="Ring before ten.")
    words = lead.follow().words
    assert "Hand schools over: working out what will happen" in words
    assert "0 of 2 engagements worked out" in words
    assert "Do it" not in words
    _work(first)
    words = lead.open("/advisor/bulk/job/1").words
    assert "Hand schools over: check before it is done" in words
    assert "Will be done (2)" in words
    assert words.count("Handed over to Tamsin Rowe") == 2
    assert "Do it for 2 engagements and send 4 messages" in words
    assert _events(first, "handed_over") == 0


def test_a_request_only_asks_and_the_page_shows_how_far_it_is(lead: Visitor, schools: list[Journey]) -> None:
    first, _, third = schools
    _plan(lead, "hand_over", [first.reference, third.reference], to="advisor.web@example.org", note="Ring before ten.")
    _work(first)
    lead.post("/advisor/bulk/job/1", lead.open("/advisor/bulk/job/1").fields("/advisor/bulk/job/1"))
    words = lead.follow().words
    assert "Hand schools over: being done" in words
    assert "0 of 2 engagements gone through" in words
    assert "This goes on by itself, also when you leave this page. Look again" in words
    assert _events(first, "handed_over") == 0
    _work(first)
    words = lead.open("/advisor/bulk/job/1").words
    assert "Success 2 engagements done." in words
    assert words.count("Done") == 2
    assert _events(first, "handed_over") == 2


def test_nobody_wants_what_nobody_has_seen(lead: Visitor, schools: list[Journey]) -> None:
    _plan(lead, "message", [schools[0].reference], text="Hello.")
    token = lead.follow().fields("/sign-out")
    assert lead.post("/advisor/bulk/job/1", token).answer.status_code == 409
    assert "What would happen to each engagement is still being worked out. Look again in a moment." in lead.words


def test_pressing_again_does_nothing_twice(lead: Visitor, schools: list[Journey]) -> None:
    _plan(lead, "message", [one.reference for one in schools], text="We are closed until 4 January.")
    _work(schools[0])
    token = lead.follow().fields("/advisor/bulk/job/1")
    for _ in range(2):
        lead.post("/advisor/bulk/job/1", token)
        _work(schools[0])
    assert _events(schools[0], "message_written") == 3
    assert "Success 3 engagements done." in lead.follow().words
    assert "Do it" not in lead.words


def test_what_is_refused_says_why_and_keeps_nobody_else(lead: Visitor, schools: list[Journey]) -> None:
    first, _, third = schools
    for references in ([first.reference, third.reference], [third.reference]):
        _plan(lead, "hand_over", references, to="advisor.web@example.org", note="Ring.")
    _do(lead, first, 2)
    _do(lead, first, 1)
    words = lead.open("/advisor/bulk/job/1").words
    assert f"{third.reference} is with Tamsin Rowe already." in words
    assert "Success 1 engagement done, 1 left out." in words
    assert "Left out, and why (1)" in words
    _plan(lead, "hand_over", [third.reference], to="advisor.web@example.org", note="Ring.")
    _work(first)
    assert "Nothing can be done here. Go back and choose other engagements." in lead.follow().words


def test_one_date_is_agreed_for_those_whom_it_suits(advisor: Visitor, schools: list[Journey]) -> None:
    _plan(advisor, "book", [one.reference for one in schools], **BOOK, place="County Hall")
    _do(advisor, schools[0])
    words = advisor.follow().words
    assert words.count("Training session 1 on Tuesday 4 November 2025 at 2pm") == 1
    assert "It is on hold, so no date is agreed." in words
    assert "It is at “Purchase”, and a date for Training session 1 is agreed at “Training session 1”." in words
    assert _events(schools[0], "appointment_booked") == 1


def test_a_job_is_taken_back_as_a_whole_once_it_is_seen_what_will_happen(
    advisor: Visitor, schools: list[Journey]
) -> None:
    _plan(advisor, "book", [one.reference for one in schools], **BOOK, place="County Hall")
    _do(advisor, schools[0]).follow()
    path = "/advisor/bulk/job/1/take-back"
    fields = advisor.fields(f'action="{path}"')
    assert "Why is it taken back? The reason is kept" in advisor.post(path, fields | {"reason": " "}).words
    long = "It is closed. " * 300
    assert (
        "The reason is 4199 characters long; at most 4000 fit." in advisor.post(path, fields | {"reason": long}).words
    )
    assert long in advisor.answer.text
    advisor.post(path, fields | {"reason": "The hall is closed."})
    assert advisor.answer.location == "/advisor/bulk/job/2"
    _do(advisor, schools[0], 2)
    assert "Take a job back: done" in advisor.follow().words
    assert "“Date agreed: Training session 1” is taken back" in advisor.words
    assert "Take it all back" not in advisor.words
    assert _events(schools[0], "undone") == 1


def test_a_long_job_is_read_page_by_page(lead: Visitor, journey: Journey) -> None:
    more = [Journey(journey.store, journey.now).begin(order=f"SFS-{number}") for number in range(2, 103)]
    _plan(lead, "message", [one.reference for one in more], text="Hello.")
    lead.follow()
    assert (more[49].reference in lead.words, more[50].reference in lead.words) == (True, False)
    assert lead.link("All 101") == "/advisor/bulk/job/1?part=unknown"
    lead.open("/advisor/bulk/job/1?part=unknown")
    assert (more[99].reference in lead.words, more[100].reference in lead.words) == (True, False)
    lead.open("/advisor/bulk/job/1?part=unknown&after=100")
    assert (more[99].reference in lead.words, more[100].reference in lead.words) == (False, True)
    assert lead.open("/advisor/bulk/job/1?part=burnt&after=eleven").answer.status_code == 200


def test_each_row_says_exactly_what_is_sent_there(lead: Visitor, schools: list[Journey]) -> None:
    _plan(lead, "message", [schools[0].reference], text="We are closed until 4 January.")
    _work(schools[0])
    words = lead.open(lead.follow().link("1 message")).words
    assert "1 message Open one to read exactly what is sent." in words
    assert "We are closed until 4 January." in words
    assert _events(schools[0], "message_written") == 0
    assert lead.open("/advisor/bulk/job/1/row/9").answer.status_code == 404


def test_a_job_is_stopped_and_goes_on(lead: Visitor, schools: list[Journey]) -> None:
    _plan(lead, "message", [one.reference for one in schools], text="Hello.")
    lead.post("/advisor/bulk/job/1/stop", lead.follow().fields("/stop"))
    assert "Write to schools: stopped" in lead.follow().words
    _work(schools[0])
    assert _events(schools[0], "message_written") == 0
    lead.post("/advisor/bulk/job/1", lead.fields('action="/advisor/bulk/job/1"'))
    assert "working out what will happen" in lead.follow().words
    _do(lead, schools[0])
    assert _events(schools[0], "message_written") == 3


def test_all_that_a_filter_finds_are_chosen_at_once(lead: Visitor, schools: list[Journey]) -> None:
    lead.open("/advisor/bulk/?stage=training_1&colour=red")
    assert "stage Training session 1." in lead.words
    path = lead.link("Write to schools")
    assert path == "/advisor/bulk/message?stage=training_1"
    form = lead.open(path).answer.text
    assert [one.reference in form for one in schools] == [False, False, True]
    assert form.count(" checked") == 1
    fields = lead.fields(f'action="{path}"')
    lead.post(path, fields | {"text": "Hello.", "all": "yes"})
    _do(lead, schools[0])
    assert _events(schools[2], "message_written") == 1
    assert "Success 1 engagement done." in lead.follow().words


def test_a_wish_for_all_that_a_filter_finds_is_kept_beside_a_mistake(lead: Visitor, journey: Journey) -> None:
    for number in range(2, 54):
        Journey(journey.store, journey.now).begin(order=f"SFS-{number}")
    path = "/advisor/bulk/message?stage=purchase"
    lead.post(path, lead.open(path).fields(f'action="{path}"') | {"text": " ", "all": "yes"})
    assert lead.answer.status_code == 422
    assert re.search(r'name="all"[^>]* checked', lead.answer.text)


def test_a_form_for_many_asks_as_few_questions_however_many_there_are(lead: Visitor, journey: Journey) -> None:
    def asked() -> int:
        with counted(journey.store) as statements:
            lead.open("/advisor/bulk/message")
        return len(statements)

    few = asked()
    for number in range(2, 62):
        Journey(journey.store, journey.now).begin(order=f"SFS-{number}")
    assert asked() == few
    assert lead.answer.text.count('name="which"') == 50


def test_what_is_unusual_is_asked_about_by_name_before_it_is_done(advisor: Visitor, schools: list[Journey]) -> None:
    _plan(advisor, "book", [one.reference for one in schools], **BOOK | {"date-day": "8"}, place="County Hall")
    _work(schools[0])
    words = advisor.follow().words
    assert "Needs your yes (1)" in words
    assert "Saturday 8 November 2025 at 2pm is unusual: it is a Saturday" in words
    assert "Will be left out, and why (2)" in words
    advisor.post("/advisor/bulk/job/1", advisor.fields('action="/advisor/bulk/job/1"') | {"unusual": "yes"})
    _work(schools[0])
    assert _events(schools[0], "appointment_booked") == 1


def test_a_form_that_is_not_complete_says_all_of_it_and_keeps_what_was_chosen(
    advisor: Visitor, schools: list[Journey]
) -> None:
    _plan(advisor, "book", [], place="County Hall")
    assert advisor.answer.status_code == 422
    for field, sentence in (
        ("which", "Choose at least one engagement"),
        ("kind", "Choose the meeting"),
        ("date-day", "Enter the date"),
        ("time", "Enter the time it starts"),
    ):
        assert f'href="#bulk-{field}">{sentence}<' in advisor.answer.text
    _plan(advisor, "message", [schools[0].reference], text=" ")
    assert 'href="#bulk-text">Write the message<' in advisor.answer.text
    assert advisor.answer.text.count(" checked") == 1
    with schools[0].store.reading() as session:
        assert session.query(BulkRow).count() == 0


def test_what_somebody_else_asked_for_is_theirs_alone(advisor: Visitor, lead: Visitor, schools: list[Journey]) -> None:
    _plan(lead, "message", [schools[0].reference], text="Hello.")
    token = advisor.open("/advisor/").fields("/sign-out")
    assert advisor.open("/advisor/bulk/job/1").answer.status_code == 403
    assert "Somebody else asked for this, and only they can look at it and do it." in advisor.words
    assert advisor.post("/advisor/bulk/job/1", token).answer.status_code == 403
    assert _events(schools[0], "message_written") == 0


def test_jobs_and_kinds_that_do_not_exist_are_not_found(advisor: Visitor, assessor: Visitor) -> None:
    for path in ("/advisor/bulk/burn", "/advisor/bulk/job/9"):
        assert advisor.open(path).answer.status_code == 404
    assert assessor.open("/advisor/bulk/").answer.status_code == 403


def test_a_job_begun_at_the_console_goes_on_here(lead: Visitor, schools: list[Journey]) -> None:
    with schools[0].store.reading() as session:
        who = users.actor(session, "lead_advisor.web@example.org")
    wish = BulkRequest("message", {}, "Hello.", who)
    job = jobs.start(schools[0].store, wish, [one.reference for one in schools], schools[0].now)
    rows = work.run(schools[0].store, job, lambda: schools[0].now)
    next(rows)
    rows.close()
    words = lead.open(f"/advisor/bulk/job/{job}").words
    assert "1 of 3 engagements gone through" in words
    assert "Done (1)" in words
    assert "Being worked out (2)" in words
    schools[0].now += timedelta(minutes=2)
    _work(schools[0])
    assert _events(schools[0], "message_written") == 3
