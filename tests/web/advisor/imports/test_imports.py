"""Files brought in through pages: from the upload to taking it back."""

import io
import re

import pytest

from tests.journeys import Journey
from tests.web.conftest import Clock
from tests.web.visitor import Visitor
from workflow.store.tables.participant import Participant
from workflow.store.tables.school import School

HOME = "/advisor/imports"
STAFF = b"Teacher,Work mail\r\nAda Hale,ada.hale@example.org\r\nBryn Rowe,bryn at example.org\r\n"
SCHOOLS = b"URN,EstablishmentName,EstablishmentStatus (name)\r\n912345,New School,Open\r\n"


def _upload(visitor: Visitor, kind: str, content: bytes, about: str = "") -> Visitor:
    fields = visitor.open(f"{HOME}?kind={kind}").fields(f'action="{HOME}"') | {"about": about}
    sent = {**fields, "file": (io.BytesIO(content), "list.csv")}
    visitor.answer = visitor.client.post(HOME, data=sent, content_type="multipart/form-data", buffered=True)
    return visitor


def _send(visitor: Visitor, to: str, **typed: str) -> Visitor:
    return visitor.post(to, visitor.fields(f'action="{to}"') | typed)


def _people(journey: Journey) -> set[str]:
    with journey.store.reading() as session:
        return {one.email for one in session.query(Participant) if one.status != "withdrawn"}


def test_a_list_is_mapped_mended_brought_in_once_and_taken_back(
    advisor: Visitor, journey: Journey, clock: Clock
) -> None:
    clock.now = journey.now
    _upload(advisor, "staff", STAFF, journey.reference)
    here = advisor.answer.location
    advisor.follow()
    assert "list.csv lacks 2 columns." in advisor.words
    _send(advisor, f"{here}/columns", **{"column-name": "Teacher", "column-email": "Work mail"})
    advisor.follow()
    assert "Nothing is written yet. 1 participant would be added" in advisor.words
    assert "Row 3: “bryn at example.org”" in advisor.words
    (name,) = re.findall('id="cell-3-1" name="([^"]+)"', advisor.answer.text)
    _send(advisor, f"{here}/mend", **{name: "bryn@example.org"})
    assert "2 participants would be added" in advisor.follow().words
    assert _people(journey) == set()
    _send(advisor, f"{here}/take", rows="whole")
    assert "Success 2 participants added, 0 changed." in advisor.follow().words
    assert _people(journey) == {"ada.hale@example.org", "bryn@example.org"}
    assert "2 added, 0 changed" in advisor.open(HOME).words
    _send(advisor.open(here), f"{here}/undo")
    assert "1 of 1 can be taken back. Nothing has been done yet." in advisor.words
    assert len(_people(journey)) == 2
    _send(advisor, f"{here}/undo")
    assert "1 taken back." in advisor.follow().words
    assert _people(journey) == set()


def test_the_good_rows_are_taken_by_themselves_and_twice_is_once(advisor: Visitor, journey: Journey) -> None:
    content = STAFF.replace(b"Teacher,Work mail", b"Name,Email") + b"#N/A,\r\n"
    _upload(advisor, "staff", content, journey.reference)
    here = advisor.answer.location
    assert "2 rows have a problem" in advisor.follow().words
    fields = advisor.fields(f'action="{here}/take"') | {"rows": "good"}
    for _ in range(2):
        assert advisor.post(f"{here}/take", fields).answer.status_code == 303
    assert _people(journey) == {"ada.hale@example.org"}


@pytest.mark.parametrize(
    ("kind", "content", "field", "sentence"),
    [
        ("schools", b"%PDF-1.4", "file", "is a PDF. Export the table itself as CSV or Excel."),
        ("schools", b"", "file", "The file is empty."),
        ("staff", STAFF, "about", "Enter it: reference of the engagement"),
    ],
)
def test_what_cannot_be_used_is_said_at_its_field(
    advisor: Visitor, kind: str, content: bytes, field: str, sentence: str
) -> None:
    _upload(advisor, kind, content)
    assert advisor.answer.status_code == 422
    assert f'href="#upload-{field}">' in advisor.answer.text
    assert sentence in advisor.words
    assert "Error: Import: " in advisor.words


def test_a_file_is_its_owners_and_can_be_removed(
    advisor: Visitor, lead: Visitor, assessor: Visitor, journey: Journey
) -> None:
    _upload(advisor, "schools", SCHOOLS)
    here = advisor.answer.location
    assert lead.open(here).answer.status_code == 404
    assert assessor.open(HOME).answer.status_code == 403
    _send(advisor.follow(), f"{here}/remove")
    assert "Nothing of it was brought in." in advisor.follow().words
    assert advisor.open(here).answer.status_code == 404
    with journey.store.reading() as session:
        assert session.get(School, "912345") is None


def test_what_others_rest_on_is_told_before_anything_is_taken_back(advisor: Visitor, journey: Journey) -> None:
    rows = SCHOOLS + b"900001,Polwhevral Academy,Open\r\n"
    _upload(advisor, "schools", rows)
    here = advisor.answer.location
    _send(advisor.follow(), f"{here}/take", rows="whole")
    _send(advisor.follow(), f"{here}/undo")
    assert "1 of 2 can be taken back." in advisor.words
    assert "Polwhevral Academy (900001) stays: an engagement or a calendar is about it." in advisor.words
    _send(advisor, f"{here}/undo")
    assert "1 taken back. What stays, and why, is told below." in advisor.follow().words
    with journey.store.reading() as session:
        assert session.get(School, "912345") is None
