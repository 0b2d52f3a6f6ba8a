"""Excel workbooks (.xlsx): the first visible sheet as rows of text, formulas as the values they last showed."""

import warnings
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import BinaryIO
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from workflow.errors import BadInput

#: How a workbook begins; so does every other zip file.
MAGIC = b"PK\x03\x04"
_WORKBOOK = "xl/workbook.xml"
#: A workbook may unpack to this many times the limit on its size; beyond, it was made to fill a memory.
_UNPACKED = 25
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


def rows(source: BinaryIO, name: str, limit: int) -> Iterator[tuple[int, list[str]]]:
    """Each row with its number. Raises BadInput if this is no workbook, or a damaged one."""
    _refuse(source, name, limit)
    try:
        for number, cells in enumerate(_values(source), 1):
            yield number, [_text(cell) for cell in cells]
    except _BROKEN:
        raise BadInput(f"{name} is a damaged Excel workbook. Open it in Excel, save it again and send that.") from None


def _refuse(source: BinaryIO, name: str, limit: int) -> None:
    try:
        with zipfile.ZipFile(source) as packed:
            names, unpacked = packed.namelist(), sum(part.file_size for part in packed.infolist())
    except zipfile.BadZipFile:
        raise BadInput(f"{name} is a damaged zip file or workbook. Send it again.") from None
    if _WORKBOOK not in names:
        raise BadInput(f"{name} is a zip file and not a table. Unpack it and send the CSV or .xlsx inside.")
    if unpacked > limit * _UNPACKED:
        raise BadInput(f"{name} unpacks to {unpacked:,} bytes, which is too large. Send the table alone as CSV.")


def _values(source: BinaryIO) -> Iterator[tuple[object, ...]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of decorations it does not read, such as drop-down lists
        book = load_workbook(source, read_only=True, data_only=True)
        sheet = next((one for one in book.worksheets if one.sheet_state == "visible"), None)
        if sheet is None:
            return
        sheet.reset_dimensions()  # some programs write a wrong size into the file
        yield from sheet.iter_rows(values_only=True)


def _text(cell: object) -> str:
    """A cell as a person would type it: dates as 2026-09-08, whole numbers without a point."""
    match cell:
        case None:
            return ""
        case datetime() if cell.time() == time():
            return cell.date().isoformat()
        case datetime():
            return cell.isoformat(" ", "minutes")
        case date():
            return cell.isoformat()
        case float() if cell.is_integer():
            return str(int(cell))
        case _:
            return str(cell)
