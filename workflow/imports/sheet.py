"""Tables people send: CSV or Excel, read into rows that know where they stand.

Everything a person uploads or names on the console comes in here, so that a wrong file is refused in one sentence
before anything is done with it. What the columns mean is for the imports to say.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from io import SEEK_END
from typing import BinaryIO

from workflow.english import count_of, listed
from workflow.errors import BadInput, Problem
from workflow.imports import csv_file, excel_file
from workflow.imports.table import Column, Row, Table, key_of, matches

#: Told how many bytes of how many have been read.
Progress = Callable[[int, int], None]
#: What is looked for, and the names its column may have.
Wanted = Mapping[str, tuple[str, ...]]
#: A table as it is with what was put right in it.
Amend = Callable[[Table], Table]
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


class Sheet:
    """A table with a header. Its rows are read while they are asked for; empty rows are left out.

    The header is the first row that has the columns which an import wants, whatever stands above it and on whichever
    sheet of a workbook; until an import says so, the first row that is not empty. `encoding` is what the letters were
    read as; it is empty for Excel. `notes` say where the header was found, where that is not the first place to look.
    """

    def __init__(self, name: str, encoding: str, tables: Sequence[Table], tell: Callable[[], None]) -> None:
        self.name, self.encoding, self._tell = name, encoding, tell
        self._tables = [table for table in tables if table.first_rows]
        if not self._tables:
            raise BadInput(f"{name} is empty. Send it again with its header and its rows.")
        self.notes: tuple[str, ...] = ()
        self._settled = False
        self._take(self._tables[0], self._tables[0].first_rows[0])

    def _take(self, table: Table, header: Row) -> None:
        self._table, self.header = table, header
        self._columns: dict[str, list[Column]] = {}
        for index, title in enumerate(header.cells):
            if key := key_of(title):
                self._columns.setdefault(key, []).append(Column(index, title.strip()))

    def __iter__(self) -> Iterator[Row]:
        for count, row in enumerate(self._table.below(self.header)):
            if count % _ROWS_A_REPORT == 0:
                self._tell()
            if not row.blank:
                yield row
        self._tell()

    @property
    def place(self) -> str:
        """The title of the table among several; empty where there is no other."""
        return self._table.title

    @property
    def titles(self) -> list[str]:
        return [" ".join(column.title.split()) for columns in self._columns.values() for column in columns]

    def likely_titles(self, wanted: Wanted) -> list[str]:
        """What the header says, as far as it can be told where its columns have other names: the row with the most of
        these, or else the fullest."""
        rows = (row for table in self._tables for row in table.first_rows)
        best = max(rows, key=lambda row: (matches(row, wanted), sum(bool(cell.strip()) for cell in row.cells)))
        return list(dict.fromkeys(" ".join(cell.split()) for cell in best.cells if cell.strip()))

    def settle(self, *ways: Wanted) -> None:
        """Looks for the header: a row that has every column of one of these. Raises BadInput where there are two.

        Where there is none, the row that has the most of them is taken, so that what lacks can be told.
        """
        self._settled = True
        found = [(table, row) for table in self._tables for way in ways if (row := table.header(way))]
        places: dict[int, tuple[Table, Row]] = {}
        for table, row in found:
            places.setdefault(id(table), (table, row))
        if not places:
            rows = ((table, row) for table in self._tables for row in table.first_rows)
            self._take(*max(rows, key=lambda one: max(matches(one[1], way) for way in ways)))
            return
        filled = [one for one in places.values() if next(one[0].below(one[1]), None)]
        if len(filled) > 1:
            self._refuse_two(filled)
        self._take(*(filled or list(places.values()))[0])
        self._say_where()

    def find(self, names: tuple[str, ...]) -> Column | None:
        """The first of these names that the header has, however it is written. Raises BadInput if it is there twice."""
        key = next((key for name in names if (key := key_of(name)) in self._columns), None)
        if key is None:
            return None
        first, *others = self._columns[key]
        if others:
            self._refuse_repeat(first)
        return first

    def columns(self, wanted: Wanted) -> dict[str, Column]:
        """Where each wanted thing stands. Raises BadInput with every one that has no column."""
        if not self._settled:
            self.settle(wanted)
        found = {what: self.find(names) for what, names in wanted.items()}
        missing = [_missing(wanted[what]) for what, column in found.items() if column is None]
        if missing:
            raise BadInput(
                f"{self.name} lacks {count_of(len(missing), 'column')}. Its header has {_some(self.titles)}.",
                tuple(Problem(self.where(self.header), sentence) for sentence in missing),
            )
        return {what: column for what, column in found.items() if column is not None}

    def where(self, row: Row, column: Column | None = None) -> str:
        sheet = f", sheet {self._table.title}" if self._table.title else ""
        return f"{self.name}{sheet}, row {row.number}" + (
            f", column {' '.join(column.title.split())}" if column else ""
        )

    def overlong(self, row: Row) -> bool:
        """Whether a row has text beyond the last column: most often a comma that lacks its quotation marks."""
        return any(cell.strip() for cell in row.cells[len(self.header.cells) :])

    def _say_where(self) -> None:
        if (self._table, self.header) != (self._tables[0], self._tables[0].first_rows[0]):
            self.notes = (f"{self.where(self.header)}: the header was found here; what stands before it was left out.",)

    def _refuse_two(self, filled: Sequence[tuple[Table, Row]]) -> None:
        titles = listed([f"“{table.title}”" for table, _ in filled])
        raise BadInput(
            f"{self.name} has such a table on each of the sheets {titles}. Send the one that is meant alone."
        )

    def _refuse_repeat(self, column: Column) -> None:
        where, sentence = (
            self.where(self.header, column),
            "stands there more than once. Rename or delete the one that is",
        )
        raise BadInput(f"{self.name} cannot be read without a guess.", (Problem(where, f"{sentence} not meant."),))


def read(
    source: BinaryIO, name: str, *, limit: int, progress: Progress | None = None, amend: Amend | None = None
) -> Sheet:
    """A table from a file of at most `limit` bytes. Raises BadInput, here or while its rows are read.

    The source must stay open until the rows have been read. `amend` is what somebody has put right in it since.
    """
    size = source.seek(0, SEEK_END)
    if size > limit:
        raise BadInput(f"{name} is {size / _MEGABYTE:.1f} MB; at most {limit / _MEGABYTE:.0f} MB can be read.")
    source.seek(0)
    head = source.read(_HEAD)
    _refuse(head, name)
    tables, encoding = _tables(source, name, limit, head)
    tables = [amend(table) for table in tables] if amend else tables
    return Sheet(name, encoding, tables, lambda: progress(_place(source, size), size) if progress else None)


def _tables(source: BinaryIO, name: str, limit: int, head: bytes) -> tuple[list[Table], str]:
    if head.startswith(excel_file.MAGIC):
        return excel_file.tables(source, name, limit), ""
    encoding = csv_file.encoding_of(source, name)
    return [Table("", lambda: csv_file.rows(source, name, encoding))], encoding


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
