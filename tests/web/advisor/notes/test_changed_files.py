"""A note's files: added and taken away with a change, and read by the council with what the note said before."""

import io

from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import encode_multipart

from config.settings import Settings
from tests.journeys import Journey
from tests.web.advisor.notes.test_notes import write
from tests.web.visitor import Visitor
from tests.workflow.documents.test_evidence_file import pdf
from workflow.mail.signed_links import Links


def change(visitor: Visitor, note: str, text: str, *without: str, shown_to: str = "school", **files: bytes) -> Visitor:
    fields = visitor.open(note).fields(f'action="{note}"') | {"text": text, "shown_to": shown_to}
    sent = MultiDict[str, object]([*fields.items(), *(("without", one) for one in without)])
    for name, content in files.items():
        sent.add("files", FileStorage(io.BytesIO(content), f"{name}.pdf"))
    boundary, body = encode_multipart(sent)
    visitor.answer = visitor.client.post(note, data=body, content_type=f"multipart/form-data; boundary={boundary}")
    return visitor


def test_files_are_added_and_taken_away_and_what_was_there_before_is_told(
    advisor: Visitor, assessor: Visitor, anybody: Visitor, journey: Journey, settings: Settings
) -> None:
    place = f"/advisor/engagement/{journey.reference}/notes"
    school = Links("", settings.secret_key).status(journey.reference)
    write(advisor, place, "The plan.", "school", draft=pdf(), budget=pdf(pages=3))
    note = f"{place}/1"
    assert "The note is changed." in change(advisor, note, "The plan.", "1", plan=pdf(pages=2)).follow().words
    assert "budget.pdf plan.pdf" in advisor.words
    assert "draft.pdf" not in advisor.words
    assert [anybody.open(f"{school}/file/{number}").answer.status_code for number in (1, 2, 3)] == [404, 200, 200]
    words = assessor.open(note).words
    assert "The plan. budget.pdf plan.pdf The school can read this" in words
    assert "The plan. draft.pdf budget.pdf The school could read this" in words
    assert assessor.open(f"{place}/file/1").answer.status_code == 200


def test_a_change_of_nothing_is_none(advisor: Visitor, case: str) -> None:
    write(advisor, f"{case}/notes", "The plan.", "school", plan=pdf())
    change(advisor, f"{case}/notes/1", "The plan.", "99")
    assert "Changed by" not in advisor.follow().words


def test_a_note_has_no_more_files_than_it_may(advisor: Visitor, case: str) -> None:
    write(
        advisor, f"{case}/notes", "The plan.", "school", **{f"f{number}": pdf(pages=number) for number in range(1, 6)}
    )
    note = f"{case}/notes/1"
    assert change(advisor, note, "More.", more=pdf(pages=6)).answer.status_code == 422
    assert "A note has at most 5 files. Take others away first" in advisor.words
    assert ">More.</textarea>" in advisor.answer.text
    assert change(advisor, note, "More.", "2", more=pdf(pages=6)).answer.status_code == 303
    assert 'href="#note-files"' in change(advisor, note, "More.", bad=b"MZ").answer.text


def test_what_was_ticked_stays_ticked_beside_a_mistake(advisor: Visitor, case: str) -> None:
    write(advisor, f"{case}/notes", "The plan.", "school", plan=pdf())
    change(advisor, f"{case}/notes/1", "", "1")
    assert 'value="1" checked' in advisor.answer.text
