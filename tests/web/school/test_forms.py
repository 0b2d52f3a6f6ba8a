"""A school and its staff do their part through their links, without an account."""

from datetime import timedelta
from io import BytesIO
from typing import Any

from PIL import Image
from playwright.sync_api import Page
from sqlalchemy import select

from tests.journeys import ADVISOR, Journey
from tests.web.browsing import Site, sound
from tests.web.guests import browse_in, let_in
from tests.web.visitor import Visitor
from workflow.domain.actor import Actor
from workflow.mail.signed_links import Links
from workflow.store.tables.appointment import Appointment
from workflow.store.tables.participant import EntryBasis, Participant
from workflow.store.tables.submission import Evidence, EvidenceAttachment
from workflow.usecases import appointments, evidence, participants
from workflow.usecases.evidence import Decision
from workflow.usecases.participants import Nominee

DOV = {"name": "Dov Rosen", "email": "dov@polwhevral.example.org", "phase": "2"}
CODES = ("1.1", "1.2", "1.3", "1.4")


def rows(journey: Journey, table: Any) -> list[Any]:
    with journey.store.reading() as session:
        return list(session.scalars(select(table).order_by(*table.__table__.primary_key)))


def send(visitor: Visitor, page: str, form: str, fields: dict[str, Any], of: str = "") -> Visitor:
    """`of` is the page of a school that the form stands on."""
    hidden = visitor.open(f"{page}{of}").fields(f'/{form}"')
    return visitor.post(f"{page}/{form}", hidden | fields)


def test_a_school_names_somebody_and_the_phase_waits_for_the_advisor(
    anybody: Visitor, journey: Journey, school: str
) -> None:
    send(anybody, school, "nominate", DOV, "/people")
    assert "Thank you. Dov Rosen is named, and your advisor will agree the phase." in anybody.follow().words
    (dov,) = rows(journey, Participant)
    assert (dov.phase, dov.phase_agreed) == (2, False)
    assert rows(journey, EntryBasis) == []
    send(anybody, school, "nominate", DOV | {"name": ""}, "/people")
    assert (anybody.answer.status_code, "Enter the person’s name" in anybody.words) == (422, True)
    send(anybody, school, "nominate", DOV, "/people")
    assert "dov@polwhevral.example.org is the address of somebody you have named already" in anybody.words


def test_a_school_that_names_somebody_again_who_withdrew_is_told_so(
    anybody: Visitor, journey: Journey, school: str
) -> None:
    send(anybody, school, "nominate", DOV, "/people")
    journey.withdraw(DOV["email"], "workload")
    send(anybody, school, "nominate", DOV, "/people")
    told = "Dov Rosen was withdrawn on Monday 6 October 2025: has too much other work."
    assert f"{told} Ask your advisor if they are to take part again." in anybody.words
    assert "recognition participant" not in anybody.words


def test_a_school_may_say_what_a_phase_rests_on(anybody: Visitor, journey: Journey, school: str) -> None:
    said = DOV | {"experience": "Six years of mentoring trainees.", "q2-1": "yes", "q2-2": "yes"}
    send(anybody, school, "nominate", said, "/people")
    assert (anybody.answer.status_code, "Say yes or no" in anybody.words) == (422, True)
    assert ">Six years of mentoring trainees.</textarea>" in anybody.answer.text
    assert rows(journey, Participant) == []
    send(anybody, school, "nominate", said | {"q3-1": "no"}, "/people")
    assert "Thank you. Dov Rosen is named, and your advisor will agree the phase." in anybody.follow().words
    (basis,) = rows(journey, EntryBasis)
    found = (basis.proposed_phase, basis.proposed_by, basis.experience)
    assert found == (2, "school_lead", "Six years of mentoring trainees.")
    assert [line.rpartition(" ")[2] for line in basis.answers.splitlines()] == ["Yes", "Yes", "No"]


def test_a_school_chooses_one_of_the_dates(anybody: Visitor, journey: Journey, school: str) -> None:
    journey.nominate()
    days = [journey.now + timedelta(days=20), journey.now + timedelta(days=27)]
    journey._do(appointments.offer, "training_1", days)
    words = anybody.open(f"{school}/dates").words
    assert "Choose a date: Training session 1 It lasts 3 hours. Which of these suits you?" in words
    send(anybody, school, "choose-date", {"offered": "9"}, "/dates")
    assert anybody.answer.status_code == 404
    send(anybody, school, "choose-date", {}, "/dates")
    assert "Choose one of the dates" in anybody.words
    send(anybody, school, "choose-date", {"offered": "2"}, "/dates")
    assert "Thank you. Training session 1: the meeting is on Sunday 2 November 2025" in anybody.follow().words
    assert [(one.status, one.starts_at) for one in rows(journey, Appointment)] == [("booked", days[1])]
    assert "Which of these suits you?" not in anybody.words


def test_two_who_answer_at_once_hear_of_each_other(anybody: Visitor, journey: Journey, school: str) -> None:
    stale = anybody.open(f"{school}/people").fields('/nominate"')
    journey.nominate()
    anybody.post(f"{school}/nominate", stale | DOV)
    assert anybody.answer.status_code == 409
    assert "This engagement has changed since you looked at it. Look again, then decide." in anybody.words


def test_somebody_sends_in_words_and_files_and_hears_what_is_missing(
    anybody: Visitor, journey: Journey, ada: str
) -> None:
    picture = BytesIO()
    Image.new("RGB", (8, 8)).save(picture, "PNG")
    said = {f"text-{code}": f"An example for {code}." for code in CODES[1:]}
    send(anybody, ada, "send", said)
    assert "send something for this criterion: words, a file, or both." in anybody.words
    assert "An example for 1.2." in anybody.answer.text
    files = {"files-1.1": (BytesIO(picture.getvalue()), "../board.png")}
    send(anybody, ada, "send", said | files)
    assert "Thank you. Your evidence is sent in." in anybody.follow().words
    assert [one.name for one in rows(journey, EvidenceAttachment)] == ["board.png"]
    assert len(rows(journey, Evidence)) == 4


def test_only_what_is_still_needed_is_asked_for_again(anybody: Visitor, journey: Journey, ada: str) -> None:
    send(anybody, ada, "send", {f"text-{code}": "An example." for code in CODES})
    decisions = {code: Decision(met=code != "1.2", text="Say what changed.") for code in CODES}
    journey._do(evidence.review, "ada@polwhevral.example.org", decisions, actor=ADVISOR)
    words = anybody.open(ada).words
    assert "Send in what is still needed" in words
    assert "What we asked for: Say what changed." in words
    assert 'name="text-1.2"' in anybody.answer.text
    assert 'name="text-1.1"' not in anybody.answer.text


def test_a_proposed_phase_keeps_what_it_rests_on(anybody: Visitor, journey: Journey) -> None:
    journey._do(participants.nominate, [Nominee("Dov Rosen", DOV["email"], 1)], actor=Actor("school_lead"))
    page = let_in(anybody, journey.reference, 1)
    answers = {"q2-1": "yes", "q2-2": "no", "q3-1": "yes"}
    send(anybody, page, "propose", {"phase": "3", "experience": "", **answers})
    assert anybody.answer.status_code == 422
    asked = {"phase": "3", "experience": "Ten years of it.", **answers}
    send(anybody, page, "propose", asked)
    assert "Your advisor will look at this and agree the phase with you." in anybody.follow().words
    (basis,) = rows(journey, EntryBasis)
    assert (basis.proposed_phase, basis.experience, basis.proposed_by) == (3, "Ten years of it.", "participant:1")
    assert [line.rpartition(" ")[2] for line in basis.answers.splitlines()] == ["Yes", "No", "Yes"]


def test_the_owner_confirms_the_name(anybody: Visitor, journey: Journey, ada: str) -> None:
    send(anybody, ada, "confirm", {"name": "Ada R. Pascoe"})
    assert "Thank you. Your certificate will say “Ada R. Pascoe”." in anybody.follow().words
    assert rows(journey, Participant)[0].name_confirmed


def test_a_link_opens_one_persons_page_and_no_other(
    anybody: Visitor, journey: Journey, ada: str, school: str, links: Links
) -> None:
    other = Journey(journey.store, journey.now).begin(order="SFS-2")
    assert anybody.open(links.person(other.reference, 1)).answer.status_code == 404
    assert anybody.open(ada[:-2]).answer.status_code == 404
    assert anybody.open(ada.replace("/school/person/", "/school/")).answer.status_code == 404
    assert anybody.open(school.replace("/school/", "/school/person/")).answer.status_code == 404
    assert anybody.post(f"{ada}/burn", {}).answer.status_code in (400, 404)
    assert anybody.post(f"{ada}/confirm", {"name": "Eve", "version": "1"}).answer.status_code == 400


def test_axe_finds_nothing_on_the_forms_of_schools_and_staff(page: Page, site: Site, journey: Journey) -> None:
    page.goto(site.school(journey))
    sound(page, "Here you can read.")
    journey.to("framework")
    own = site.url + site.links.person(journey.reference, 1)
    page.goto(own)
    sound(page, "Do your part")
    browse_in(page, site, journey.reference, 1)
    sound(page, "Send in your evidence")
    with page.expect_navigation():
        page.click("form[action$='/send'] button[type=submit]")
    sound(page, "There is a problem")
    journey._do(participants.nominate, [Nominee("Dov Rosen", DOV["email"], 1)], actor=Actor("school_lead"))
    browse_in(page, site, journey.reference, 4)
    sound(page, "Which phase fits your experience?")
