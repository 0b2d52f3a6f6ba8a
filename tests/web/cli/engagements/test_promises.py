"""`recognition promises`: whose move it is, told to people and to programs."""

from sqlalchemy import delete

from tests.web.cli.conftest import Typist
from web.cli.context import CliContext
from workflow.store.tables.promise import PromiseRow


def test_the_board_reads_as_a_table(furnished: Typist, ref: str) -> None:
    said = furnished.do("promises")
    for part in (
        ref,
        "Trevanick Community Primary School, Trevanick",
        "school",
        "name at least three staff",
        "6 October 2025",
        "20 October 2025",
        "In time",
    ):
        assert part in said
    assert "14 school days late" in furnished.later(days=40).do("promises")


def test_programs_are_told_the_same(staffed: Typist, ref: str) -> None:
    (line,) = staffed.later(days=16).ask("promises")
    assert line == {
        "ref": ref,
        "school": "Trevanick Community Primary School",
        "town": "Trevanick",
        "stage": "training_1",
        "stage_title": "Training session 1",
        "advisor": "",
        "owner": "council",
        "to": "offer dates for training session 1",
        "since": "2025-10-06T10:00:00+00:00",
        "by": "2025-10-20T22:59:59+00:00",
        "late": True,
        "days_late": 2,
        "unit": "council days",
    }


def test_the_board_can_be_narrowed(staffed: Typist, ref: str) -> None:
    for words, found in (
        (["--owner", "council"], [ref]),
        (["--owner", "school"], []),
        (["--late"], []),
        (["--advisor", "lead@example.org"], []),
    ):
        assert [line["ref"] for line in staffed.ask("promises", *words)] == found
    assert [line["ref"] for line in staffed.later(days=15).ask("promises", "--late", "--owner", "council")] == [ref]


def test_nothing_owed_is_said_in_a_sentence(typist: Typist) -> None:
    assert typist.do("promises") == "Nothing is owed like that.\n"
    assert typist.ask("promises") == []


def test_an_advisor_nobody_knows_is_not_found(typist: Typist) -> None:
    assert typist.type("promises", "--advisor", "nobody@example.org").exit_code == 5


def test_an_engagement_that_waits_for_nobody_is_named(staffed: Typist, ref: str) -> None:
    desk = CliContext(lambda: staffed.now)
    with desk.store.writing() as session:
        session.execute(delete(PromiseRow))
    desk.close()
    assert f"Nobody owes the next move of {ref}." in staffed.do("promises")
    (line,) = staffed.ask("promises", "--owner", "council")
    assert (line["ref"], line["owner"], line["late"]) == (ref, None, None)


def test_a_case_tells_since_when_its_promise_is_owed(staffed: Typist, ref: str) -> None:
    (promise,) = staffed.later(days=3).ask("engagement", "show", ref)["promises"]
    assert promise["since"] == "2025-10-06T10:00:00+00:00"
