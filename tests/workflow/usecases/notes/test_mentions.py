"""Whom a note mentions: by an @ and their whole name, wherever it stands in a sentence."""

import pytest

from workflow.errors import BadInput
from workflow.store.tables.user import User
from workflow.usecases.notes.mentions import mentioned

NAMES = ("Tamsin Rowe", "Tamsin Rowe-Hart", "Zoë O’Neil", "Denzil Hocking", "Denzil Hocking")
COLLEAGUES = [User(id=number, name=name) for number, name in enumerate(NAMES, 1)]


@pytest.mark.parametrize(
    ("text", "those"),
    [
        ("@Tamsin Rowe, please ring them.", [1]),
        ("Ask (@tamsin rowe-hart) or @ZOË O’NEIL!", [2, 3]),
        ("@Tamsin Rowe and @Tamsin Rowe again", [1]),
        ("One of @Denzil Hocking", [4, 5]),
        ("Write to ada@tamsin rowe.example.org, meet @ 10am, 3@£5", []),
        ("", []),
    ],
)
def test_whole_names_behind_an_at_are_meant(text: str, those: list[int]) -> None:
    assert [one.id for one in mentioned(text, COLLEAGUES)] == those


@pytest.mark.parametrize(
    ("text", "called"), [("@Tamsin", "Tamsin"), ("Hello @Tamsin Rowell!", "Tamsin Rowell"), ("@school", "school")]
)
def test_a_name_that_nobody_has_is_asked_about(text: str, called: str) -> None:
    with pytest.raises(BadInput) as refused:
        mentioned(text, COLLEAGUES)
    (problem,) = refused.value.problems
    sentence = f"Nobody here is called “{called}”. Write a colleague’s whole name, such as @Denzil Hocking"
    assert (problem.where, problem.sentence) == ("text", sentence)
