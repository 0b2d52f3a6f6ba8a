"""What is answered: refused in a sentence where no offer can come of it, and what follows from it."""

from pathlib import Path
from typing import Any

import pytest

from tests.workflow.offer.making.asked import PEOPLE, PLAIN
from workflow.errors import BadInput
from workflow.offer.making.answers import agree_so_far, read
from workflow.offer.making.answers_file import answers_in


@pytest.mark.parametrize(
    ("key", "value", "sentence"),
    [
        ("title", " ", "The name is empty."),
        ("title", "=SUM(A1)", "begins with “=”"),
        ("code", "Kind Corridors", "small letters"),
        ("version", "2027", "the year and the month from which it is sold"),
        ("price", "ten", "pounds and pence"),
        ("price", "-1", "Write 0 or more."),
        ("price", "1.005", "pounds and pence"),
        ("meetings", 7, "Write 6 or less."),
        ("meetings", "several", "a whole number"),
        ("phases", ("One", "one"), "Two phases have the same name."),
        ("phases", tuple("abcdefghij"), "9 belong here and no more"),
        ("evidence", "perhaps", "true or false"),
        ("lapse_after", 5, "after 10 school days at the soonest"),
        ("minimum_staff", 0, "Write 1 or more."),
        ("contact", "nobody", "nobody"),
        ("colour", "red", "there is no such key"),
    ],
)
def test_an_answer_that_cannot_be_used_is_told_by_its_name(key: str, value: Any, sentence: str) -> None:
    for ask in (agree_so_far, read):
        with pytest.raises(BadInput) as refused:
            ask(PLAIN | {key: value})
        assert [(one.where, sentence in one.sentence) for one in refused.value.problems] == [(key, True)]


def test_what_is_still_open_is_no_mistake_until_the_end() -> None:
    agree_so_far({"title": "Kind Corridors Mark"})
    with pytest.raises(BadInput) as refused:
        read({key: PLAIN[key] for key in PLAIN if key not in ("price", "code")})
    assert [str(one) for one in refused.value.problems] == [
        "code: this is not answered.",
        "price: this is not answered.",
    ]


@pytest.mark.parametrize(
    ("key", "sentence"),
    [("evidence", "nobody sends in evidence"), ("certificate", "nobody gets a certificate")],
)
def test_without_people_there_is_nothing_of_theirs(key: str, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        read(PLAIN | {key: True})
    assert getattr(read(PLAIN | PEOPLE | {key: True}), key)


@pytest.mark.parametrize(
    ("title", "code", "prefix"),
    [
        ("Kind Corridors Mark", "corridors", "KCM"),
        ("Outdoor Spaces for Infants", "spaces", "PAC"),
        ("Öffentliche Ideen", "ideas", "DEA"),
        ("Isis", "is", "XX"),
        ("The Very Long Name of an Award", "award", "TVL"),
    ],
)
def test_references_begin_with_letters_that_nobody_misreads(title: str, code: str, prefix: str) -> None:
    assert read(PLAIN | {"title": title, "code": code}).reference == prefix


def test_answers_are_read_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "answers.toml"
    file.write_text('price = "75.00"\nphases = ["Beginning"]\n', encoding="utf-8")
    assert answers_in(file) == {"price": "75.00", "phases": ["Beginning"]}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"price = \n", "is not TOML"), (b'title = "\xff"\n', "another encoding"), (None, "cannot be read: No such file")],
)
def test_a_file_that_cannot_be_read_is_told_in_a_sentence(tmp_path: Path, content: bytes | None, sentence: str) -> None:
    file = tmp_path / "answers.toml"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(BadInput, match=sentence):
        answers_in(file)
