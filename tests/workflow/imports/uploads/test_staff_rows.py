"""A list is read into rows as far as it goes, and as the import of a staff list reads it."""

import pytest

from tests.workflow.offer.pages import MENTORING
from workflow.errors import BadInput
from workflow.imports.uploads.staff_rows import LIMIT, StaffRow, read
from workflow.offer.loader import load_offer

OFFER = load_offer(MENTORING)


def rows(*lines: str) -> tuple[StaffRow, ...]:
    return read("\n".join(lines).encode(), "staff.csv", OFFER).rows


@pytest.mark.parametrize(
    ("line", "row"),
    [
        ("Ada Pascoe,ada@example.org,2", ("Ada Pascoe", "ada@example.org", "2")),
        ('"Pascoe, Ada",ADA@example.org,Phase 3', ("Ada Pascoe", "ada@example.org", "3")),
        ("Ada Pascoe <ada@example.org>,,an effective mentor", ("Ada Pascoe", "ada@example.org", "1")),
        ("Ada Pascoe,ada at example,Expert", ("Ada Pascoe", "ada at example", "")),
        (",ada@example.org,", ("", "ada@example.org", "1")),
    ],
)
def test_a_row_says_what_can_be_read_of_it(line: str, row: tuple[str, str, str]) -> None:
    assert rows("Name,Email,Phase", line) == (row,)


def test_the_same_row_twice_is_one_and_empty_ones_are_none() -> None:
    same = "Ada Pascoe,ada@example.org,1"
    assert len(rows("Staff", "", "Name,Email,Phase", same, "", same)) == 1


def test_it_is_said_where_a_phase_was_assumed() -> None:
    assert read(b"Name,Email,Phase\nAda Pascoe,ada@example.org,2\n", "staff.csv", OFFER).notes == ()
    (note,) = read(b"Name,Email\nAda Pascoe,ada@example.org\n", "staff.csv", OFFER).notes
    assert note == "Where it says no phase, the first is chosen: An Effective Mentor. Change it where another fits."


@pytest.mark.parametrize("content", [b"", b"Name,Email\n", b"Name\nAda\n", b"x" * (LIMIT + 1), b"%PDF-1.7"])
def test_what_is_no_list_is_refused(content: bytes) -> None:
    with pytest.raises(BadInput):
        read(content, "staff.csv", OFFER)
