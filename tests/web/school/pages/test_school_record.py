"""A school sees what was written to it and its staff's certificates, and nobody else's."""

from io import BytesIO
from zipfile import ZipFile

from playwright.sync_api import Page
from sqlalchemy import select

from config.settings import Settings
from tasks.deliver import deliver_due
from tasks.mail.server import mail_server
from tests.journeys import Journey
from tests.queries_counted import counted
from tests.web.browsing import Site, sound
from tests.web.guests import browse_in, let_in
from tests.web.visitor import Visitor
from tests.worlds import world_with
from workflow.store.tables.notes.case_note import CaseNoteMention
from workflow.usecases import certificates
from workflow.usecases.certificate_text import to_print

SERIALS = {1: "7KQ2-M9RT-WX4H", 2: "8KQ2-M9RT-WX4H"}


def _certify(journey: Journey) -> None:
    journey.to("recognised")
    with journey.store.writing() as session:
        for number, serial in SERIALS.items():
            printed = to_print(session, journey.id, number, serial=serial, owed_at=journey.now)
            certificates.issue(
                session, journey.id, number, printed, b"%PDF " + serial.encode(), owed_seq=1, now=journey.now
            )


def test_messages_to_the_school_stand_there_word_for_word(
    anybody: Visitor, journey: Journey, school: str, settings: Settings
) -> None:
    assert "We have not written to you yet." in anybody.open(f"{school}/messages").words
    journey.nominate()
    deliver_due(world_with(journey.store, mail_server(f"maildir:{settings.home / 'mail'}")), lambda: journey.now)
    words = anybody.open(f"{school}/messages").words
    assert "To Jenna Rowe" in words
    assert "Dear Jenna Rowe" in words
    assert "To Ada Pascoe" not in words


def test_certificates_are_saved_one_by_one_or_all_together(anybody: Visitor, journey: Journey, school: str) -> None:
    assert "There are no certificates yet." in anybody.open(f"{school}/certificates").words
    _certify(journey)
    words = anybody.open(f"{school}/certificates").words
    assert "Ada Pascoe" in words
    assert "Save all 2 certificates in one file (ZIP)" in words
    assert anybody.open(f"{school}/certificates/{SERIALS[1]}").answer.data == b"%PDF 7KQ2-M9RT-WX4H"
    packed = ZipFile(BytesIO(anybody.open(f"{school}/certificates.zip").answer.data))
    assert {name: packed.read(name) for name in packed.namelist()} == {
        f"certificate-{serial}.pdf": b"%PDF " + serial.encode() for serial in SERIALS.values()
    }


def test_nothing_is_shown_of_another_school(anybody: Visitor, journey: Journey) -> None:
    _certify(journey)
    other = Journey(journey.store, journey.now).begin(order="SFS-2")
    theirs = let_in(anybody, other.reference)
    assert "Ada Pascoe" not in anybody.open(f"{theirs}/certificates").words
    for path in (f"certificates/{SERIALS[1]}", "certificates.zip"):
        assert anybody.open(f"{theirs}/{path}").answer.status_code == 404


def test_a_page_costs_the_same_however_many_certificates_there_are(
    anybody: Visitor, journey: Journey, school: str
) -> None:
    with counted(journey.store) as none:
        anybody.open(f"{school}/certificates")
    _certify(journey)
    with counted(journey.store) as two:
        anybody.open(f"{school}/certificates")
    assert len(two) == len(none) <= 7


def test_axe_finds_nothing_on_either(page: Page, site: Site, journey: Journey) -> None:
    school = browse_in(page, site, journey.reference)
    page.goto(f"{school}/messages")
    sound(page, "We have not written to you yet.")
    _certify(journey)
    page.goto(f"{school}/certificates")
    sound(page, "How anybody checks one")


def ask(visitor: Visitor, school: str, text: str) -> Visitor:
    hidden = visitor.open(f"{school}/messages").fields(f"{school}/question")
    return visitor.post(f"{school}/question", hidden | {"text": text})


def test_a_question_is_a_note_for_both_and_a_thing_to_do_for_the_advisor(
    anybody: Visitor, lead: Visitor, journey: Journey, school: str, case: str
) -> None:
    ask(anybody, school, "May two of us come to one training?")
    assert "Your question is sent." in anybody.follow().words
    assert "May two of us come to one training? The school," in anybody.words
    assert "May two of us come to one training?" in lead.open(f"{case}/notes").words
    with journey.store.reading() as session:
        told = session.scalars(select(CaseNoteMention.user_id)).all()
    assert told == [journey.row.advisor_id]


def test_nobody_changes_what_a_school_asked(lead: Visitor, anybody: Visitor, school: str, case: str) -> None:
    ask(anybody, school, "May two of us come to one training?")
    page = lead.open(f"{case}/notes").answer.text
    assert "Change" not in page.partition("May two of us come")[2].partition("</section>")[0]
    hidden = lead.fields("/sign-out") | {"text": "Another", "shown_to": "council", "version": "1"}
    assert lead.post(f"{case}/notes/1", hidden).answer.status_code == 403


def test_a_question_that_says_nothing_or_too_much_is_told(anybody: Visitor, school: str) -> None:
    assert ask(anybody, school, " ").answer.status_code == 422
    assert anybody.texts("title")[0].startswith("Error:")
    ask(anybody, school, "x" * 4001)
    assert anybody.answer.status_code == 422
    assert "x" * 4001 in anybody.answer.text


def test_questions_without_end_are_not_taken(anybody: Visitor, school: str) -> None:
    for number in range(20):
        assert ask(anybody, school, f"Question {number}?").answer.status_code == 303
    assert ask(anybody, school, "One more?").answer.status_code == 409
    assert "telephone" in anybody.words
