"""Notes on an engagement as pages: written, changed, pinned, read by whom they are for."""

import io

import pytest
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from config.settings import Settings
from tests.journeys import Journey
from tests.web.visitor import Visitor
from tests.workflow.documents.test_evidence_file import pdf
from workflow.mail.signed_links import Links


@pytest.fixture
def place(case: str) -> str:
    return f"{case}/notes"


@pytest.fixture
def school(settings: Settings, journey: Journey) -> str:
    return Links("", settings.secret_key).status(journey.reference)


def write(visitor: Visitor, place: str, text: str, shown_to: str = "council", **files: bytes) -> None:
    fields = visitor.open(place).fields(f'action="{place}"') | {"text": text, "shown_to": shown_to}
    sent = {"files": [FileStorage(io.BytesIO(content), f"{name}.pdf") for name, content in files.items()]}
    boundary, body = encode_multipart({**fields, **sent})  # in memory: the client would leave a file open
    visitor.answer = visitor.client.post(place, data=body, content_type=f"multipart/form-data; boundary={boundary}")


def test_a_note_is_kept_and_read_by_colleagues(advisor: Visitor, assessor: Visitor, place: str) -> None:
    assert "There are no notes on this engagement yet." in advisor.open(place).words
    write(advisor, place, "Rang the head.\nShe is away <till> May.")
    assert "The note is kept." in advisor.follow().words
    words = assessor.open(place).words
    assert "Tamsin Rowe, 6 October 2025 at 12pm Council only Rang the head. She is away <till> May." in words


def test_only_what_is_shown_to_the_school_stands_on_its_page(
    advisor: Visitor, anybody: Visitor, place: str, school: str
) -> None:
    write(advisor, place, "They seem short of money.", private=pdf())
    assert "Questions and notes" not in anybody.open(school).words
    write(advisor, place, "Here is the plan.", "school", plan=pdf(pages=2))
    assert "The note is kept, and the school can read it." in advisor.follow().words
    words = anybody.open(school).words
    assert "Questions and notes Here is the plan. plan.pdf Tamsin Rowe, 6 October 2025" in words
    assert "money" not in words
    assert anybody.open(f"{school}/file/1").answer.status_code == 404
    answer = anybody.open(f"{school}/file/2").answer
    assert answer.mimetype == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="plan.pdf"')
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_a_file_is_saved_by_the_council_and_not_by_way_of_another_engagement(
    advisor: Visitor, place: str, journey: Journey
) -> None:
    write(advisor, place, "The letter.", letter=pdf())
    assert f'href="{place}/file/1"' in advisor.open(place).answer.text
    answer = advisor.open(f"{place}/file/1").answer
    assert (answer.status_code, answer.data[:4]) == (200, b"%PDF")
    other = Journey(journey.store, journey.now).begin(order="SFS-2")
    assert advisor.open(f"/advisor/engagement/{other.reference}/notes/file/1").answer.status_code == 404


def test_a_file_may_be_larger_than_a_form_usually_is(advisor: Visitor, place: str) -> None:
    write(advisor, place, "The letter.", letter=pdf() + b"\n" * 2_000_000)
    assert advisor.answer.status_code == 303


def test_what_is_wrong_is_said_and_what_was_typed_stays(advisor: Visitor, place: str) -> None:
    write(advisor, place, "@Nobody Here, look at this.", bad=b"MZ")
    assert advisor.answer.status_code == 422
    assert "<title>Error: Notes" in advisor.answer.text
    assert "“bad.pdf” is called a PDF and is not one." in advisor.words
    assert "@Nobody Here, look at this." in advisor.words
    write(advisor, place, "@Nobody Here, look at this.")
    assert "Nobody here is called “Nobody Here”." in advisor.words
    assert 'href="#note-text"' in advisor.answer.text
    write(advisor, place, "", "")
    assert advisor.answer.status_code == 422
    assert "Keep this note" in advisor.words
    assert "There are no notes on this engagement yet." in advisor.open(place).words


def test_a_changed_note_says_so_and_what_it_said_before_can_be_read(
    advisor: Visitor, lead: Visitor, assessor: Visitor, place: str
) -> None:
    write(advisor, place, "Rang the head.")
    fields = lead.open(f"{place}/1").fields(f'action="{place}/1"')
    lead.post(f"{place}/1", fields | {"text": "Wrote to the head.", "shown_to": "school"})
    assert "The note is changed." in lead.follow().words
    words = assessor.open(place).words
    assert "Wrote to the head." in words
    assert "Changed by Denzil Hocking, 6 October 2025 at 12pm." in words
    words = assessor.open(f"{place}/1").words
    assert "Now: Denzil Hocking, 6 October 2025 at 12pm Wrote to the head. The school can read this" in words
    assert "Before: Tamsin Rowe, 6 October 2025 at 12pm Rang the head. Council only" in words
    assert "Save changes" not in words


def test_whoever_was_second_sees_what_was_first_and_keeps_what_they_typed(
    advisor: Visitor, lead: Visitor, place: str
) -> None:
    write(advisor, place, "Rang the head.")
    mark = f'action="{place}/1"'
    mine, theirs = advisor.open(f"{place}/1").fields(mark), lead.open(f"{place}/1").fields(mark)
    lead.post(f"{place}/1", theirs | {"text": "Wrote to the head.", "shown_to": "council"})
    advisor.post(f"{place}/1", mine | {"text": "Met the head.", "shown_to": "council"})
    assert advisor.answer.status_code == 409
    assert "This note has been changed since you opened it." in advisor.words
    assert "Wrote to the head." in advisor.words
    assert ">Met the head.</textarea>" in advisor.answer.text


def test_a_colleague_changes_no_note_of_somebody_else(advisor: Visitor, assessor: Visitor, place: str) -> None:
    write(advisor, place, "Rang the head.")
    token = assessor.open(place).fields("/sign-out")["csrf_token"]
    assessor.post(f"{place}/1", {"csrf_token": token, "version": "1", "text": "X", "shown_to": "council"})
    assert assessor.answer.status_code == 403
    assert "Rang the head." in assessor.open(place).words


def test_a_pinned_note_stands_first_until_it_is_unpinned(advisor: Visitor, place: str) -> None:
    for text in ("First.", "Second."):
        write(advisor, place, text)
    advisor.post(f"{place}/1/pin", advisor.open(place).fields(f'action="{place}/1/pin"'))
    words = advisor.follow().words
    assert "The note is pinned: it stands first." in words
    assert words.index("First.") < words.index("Second.")
    advisor.post(f"{place}/1/unpin", advisor.fields(f'action="{place}/1/unpin"'))
    words = advisor.follow().words
    assert words.index("Second.") < words.index("First.")


def test_many_notes_stand_on_several_pages(advisor: Visitor, place: str) -> None:
    for number in range(31):
        write(advisor, place, f"Number {number}.")
    words = advisor.open(place).words
    assert "Number 30." in words
    assert "Number 0." not in words
    older = advisor.answer.text.partition(f'href="{place}?before=')[2].partition('"')[0]
    assert "Number 0." in advisor.open(f"{place}?before={older}").words
    assert "Show older notes" not in advisor.words


def test_whoever_is_mentioned_finds_the_note_and_says_that_they_have_read_it(
    advisor: Visitor, lead: Visitor, place: str
) -> None:
    assert "No note mentions you." in lead.open("/advisor/mentions").words
    write(advisor, place, "@Denzil Hocking, please ring them.")
    assert "For Denzil Hocking." in advisor.follow().words
    assert "@Denzil Hocking, please ring them." in lead.open("/advisor/mentions").words
    assert f'href="{place}/1"' in lead.answer.text
    assert "No note mentions you." in advisor.open("/advisor/mentions").words
    lead.post("/advisor/mentions/1/seen", lead.fields('action="/advisor/mentions/1/seen"'))
    assert "You have read it" in lead.follow().words


@pytest.mark.parametrize("path", ["", "/1", "/1/pin", "/1/unpin"])
def test_nothing_is_done_without_the_forms_token(advisor: Visitor, place: str, path: str) -> None:
    write(advisor, place, "Rang the head.")
    sent = {"text": "X", "shown_to": "council", "version": "1"}
    assert advisor.post(place + path, sent).answer.status_code == 400
    assert "Rang the head." in advisor.open(place).words


def test_there_are_no_notes_on_what_is_not_there(advisor: Visitor, place: str) -> None:
    for path in ("/advisor/engagement/CMC-25-0099-X/notes", f"{place}/1", f"{place}/file/1"):
        assert advisor.open(path).answer.status_code == 404
