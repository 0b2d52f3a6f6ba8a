"""Notes beside an engagement: what is kept of them, who changes them, and that its history does not know of them."""

from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest

from tests.journeys import Journey
from workflow.documents.evidence_file import EvidenceFile
from workflow.errors import BadInput, Conflict, NotAllowed, NotFound, WorkflowError
from workflow.queries.audit import verify
from workflow.queries.notes import case_notes as queries
from workflow.queries.notes.case_notes import NoteLine
from workflow.store.tables.submission import read_file
from workflow.store.tables.user import User
from workflow.usecases.notes import case_notes, mentions

CONTENT = b"test"
LETTER = EvidenceFile("letter.pdf", "application/pdf", 4, sha256(CONTENT).hexdigest(), CONTENT)


def write(journey: Journey, text: str = "Rang the head.", shown_to: str = "council", by: int = 1, **more: Any) -> int:
    with journey.store.writing() as session:
        author = session.get_one(User, by)
        return case_notes.write(session, journey.id, text, shown_to, author=author, now=journey.now, **more).id


def change(journey: Journey, number: int, text: str, *, by: int = 1, seen: int = 1, shown_to: str = "council") -> None:
    with journey.store.writing() as session:
        author, now = session.get_one(User, by), journey.now + timedelta(hours=1)
        case_notes.change(session, journey.id, number, text, shown_to, seen=seen, author=author, now=now)


def notes(journey: Journey, **asked: Any) -> list[NoteLine]:
    with journey.store.reading() as session:
        first = queries.pinned(session, journey.id)
        return first + queries.others(session, journey.id, **{"limit": 10} | asked)


def mentioned(journey: Journey, user_id: int) -> list[tuple[str, bool]]:
    with journey.store.reading() as session:
        return [(one.text, one.is_seen) for one in queries.mentions_of(session, user_id, limit=10)]


def test_a_note_is_read_as_it_was_written_with_who_and_when(journey: Journey) -> None:
    number = write(journey, "  Rang the head.\r\nShe is away\x00 till May. ")
    (note,) = notes(journey)
    assert (note.id, note.text, note.shown_to) == (number, "Rang the head.\nShe is away till May.", "council")
    assert (note.author, note.written_at, note.changed_by, note.is_pinned) == ("The advisor", journey.now, "", False)


def test_history_and_whatever_guards_look_at_know_nothing_of_it(journey: Journey) -> None:
    before = journey.row
    change(journey, write(journey), "Rang again.")
    assert (journey.row.version, journey.row.head) == (before.version, before.head)
    with journey.store.reading() as session:
        assert verify(session, journey.id).faults == ()


def test_what_a_note_said_before_stays_with_who_could_read_it(journey: Journey) -> None:
    number = write(journey, shown_to="school")
    change(journey, number, "Rang again.", by=2)
    (note,) = notes(journey)
    assert (note.text, note.version, note.author, note.changed_by) == (
        "Rang again.",
        2,
        "The advisor",
        "The lead_advisor",
    )
    with journey.store.reading() as session:
        said = [(one.text, one.shown_to, name) for one, name, _ in queries.versions(session, number)]
    assert said == [("Rang again.", "council", "The lead_advisor"), ("Rang the head.", "school", "The advisor")]


def test_saving_what_it_says_already_changes_nothing(journey: Journey) -> None:
    number = write(journey)
    change(journey, number, " Rang the head. ")
    change(journey, number, "Rang the head.", seen=7)
    assert [one.version for one in notes(journey)] == [1]


def test_whoever_was_second_is_told_and_loses_nobody_elses_words(journey: Journey) -> None:
    number = write(journey)
    change(journey, number, "Rang again.")
    with pytest.raises(Conflict, match="changed since you opened it"):
        change(journey, number, "Rang a third time.")
    assert [one.text for one in notes(journey)] == ["Rang again."]


def test_only_its_writer_or_a_lead_advisor_changes_a_note(journey: Journey) -> None:
    number = write(journey)
    with pytest.raises(NotAllowed):
        change(journey, number, "Never mind.", by=3)
    change(journey, number, "Never mind.", by=2)


def test_pinned_notes_stand_first_and_the_others_newest_first(journey: Journey) -> None:
    numbers = [write(journey, f"Note {number}") for number in range(4)]
    with journey.store.writing() as session:
        case_notes.pin(session, journey.id, numbers[0], journey.now)
        case_notes.pin(session, journey.id, numbers[2], journey.now + timedelta(hours=1))
        case_notes.pin(session, journey.id, numbers[0], journey.now + timedelta(hours=2))
    assert [one.id for one in notes(journey)] == [numbers[2], numbers[0], numbers[3], numbers[1]]
    with journey.store.writing() as session:
        case_notes.unpin(session, journey.id, numbers[2])
    assert [one.id for one in notes(journey)] == [numbers[0], numbers[3], numbers[2], numbers[1]]
    assert [one.id for one in notes(journey, limit=1, before=numbers[2])] == [numbers[0], numbers[1]]


def test_the_school_reads_what_is_shown_to_it_and_in_force(journey: Journey) -> None:
    write(journey, "For us.", files=[LETTER])
    shown = write(journey, "For you.", "school", files=[LETTER])
    with journey.store.reading() as session:
        (note,) = queries.for_school(session, journey.id, limit=5)
        assert note.text == "For you."
        found = queries.file_of(session, journey.id, note.files[0][0], "school")
        assert (found.name, read_file(session, found.sha256)) == ("letter.pdf", ("application/pdf", b"test"))
        with pytest.raises(NotFound):
            queries.file_of(session, journey.id, 1, "school")
    change(journey, shown, "For you.")
    with journey.store.reading() as session:
        assert queries.for_school(session, journey.id, limit=5) == []
        with pytest.raises(NotFound):
            queries.file_of(session, journey.id, 2, "school")
        assert queries.file_of(session, journey.id, 2, "school", "council").name == "letter.pdf"


def test_nothing_is_found_or_changed_by_way_of_another_engagement(journey: Journey) -> None:
    other, number = Journey(journey.store, journey.now).begin(order="SFS-2"), write(journey, files=[LETTER])
    with journey.store.writing() as session:
        author = session.get_one(User, 1)
        for act in (
            lambda: case_notes.pin(session, other.id, number, other.now),
            lambda: case_notes.unpin(session, other.id, number),
            lambda: queries.one_note(session, other.id, number),
            lambda: queries.file_of(session, other.id, 1, "council"),
            lambda: case_notes.change(session, other.id, number, "X", "council", seen=1, author=author, now=other.now),
        ):
            with pytest.raises(NotFound):
                act()


def test_a_colleague_who_is_mentioned_has_it_until_they_say_that_they_read_it(journey: Journey) -> None:
    number = write(journey, "@The lead_advisor: please look. Not @The advisor.")
    assert [one.mentions for one in notes(journey)] == [("The lead_advisor",)]
    assert (mentioned(journey, 1), mentioned(journey, 3)) == ([], [])
    assert mentioned(journey, 2) == [("@The lead_advisor: please look. Not @The advisor.", False)]
    with journey.store.writing() as session:
        mentions.see(session, 2, number, journey.now)
        with pytest.raises(NotFound):
            mentions.see(session, 3, number, journey.now)
    change(journey, number, "@The lead_advisor and @The assessor: please look.")
    assert [seen for _, seen in mentioned(journey, 2) + mentioned(journey, 3)] == [True, False]
    change(journey, number, "Never mind.", seen=2)
    assert mentioned(journey, 2) + mentioned(journey, 3) == []


@pytest.mark.parametrize(
    ("text", "shown_to", "where"),
    [
        (" \r\n", "council", "text"),
        ("x" * 8001, "council", "text"),
        ("@Somebody", "council", "text"),
        ("Rang.", "", "shown_to"),
        ("Rang.", "everybody", "shown_to"),
    ],
)
def test_what_cannot_be_kept_is_said_and_nothing_is(journey: Journey, text: str, shown_to: str, where: str) -> None:
    with pytest.raises(BadInput) as refused:
        write(journey, text, shown_to)
    assert [one.where for one in refused.value.problems] == [where]
    assert notes(journey) == []


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ([("a.pdf", b"%PDF")] * 6, "Choose at most 5 files; others can go with another note"),
        ([("a.exe", b"MZ")], "a.exe"),
        ([("a.pdf", b"")], "“a.pdf” is empty. Choose the file again."),
    ],
)
def test_files_that_may_not_be_kept_are_said(files: list[tuple[str, bytes]], sentence: str) -> None:
    with pytest.raises(WorkflowError, match=sentence.split(".", maxsplit=1)[0]):
        case_notes.look_into(files)
    assert case_notes.look_into([]) == []
