"""Tables as people send them: read with the row numbers a person sees, or refused in one sentence."""

import io
import zipfile
from datetime import datetime

import pytest
from openpyxl import Workbook

from workflow.errors import BadInput
from workflow.imports.sheet import Sheet, read

LIMIT = 1_000_000
OLD = "list.csv is an old Excel workbook (.xls), or one locked with a password. Save it as .xlsx or CSV."
TWICE = """list.csv cannot be read without a guess.
list.csv, row 1, column Name: stands there more than once. Rename or delete the one that is not meant."""
UNCLOSED = (
    "list.csv cannot be read beyond row 2.\n"
    "list.csv, row 3: a quotation mark opens and does not close, or a cell has a spare one. "
    "Put quotation marks round the whole cell and double those inside it."
)


def sheet_of(data: bytes, name: str = "list.csv", limit: int = LIMIT) -> Sheet:
    return read(io.BytesIO(data), name, limit=limit)


def rows_of(data: bytes) -> list[tuple[int, list[str]]]:
    return [(row.number, row.cells) for row in sheet_of(data)]


def refusal_of(data: bytes, name: str = "list.csv", limit: int = LIMIT) -> str:
    with pytest.raises(BadInput) as refused:
        list(sheet_of(data, name, limit))
    return str(refused.value)


def workbook(*rows: list[object]) -> bytes:
    book, packed = Workbook(), io.BytesIO()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(packed)
    return packed.getvalue()


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_columns_may_be_divided_by_commas_semicolons_or_tabs(delimiter: str) -> None:
    assert rows_of(delimiter.join("ab").encode() + b"\n" + delimiter.join("12").encode()) == [(2, ["1", "2"])]


@pytest.mark.parametrize(
    "data",
    [
        "\ufeffName\nSiân".encode(),
        "Name\nSiân".encode(),
        "Name\nSiân".encode("cp1252"),
        "Name\nSiân".encode("utf-16"),
    ],
)
def test_letters_are_read_right_whatever_the_encoding(data: bytes) -> None:
    assert rows_of(data) == [(2, ["Siân"])]


def test_the_assumed_encoding_is_named() -> None:
    assert sheet_of("Name\nSiân".encode("cp1252")).encoding == "cp1252"


def test_rows_are_numbered_as_a_spreadsheet_numbers_them_and_empty_ones_are_left_out() -> None:
    assert rows_of(b'Name\n\n"two\nlines"\n  \nlast\n\n\n') == [(3, ["two\nlines"]), (5, ["last"])]


def test_headers_match_whatever_their_capitals_and_spaces() -> None:
    sheet = sheet_of(b"Status(name) ,  E-MAIL   address\nOpen,a@b\n")
    found = sheet.columns({"status": ("status (name)",), "email": ("E-mail address",)})
    (row,) = sheet
    assert [row.text(column) for column in found.values()] == ["Open", "a@b"]


def test_a_short_row_has_empty_cells_and_an_overlong_one_says_so() -> None:
    sheet = sheet_of(b"a,b\n1\n1,2,3\n1,2,\n")
    column = sheet.columns({"b": ("b",)})["b"]
    assert [(row.text(column), sheet.overlong(row)) for row in sheet] == [("", False), ("2", True), ("2", False)]


def test_excel_cells_read_as_a_person_would_type_them() -> None:
    data = workbook(["Name", "When", "Price"], ["Siân", datetime(2026, 9, 8), 265.0], [None, None, 265.5])  # noqa: DTZ001 (a cell has no zone)
    assert rows_of(data) == [(2, ["Siân", "2026-09-08", "265"]), (3, ["", "", "265.5"])]


def test_a_missing_column_is_named_with_what_was_looked_for_and_what_is_there() -> None:
    with pytest.raises(BadInput) as refused:
        sheet_of(b"Name,Role\nAda,Lead\n").columns({"email": ("Email", "Work email"), "name": ("Name",)})
    assert str(refused.value) == (
        "list.csv lacks 1 column. Its header has “Name” and “Role”.\n"
        "list.csv, row 1: there is no column called “Email” or “Work email”."
    )


def packed(name: str) -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packing:
        packing.writestr(name, "x")
    return archive.getvalue()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "list.csv is empty. Send it again with its header and its rows."),
        (b" \n\n", "list.csv is empty. Send it again with its header and its rows."),
        (b"%PDF-1.7\n%\xe2\xe3", "list.csv is a PDF. Export the table itself as CSV or Excel."),
        (b"<!DOCTYPE html><table>", "list.csv is a web page. Export the table as CSV or Excel."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", OLD),
        (packed("orders.csv"), "list.csv is a zip file and not a table. Unpack it and send the CSV or .xlsx inside."),
        (b"PK\x03\x04 cut off", "list.csv is a damaged zip file or workbook. Send it again."),
        (
            packed("xl/workbook.xml"),
            "list.csv is a damaged Excel workbook. Open it in Excel, save it again and send that.",
        ),
        (b"\x7fELF\x00\x00\x01", "list.csv is not a table of text. Export it as “CSV UTF-8” or as Excel (.xlsx)."),
        (b'Name\nAda\n"Bryn', UNCLOSED),
    ],
)
def test_what_is_no_table_is_refused_in_a_sentence(data: bytes, sentence: str) -> None:
    assert refusal_of(data) == sentence


def test_a_column_that_is_wanted_and_stands_there_twice_is_refused() -> None:
    with pytest.raises(BadInput) as refused:
        sheet_of(b"Name,name\nAda,Ada").columns({"name": ("Name",)})
    assert str(refused.value) == TWICE
    sheet = sheet_of(b"Name,Notes,Notes\nAda,a,b")
    assert [row.text(sheet.columns({"name": ("Name",)})["name"]) for row in sheet] == ["Ada"]


def test_a_file_that_is_too_large_is_refused_before_it_is_read() -> None:
    assert refusal_of(b"x" * 2_100_000, limit=2_000_000) == "list.csv is 2.1 MB; at most 2 MB can be read."


def test_reading_tells_how_far_it_has_come() -> None:
    heard: list[tuple[int, int]] = []
    data = b"Name\n" + b"Ada\n" * 3
    list(read(io.BytesIO(data), "list.csv", limit=LIMIT, progress=lambda done, total: heard.append((done, total))))
    assert heard[-1] == (len(data), len(data))
