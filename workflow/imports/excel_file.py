"""Excel workbooks (.xlsx): each visible sheet as rows of text, formulas as the values they last showed."""

import warnings
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time
from functools import partial
from typing import Any, BinaryIO
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from workflow.errors import BadInput
from workflow.imports.strict_excel import as_usual
from workflow.imports.table import Table

#: How a workbook begins; so does every other zip file.
MAGIC = b"PK\x03\x04"
_WORKBOOK = "xl/workbook.xml"
#: A workbook may unpack to this many times the limit on its size; beyond, it was made to fill a memory.
_UNPACKED = 25
_WHOLE_NUMBERS = 10**15
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument.spreadsheet"
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    ParseError,
    InvalidFileException,
    KeyError,
    ValueError,
    TypeError,
    IndexError,
    AttributeError,
    EOFError,
    OSError,
)


def tables(source: BinaryIO, name: str, limit: int) -> list[Table]:
    """Each visible sheet. Raises BadInput, here or while rows are read, if this is no workbook, or a damaged one."""
    _refuse(source, name, limit)
    with _whole(name), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of decorations it does not read, such as drop-down lists
        book = load_workbook(as_usual(source, name), read_only=True, data_only=True)
        shown = [one for one in book.worksheets if one.sheet_state == "visible"]
    return [Table(one.title if len(shown) > 1 else "", partial(_rows, one, name)) for one in shown]


def _rows(sheet: Any, name: str) -> Iterator[tuple[int, list[str]]]:
    """Each row with its number."""
    with _whole(name), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        sheet.reset_dimensions()  # some programs write a wrong size into the file
        for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
            yield number, [_text(cell) for cell in cells]


@contextmanager
def _whole(name: str) -> Iterator[None]:
    """Raises BadInput for what goes wrong in a damaged workbook."""
    try:
        yield
    except _BROKEN:
        raise BadInput(f"{name} is a damaged Excel workbook. Open it in Excel, save it again and send that.") from None


def _refuse(source: BinaryIO, name: str, limit: int) -> None:
    try:
        with zipfile.ZipFile(source) as packed:
            names, unpacked = packed.namelist(), sum(part.file_size for part in packed.infolist())
            kind = packed.read("mimetype")[: len(_OPEN_DOCUMENT)] if "mimetype" in names else b""
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError):
        raise BadInput(f"{name} is a damaged zip file or workbook. Send it again.") from None
    if kind == _OPEN_DOCUMENT:
        raise BadInput(f"{name} is an OpenDocument spreadsheet (.ods). Save it as .xlsx or CSV.")
    if _WORKBOOK not in names:
        raise BadInput(f"{name} is a zip file and not a table. Unpack it and send the CSV or .xlsx inside.")
    if unpacked > limit * _UNPACKED:
        raise BadInput(f"{name} unpacks to {unpacked:,} bytes, which is too large. Send the table alone as CSV.")


def _text(cell: object) -> str:
    """A cell as a person would type it: dates as 2026-09-08, whole numbers without a point."""
    match cell:
        case None:
            return ""
        case bool():
            return str(cell).upper()
        case datetime():
            return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "minutes")
        case float():
            return _number(cell)
        case _:
            return str(cell)


def _number(cell: float) -> str:
    """A number has fifteen digits in a spreadsheet. Of a longer one only its size is left, and it is written so."""
    return str(int(cell)) if cell.is_integer() and abs(cell) < _WHOLE_NUMBERS else f"{cell:.12g}"
