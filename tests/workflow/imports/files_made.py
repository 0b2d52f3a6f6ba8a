"""Files as people make them: what a spreadsheet, a portal, a habit or a hurry does to a table. Nobody in it exists."""

import io
import zipfile
from datetime import datetime
from typing import Literal, NamedTuple

from openpyxl import Workbook

Kind = Literal["staff", "orders", "register"]
Rows = tuple[tuple[object, ...], ...]
_USUAL, _STRICT = b"http://schemas.openxmlformats.org/", b"http://purl.oclc.org/ooxml/"
STAFF = ("Name", "Email", "Phase")
ADA, BRYN = ("Ada Pascoe", "ada@example.org", 1), ("Bryn Rowe", "bryn@example.org", 2)
ORDER = ("Order number", "Service", "URN", "Price", "Date", "Contact name", "Contact email")
SERVICE = "Mentoring, coaching and leadership recognition"


class MadeFile(NamedTuple):
    """`about` says what somebody did to it; `name` ends as theirs did."""

    about: str
    kind: Kind
    name: str
    data: bytes


def text(*rows: tuple[object, ...], delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    return "\r\n".join(delimiter.join(map(_quoted, row)) for row in rows).encode(encoding)


def _quoted(cell: object) -> str:
    return f'"{cell}"' if set(str(cell)) & set(',;"\n') else str(cell)


def book(**sheets: Rows) -> bytes:
    made, packed = Workbook(), io.BytesIO()
    made.remove(made.worksheets[0])
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
    made.save(packed)
    return packed.getvalue()


def strict(data: bytes) -> bytes:
    """As “Strict Open XML Spreadsheet” has it."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as usual, zipfile.ZipFile(made, "w") as packing:
        for part in usual.namelist():
            renamed = usual.read(part).replace(_USUAL + b"spreadsheetml/2006/main", _STRICT + b"spreadsheetml/main")
            packing.writestr(part, renamed.replace(_USUAL + b"officeDocument/2006/", _STRICT + b"officeDocument/"))
    return made.getvalue()


def open_document() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packing:
        packing.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    return made.getvalue()


def order(number: object, day: object = "01/10/2025", price: object = "265.00") -> tuple[object, ...]:
    return (number, SERVICE, "900001", price, day, "Jenna Rowe", "jenna@example.org")


def _people(*pairs: tuple[str, str]) -> bytes:
    return text(STAFF, *((name, email, 1) for name, email in pairs))


_DAYS = ("08/09/25", "8 September 2025", "08-Sep-2025", "Mon 8th Sept 2025", "2025-09-08T14:30:00Z", "8.9.2025 2:30 pm")
_TITLE = ("Trevanick School, staff taking part", "", "")
FILES: tuple[MadeFile, ...] = (
    MadeFile("The header stands below a title", "staff", "staff.xlsx", book(Staff=(_TITLE, (), STAFF, ADA, BRYN))),
    MadeFile(
        "The table is on the second sheet, behind a cover",
        "staff",
        "staff.xlsx",
        book(Cover=(("Please fill in the next sheet",),), Staff=(STAFF, ADA, BRYN)),
    ),
    MadeFile("The same table on two sheets", "staff", "staff.xlsx", book(Autumn=(STAFF, ADA), Spring=(STAFF, BRYN))),
    MadeFile(
        "Column names in snake_case and with hyphens",
        "staff",
        "staff.csv",
        text(("first_name", "last_name", "E-mail"), ("Ada", "Pascoe", "ada@example.org")),
    ),
    MadeFile(
        "Column names in capitals, in the plural and over two lines",
        "staff",
        "staff.xlsx",
        book(Staff=(("NAMES", "E-MAIL\nADDRESSES", "PHASES"), ADA, BRYN)),
    ),
    MadeFile(
        "A column that stands there twice",
        "staff",
        "staff.csv",
        text(("Name", "Email", "Email"), ("Ada Pascoe", "ada@example.org", "a.pascoe@example.org")),
    ),
    MadeFile(
        "Error values and numbers where names should be",
        "staff",
        "staff.csv",
        _people(*((bad, f"n{at}@example.org") for at, bad in enumerate(("#N/A", "#REF!", "TRUE", "0", "46273")))),
    ),
    MadeFile(
        "Surnames first, a role and letters behind names",
        "staff",
        "staff.csv",
        _people(
            ("Pascoe, Ada", "ada@example.org"),
            ("van der Berg, Bryn", "bryn@example.org"),
            ("Cara Nance, MEd", "cara@example.org"),
            ("Dov Rosen, Headteacher", "dov@example.org"),
        ),
    ),
    MadeFile(
        "Addresses as an email program pastes them",
        "staff",
        "staff.csv",
        _people(
            ("Ada Pascoe", "Ada Pascoe <Ada@example.org>"),
            ("Bryn Rowe", "mailto:bryn@example.org"),
            ("Cara O’Brien", "cara.o’brien@example.org;"),
        ),
    ),
    MadeFile(
        "Addresses that nobody could write to",
        "staff",
        "staff.csv",
        _people(
            ("Ada Pascoe", "ada@example.org; a.pascoe@example.org"),
            ("Zoë Rowe", "zoë@example.org"),
            ("Cara Nance", "cara@school.local"),
        ),
    ),
    MadeFile(
        "Name and address in one cell",
        "staff",
        "staff.csv",
        _people(
            ("Ada Pascoe <ada@example.org>", ""),
            ("", "Bryn Rowe <bryn@example.org>"),
            ("Cara <cara@example.org>", "c.nance@example.org"),
        ),
    ),
    MadeFile(
        "Semicolons, with the line that tells a spreadsheet so, and a total",
        "staff",
        "staff.csv",
        text(("sep=;",), STAFF, ADA, BRYN, ("Total", 2), delimiter=";"),
    ),
    MadeFile("Saved as “Strict Open XML”", "staff", "staff.xlsx", strict(book(Staff=(STAFF, ADA, BRYN)))),
    MadeFile("An OpenDocument spreadsheet", "staff", "staff.ods", open_document()),
    MadeFile("An old workbook, or one with a password", "staff", "staff.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
    MadeFile(
        "Saved as “Unicode text”, with empty rows and phases in words",
        "staff",
        "staff.txt",
        text(STAFF, (*ADA[:2], "Phase 1"), ("", "", ""), (*BRYN[:2], "2.0"), delimiter="\t", encoding="utf-16"),
    ),
    MadeFile(
        "Dates in six ways, some with a time behind",
        "orders",
        "orders.csv",
        text(ORDER, *(order(f"SFS-{at}", day) for at, day in enumerate(_DAYS, 1))),
    ),
    MadeFile(
        "Dates and order numbers that lost their format",
        "orders",
        "orders.xlsx",
        book(Orders=(ORDER, order(10455, 45908, 265.0), order(10456, datetime(2025, 9, 8, 14, 30), 265.1))),  # noqa: DTZ001 (a cell has no zone)
    ),
    MadeFile(
        "Order numbers with a point or without their zeros",
        "orders",
        "orders.csv",
        text(ORDER, order("7.0"), order("0010455"), order("10455"), order("1.00455E+12")),
    ),
    MadeFile(
        "Decimal commas beside semicolons, and a total",
        "orders",
        "orders.csv",
        text(ORDER, order("SFS-1", price="265,00"), ("Total", "", "", "265,00", "", "", ""), delimiter=";"),
    ),
    MadeFile(
        "Days and prices that mean nothing",
        "orders",
        "orders.csv",
        text(ORDER, order("SFS-1", "13/25/2025"), order("SFS-2", price="#VALUE!"), order("SFS-3", "soon", "1.265")),
    ),
    MadeFile(
        "An extract of the register with codes, and without phase and closing date",
        "register",
        "extract.csv",
        text(
            ("URN", "EstablishmentName", "EstablishmentStatus (code)", "Town"),
            ("100001", "Skol Kerhën", 1, "Kerhën"),
            ("100002", "Treskellan School", 4, "Treskellan"),
            ("100003", "Nanskerris School", 7, "Nanskerris"),
            encoding="cp1252",
        ),
    ),
)
