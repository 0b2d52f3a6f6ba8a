"""Programs that call the console rely on its exit codes, one for each way of not doing what was asked."""

import pytest

from tests.web.cli.conftest import PASSWORD, Typist
from workflow.store.session import Store


@pytest.mark.parametrize(
    "words",
    [
        ["fire"],
        ["nonsense"],
        ["import", "schools", "no-such-file.csv"],
        ["engagement", "list", "--stage", "nowhere"],
    ],
)
def test_2_wrong_usage(typist: Typist, words: list[str]) -> None:
    assert typist.type(*words).exit_code == 2


def test_2_when_it_has_to_be_said_who_does_it(staffed: Typist, ref: str) -> None:
    staffed.do("user", "add", "jo@example.org", "--role", "advisor", "--name", "Jo", "--password-stdin", given=PASSWORD)
    result = staffed.type("fire", ref, "complete_training_1")
    assert (result.exit_code, "Say who does this" in result.stderr) == (2, True)


def test_3_refused_by_a_guard_with_every_reason(staffed: Typist, ref: str) -> None:
    result = staffed.type("fire", ref, "complete_training_1")
    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr.startswith("“complete_training_1” is refused for 2 reasons:\n  - The register of")


def test_4_conflict_with_what_happened_since(staffed: Typist, ref: str) -> None:
    result = staffed.type("fire", ref, "complete_training_1", "--expect-version", "1")
    assert (result.exit_code, "has changed since you looked at it" in result.stderr) == (4, True)


@pytest.mark.parametrize(
    "words",
    [
        ["engagement", "show", "CMC-25-0099-X"],
        ["fire", "rubbish", "hold"],
        ["outbox", "retry", "99"],
    ],
)
def test_5_not_found(typist: Typist, words: list[str]) -> None:
    assert typist.type(*words).exit_code == 5


def test_5_somebody_who_has_no_account(staffed: Typist, ref: str) -> None:
    result = staffed.type("fire", ref, "hold", "--as", "nobody@example.org")
    assert (result.exit_code, "nobody@example.org" in result.stderr) == (5, True)


def test_6_bad_input_says_what_is_missing(staffed: Typist, ref: str) -> None:
    result = staffed.type("fire", ref, "hold", "--set", "review_on=soon")
    assert result.exit_code == 6
    assert "Why is it going on hold?" in result.stderr
    assert "When should we look at this again? Write a date" in result.stderr


def test_7_not_allowed_for_this_role(staffed: Typist, ref: str) -> None:
    result = staffed.type("fire", ref, "cancel", "--note", "Why not", "--as", "system")
    assert (result.exit_code, "is for the lead advisor" in result.stderr) == (7, True)


def test_8_a_database_without_tables(bare: Typist) -> None:
    result = bare.type("engagement", "list")
    assert (result.exit_code, "Run “recognition db upgrade”" in result.stderr) == (8, True)


def test_8_a_history_that_was_touched(staffed: Typist, ref: str) -> None:
    assert staffed.ask("audit", "verify") == {"checked": 1, "older": 0, "faults": []}
    store = Store(f"sqlite:///{staffed.home / 'recognition.db'}", {})
    with store.writing() as session:
        session.connection().exec_driver_sql("UPDATE event SET actor = 'system' WHERE seq = 2")
    store.close()
    result = staffed.type("audit", "verify", ref)
    assert result.exit_code == 8
    assert f"{ref}   event 2 was changed after it was written." in result.stdout
