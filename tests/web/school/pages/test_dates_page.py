"""A school's dates: chosen, asked for otherwise, taken into a calendar of its own."""

from datetime import date, timedelta

from icalendar import Calendar

from tests.journeys import LEAD, PEOPLE, Journey, close_school
from tests.queries_counted import counted
from tests.web.conftest import Clock
from tests.web.forms.begun import kept
from tests.web.guests import let_in
from tests.web.visitor import Visitor
from workflow.store.tables.appointment import Appointment
from workflow.usecases import advisors, appointments

WISH = "A Tuesday afternoon in November, after half term."


def offer(journey: Journey, kind: str = "training_1") -> None:
    journey.to("training_1")
    journey._do(appointments.offer, kind, [journey.now + timedelta(days=20), journey.now + timedelta(days=27)])


def ask(visitor: Visitor, school: str, text: str) -> Visitor:
    form = f"{school}/other-dates/training_1"
    return visitor.post(form, visitor.open(f"{school}/dates").fields(f'action="{form}"') | {"text": text})


def test_when_none_suits_a_sentence_is_a_note_for_both_and_a_thing_to_do_for_the_advisor(
    anybody: Visitor, lead: Visitor, journey: Journey, school: str, case: str
) -> None:
    offer(journey)
    ask(anybody, school, WISH)
    assert "Your advisor has a note of it and writes to you with other dates." in anybody.follow().words
    said = f"About the date for Training session 1: {WISH}"
    assert said in anybody.open(school).words
    assert said in anybody.open(f"{school}/messages").words
    assert said in lead.open(f"{case}/notes").words


def test_what_a_school_asks_stands_on_todays_page_until_it_is_answered(
    anybody: Visitor, advisor: Visitor, journey: Journey, school: str
) -> None:
    offer(journey)
    journey._do(advisors.hand_over, "advisor.web@example.org", note="Ring first.", actor=LEAD)
    ask(anybody, school, WISH)
    words = advisor.open("/advisor/").words
    assert "What schools have asked you" in words
    assert f"Polwhevral School, 6 Oct 2025: About the date for Training session 1: {WISH}" in words
    advisor.post("/advisor/mentions/1/seen", advisor.fields("/advisor/mentions/1/seen"))
    assert advisor.answer.location == "/advisor/"
    assert "What schools have asked you" not in advisor.follow().words


def test_nothing_said_is_asked_for_and_what_was_begun_is_kept(anybody: Visitor, journey: Journey, school: str) -> None:
    offer(journey)
    ask(anybody, school, " ")
    assert anybody.answer.status_code == 422
    assert 'href="#other-dates-training_1-text">Write when it would suit you<' in anybody.answer.text
    hidden = anybody.open(f"{school}/dates").fields("/other-dates/training_1")
    anybody.post(f"{school}/draft?on=dates", hidden | {"text": WISH})
    assert anybody.answer.location == f"{school}/dates"
    assert WISH in anybody.follow().words
    ask(anybody, school, WISH)
    assert kept(journey) == []


def test_a_meeting_that_is_not_there_is_asked_about_in_vain(anybody: Visitor, journey: Journey, school: str) -> None:
    offer(journey)
    hidden = anybody.open(f"{school}/dates").fields("/other-dates/training_1")
    anybody.post(f"{school}/other-dates/picnic", hidden | {"text": WISH})
    assert anybody.answer.status_code == 404


def test_dates_that_have_passed_are_asked_for_anew(
    anybody: Visitor, journey: Journey, school: str, clock: Clock
) -> None:
    offer(journey)
    clock.now = journey.now + timedelta(days=30)
    school = let_in(anybody, journey.reference)
    words = anybody.open(f"{school}/dates").words
    assert "The dates we offered have passed. Tell us when it would suit you" in words
    assert "Ask for new dates for Training session 1" in anybody.open(school).words
    assert ask(anybody, school, WISH).answer.status_code == 303


def test_a_meeting_goes_into_a_calendar_as_its_invitations_do_and_names_nobody(
    anybody: Visitor, journey: Journey, school: str
) -> None:
    journey.to("training_1")
    starts_at = journey.now + timedelta(days=20)
    journey._do(appointments.book, "training_1", starts_at, place="School hall")
    there = anybody.open(f"{school}/dates").link("Add it to your calendar")
    answer = anybody.open(there).answer
    assert answer.headers["Content-Type"].startswith("text/calendar")
    (event,) = Calendar.from_ical(answer.data).events
    with journey.store.reading() as session:
        row = session.query(Appointment).one()
    assert str(event["uid"]).partition("@")[0] == row.uid
    assert (event.start, event["sequence"]) == (starts_at, row.sequence)
    assert (str(event["summary"]), str(event["location"])) == ("Training session 1, Polwhevral School", "School hall")
    text = answer.data.decode()
    assert "ATTENDEE" not in text
    assert [one for one in PEOPLE if one.email in text or one.name in text] == []
    assert school.rpartition("/")[2] not in text.replace("\r\n ", ""), (
        "what lets somebody read is no calendar's to keep"
    )


def test_no_meeting_of_another_school_is_handed_out(anybody: Visitor, journey: Journey) -> None:
    journey.to("training_1").book("training_1")
    other = Journey(journey.store, journey.now).begin(order="SFS-2")
    theirs = let_in(anybody, other.reference)
    assert anybody.open(f"{theirs}/dates/1.ics").answer.status_code == 404
    assert "Training session 1" not in anybody.open(f"{theirs}/dates").words


def test_meetings_held_and_the_schools_own_closed_days_are_told(
    anybody: Visitor, journey: Journey, school: str
) -> None:
    journey.to("follow_up_1").meet("follow_up_1", outputs="Piran trains ten mentors.")
    with journey.store.writing() as session:
        close_school(session, date(2026, 3, 2), date(2026, 3, 4))
    words = anybody.open(f"{school}/dates").words
    assert "Meetings held Follow-up meeting 1" in words
    assert "What was agreed: Piran trains ten mentors." in words
    assert "Flood: 2 March 2026 to 4 March 2026" in words


def test_the_page_costs_the_same_however_many_meetings_there_are(
    anybody: Visitor, journey: Journey, school: str
) -> None:
    anybody.open(f"{school}/dates")
    with counted(journey.store) as none:
        anybody.open(f"{school}/dates")
    journey.to("qa_visit")
    anybody.open(f"{school}/dates")
    with counted(journey.store) as many:
        anybody.open(f"{school}/dates")
    assert len(many) == len(none) <= 9
