"""Tables that people open in a spreadsheet, as CSV or as an Excel workbook, made row by row.

Whatever begins like a formula is a text: names and notes come from people, and a spreadsheet would carry them out
(OWASP, CSV injection).
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from io import StringIO
from tempfile import TemporaryFile
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils import get_column_letter

Cell = str | int | date | None
CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: How Excel for Windows knows that a file is UTF-8.
_MARK = "\ufeff"
_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_CHUNK = 64 * 1024


def csv_of(heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """A line at a time. Dates are written as ISO 8601 has them."""
    yield _MARK + _line(heads)
    for row in rows:
        yield _line([_plain(one) for one in row])


def _line(cells: Iterable[object]) -> str:
    written = StringIO()
    csv.writer(written).writerow(cells)
    return written.getvalue()


def _plain(cell: Cell) -> str | int:
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(_BEGINS_A_FORMULA) else cell
    return cell.isoformat() if isinstance(cell, date) else "" if cell is None else cell


def xlsx_of(heads: Sequence[str], rows: Iterable[Sequence[Cell]], title: str = "Engagements") -> Iterator[bytes]:
    """A workbook of one sheet, whose first row stays in sight. Rows are on the disk and not in memory."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for number, head in enumerate(heads, 1):
        sheet.column_dimensions[get_column_letter(number)].width = max(12, len(head) + 4)
    sheet.append(list(heads))
    for row in rows:
        sheet.append([_cell(sheet, one) for one in row])
    with TemporaryFile() as file:
        book.save(file)
        file.seek(0)
        while some := file.read(_CHUNK):
            yield some


def _cell(sheet: Any, value: Cell) -> Any:
    cell = WriteOnlyCell(sheet, value=value)
    if isinstance(value, str):
        cell.data_type = "s"
    if isinstance(value, date) and not isinstance(value, datetime):
        cell.number_format = "dd/mm/yyyy"
    return cell
