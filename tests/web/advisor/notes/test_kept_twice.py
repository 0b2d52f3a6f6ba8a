"""A note that is sent twice is one; with other words or another file it is another."""

import io

from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from tests.journeys import Journey
from tests.web.visitor import Visitor
from tests.workflow.documents.test_evidence_file import pdf
from workflow.store.tables.notes.case_note import CaseNoteFile, CaseNoteVersion


def test_a_note_that_is_sent_twice_is_one_and_with_another_file_another(
    advisor: Visitor, journey: Journey, case: str
) -> None:
    place = f"{case}/notes"
    fields = advisor.open(place).fields(f'action="{place}"') | {"text": "They rang.", "shown_to": "council"}
    for name, content in ((None, b""), (None, b""), ("a.pdf", pdf()), ("a.pdf", pdf()), ("b.pdf", pdf() + b"\n")):
        files = {"files": FileStorage(io.BytesIO(content), name)} if name else {}
        advisor.client.post(place, data=fields | files, content_type="multipart/form-data", buffered=True)
        assert "The note is kept." in advisor.open(place).words
    with journey.store.reading() as session:
        assert [*session.scalars(select(CaseNoteVersion.text))] == ["They rang."] * 3
        assert [*session.scalars(select(CaseNoteFile.name).order_by(CaseNoteFile.id))] == ["a.pdf", "b.pdf"]
