"""A name or an address is found however it is written, and nothing else is."""

import io
import zipfile

import pytest

from workflow.store.privacy.words import ERASED, Words

WORDS = Words(("Ada Pascoe", "Tegen O’Neill", "May"), ("ada@x.example.org",))


@pytest.mark.parametrize(
    "text",
    [
        "ADA PASCOE",
        "Ada\n  Pascoe",
        "Tegen O'Neill",
        "Tegen O&#39;Neill",
        "Tegen O%27Neill",
        "Ada@X.example.org",
        "ada%40x.example.org",
    ],
)
def test_it_is_found_in_any_writing(text: str) -> None:
    assert WORDS.without(f"({text}),") == f"({ERASED}),"


@pytest.mark.parametrize("text", ["Adaline Pascoe", "Ada Pascoes", "in May", "nada@x.example.org", "Ada", "Pascoe"])
def test_nothing_else_is(text: str) -> None:
    assert not WORDS.are_in(text)


def test_a_document_is_looked_through_to_its_leaves() -> None:
    document = {"text": ["Ada Pascoe", 3, None, {"Ada Pascoe": True}]}
    assert WORDS.without(document) == {"text": [ERASED, 3, None, {ERASED: True}]}


def test_packed_and_coded_files_are_looked_into() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("xl/sharedStrings.xml", "<t>Ada Pascoe</t>")
    assert WORDS.are_in_bytes(packed.getvalue())
    assert WORDS.are_in_bytes("Ada Pascoe".encode("utf-16"))
    assert not WORDS.are_in_bytes(b"\x00\xff nobody")


def test_a_part_is_looked_for_first_unless_one_of_them_has_none() -> None:
    assert set(WORDS.needles) == {"Pascoe", "Tegen", "ada@x.example.org"}
    assert Words(("Ада Паско",), ()).needles == ()


def test_bytes_are_pointed_at_behind_other_letters() -> None:
    content = "é Ada Pascoe ü".encode()
    ((start, end),) = WORDS.spans(content)
    assert content[start:end] == b"Ada Pascoe"
