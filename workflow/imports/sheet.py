"""Tables people send: CSV or Excel, read into rows that know where they stand.

Everything a person uploads or names on the console comes in here, so that a wrong file is refused in one sentence
before anything is done with it. What the columns mean is for the imports to say.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import SEEK_END
from itertools import pairwise
from typing import BinaryIO

from workflow.english import count_of, listed
from workflow.errors import BadInput, Problem
from workflow.imports import csv_file, excel_file

#: Told how many bytes of how many have been read.
Progress = Callable[[int, int], None]
_ROWS_A_REPORT = 500
_HEAD = 512
_TITLES_SHOWN = 12
_MEGABYTE = 1_000_000
#: How a file begins that is not a table, and what to do about it.
_KINDS = {
    b"%PDF": "is a PDF. Export the table itself as CSV or Excel.",
    b"\xd0\xcf\x11\xe0": "is an old Excel workbook (.xls), or one locked with a password. Save it as .xlsx or CSV.",
    b"\x89PNG": "is a picture. Send the table itself as CSV or Excel.",
    b"\xff\xd8\xff": "is a picture. Send the table itself as CSV or Excel.",
    b"\x1f\x8b": "is a compressed file. Unpack it and send the table inside.",
    b"<!doctype": "is a web page. Export the table as CSV or Excel.",
    b"<html": "is a web page. Export the table as CSV or Excel.",
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet: where it is, and its name as the sheet writes it."""

    index: int
    title: str


@dataclass(frozen=True, slots=True)
class Row:
    """`number` is the row as a spreadsheet counts it: the first is 1, empty ones count."""

    number: int
    cells: list[str]

    def text(self, column: Column) -> str:
        """A row may be shorter than its header; the cells it lacks are empty."""
        return self.cells[column.index].strip() if column.index < len(self.cells) else ""

    @property
    def blank(self) -> bool:
        return not any(cell.strip() for cell in self.cells)


class Sheet:
    """A table with a header. Its rows are read while they are asked for, and once; empty rows are left out.

    `encoding` is what the letters were read as; it is empty for Excel.
    """

    def __init__(
        self, name: str, encoding: str, rows: Iterable[tuple[int, list[str]]], tell: Callable[[], None]
    ) -> None:
        self.name, self.encoding = name, encoding
        self._rows, self._tell = (Row(number, cells) for number, cells in rows), tell
        header = next((row for row in self._rows if not row.blank), None)
        if header is None:
            raise BadInput(f"{name} is empty. Send it again with its header and its rows.")
        self.header = header
        self._columns = {_key(title): Column(index, title.strip()) for index, title in enumerate(header.cells)}
        self._columns.pop("", None)
        self._refuse_repeats()

    def __iter__(self) -> Iterator[Row]:
        for count, row in enumerate(self._rows):
            if count % _ROWS_A_REPORT == 0:
                self._tell()
            if not row.blank:
                yield row
        self._tell()

    @property
    def titles(self) -> list[str]:
        return [column.title for column in self._columns.values()]

    def find(self, names: tuple[str, ...]) -> Column | None:
        """The first of these names that the header has, however it is spaced and capitalised."""
        return next((self._columns[_key(name)] for name in names if _key(name) in self._columns), None)

    def columns(self, wanted: Mapping[str, tuple[str, ...]]) -> dict[str, Column]:
        """Where each wanted thing stands. Raises BadInput with every one that has no column."""
        found = {what: self.find(names) for what, names in wanted.items()}
        missing = [_missing(wanted[what]) for what, column in found.items() if column is None]
        if missing:
            raise BadInput(
                f"{self.name} lacks {count_of(len(missing), 'column')}. Its header has {_some(self.titles)}.",
                tuple(Problem(f"{self.name}, row {self.header.number}", sentence) for sentence in missing),
            )
        return {what: column for what, column in found.items() if column is not None}

    def where(self, row: Row, column: Column | None = None) -> str:
        return f"{self.name}, row {row.number}" + (f", column {column.title}" if column else "")

    def overlong(self, row: Row) -> bool:
        """Whether a row has text beyond the last column: most often a comma that lacks its quotation marks."""
        return any(cell.strip() for cell in row.cells[len(self.header.cells) :])

    def _refuse_repeats(self) -> None:
        titles = sorted((title.strip() for title in self.header.cells if _key(title)), key=_key)
        twice = [one for one, other in pairwise(titles) if _key(one) == _key(other)]
        if twice:
            raise BadInput(
                f"{self.name} cannot be read without a guess.",
                tuple(
                    Problem(
                        f"{self.name}, row {self.header.number}, column {title}",
                        "stands there more than once. Rename or delete the one that is not meant.",
                    )
                    for title in twice
                ),
            )


def read(source: BinaryIO, name: str, *, limit: int, progress: Progress | None = None) -> Sheet:
    """A table from a file of at most `limit` bytes. Raises BadInput, here or while its rows are read.

    The source must stay open until the rows have been read.
    """
    size = source.seek(0, SEEK_END)
    if size > limit:
        raise BadInput(f"{name} is {size / _MEGABYTE:.1f} MB; at most {limit / _MEGABYTE:.0f} MB can be read.")
    source.seek(0)
    head = source.read(_HEAD)
    _refuse(head, name)
    rows, encoding = _rows(source, name, limit, head)
    return Sheet(name, encoding, rows, lambda: progress(_place(source, size), size) if progress else None)


def _rows(source: BinaryIO, name: str, limit: int, head: bytes) -> tuple[Iterator[tuple[int, list[str]]], str]:
    if head.startswith(excel_file.MAGIC):
        return excel_file.rows(source, name, limit), ""
    encoding = csv_file.encoding_of(source, name)
    return csv_file.rows(source, name, encoding), encoding


def _refuse(head: bytes, name: str) -> None:
    begins = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    for magic, sentence in _KINDS.items():
        if begins.startswith(magic) or begins.lower().startswith(magic):
            raise BadInput(f"{name} {sentence}")


def _place(source: BinaryIO, size: int) -> int:
    return size if source.closed else source.tell()


def _missing(names: tuple[str, ...]) -> str:
    return f"there is no column called {listed([f'“{name}”' for name in names], 'or')}."


def _some(titles: list[str]) -> str:
    """The first few; a register's header may have over a hundred."""
    quoted = [f"“{title}”" for title in titles[:_TITLES_SHOWN]]
    more = len(titles) - len(quoted)
    return listed([*quoted, f"{more} more"] if more else quoted)


def _key(title: str) -> str:
    """Names are the same whatever their capitals and spaces: exports write `Status(name)`, some `Status (name)`."""
    return "".join(title.split()).casefold()
