"""What an import found, and what it did or would do. Pure; each import is named after what it brings in."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar

from workflow.english import count_of
from workflow.errors import BadInput, Problem
from workflow.imports.cells import Noted
from workflow.imports.csv_file import WINDOWS
from workflow.imports.sheet import Sheet
from workflow.imports.table import Column, Row

T = TypeVar("T")
_TOTAL = re.compile(r"(?:grand |sub-? ?)?totals?\b(?![^:=]*@)", re.IGNORECASE)
#: So many cells of a column that were read otherwise than they are written are told one by one.
_TOLD = 5


class Mode(StrEnum):
    """How much an import may write."""

    CHECK = "check"
    WHOLE = "whole"
    GOOD_ROWS = "good rows"

    def may_write(self, problems: tuple[Problem, ...]) -> bool:
        """Everything or nothing, unless the good rows were accepted by themselves."""
        return self is Mode.GOOD_ROWS or (self is Mode.WHOLE and not problems)


@dataclass(frozen=True, slots=True)
class RowProblem:
    """A problem beside its row. `place` is the title of the sheet among several, `column` where in the row it is."""

    place: str
    row: Row
    column: int | None
    sentence: str


@dataclass(frozen=True, slots=True)
class ImportReport:
    """`ignored` rows were not meant for us. `notes` say what was assumed. `written` says it was done; `trace` is then
    what is needed to take it back. `rows` are the problems again, each beside its row."""

    noun: str
    added: int
    changed: int
    unchanged: int
    ignored: int
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]
    written: bool
    rows: tuple[RowProblem, ...] = ()
    trace: Mapping[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return {
            "noun": self.noun,
            "added": self.added,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "ignored": self.ignored,
            "written": self.written,
            "problems": [{"where": one.where, "sentence": one.sentence} for one in self.problems],
            "notes": list(self.notes),
        }


class Findings:
    """Gathers what is wrong or worth saying while a sheet is read."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._problems: list[Problem] = []
        self._rows: list[RowProblem] = []
        self._read_so: dict[Column, int] = {}
        self.notes: list[str] = []
        self.ignored = self.unchanged = self.rows = 0
        if sheet.encoding == WINDOWS:
            self.notes.append(f"{sheet.name} is not UTF-8, so its letters were read as Windows-1252 (cp1252).")

    @property
    def problems(self) -> tuple[Problem, ...]:
        return tuple(self._problems)

    def add(self, row: Row, column: Column | None, sentence: str) -> None:
        self._problems.append(Problem(self._sheet.where(row, column), sentence))
        self._rows.append(RowProblem(self._sheet.place, row, column.index if column else None, sentence))

    def note(self, row: Row, sentence: str) -> None:
        self.notes.append(f"{self._sheet.where(row)}: {sentence}")

    def read_so(self, row: Row, column: Column, sentence: str) -> None:
        """A cell that was not written as it is meant. Of a whole column of them the first few are told."""
        self._read_so[column] = self._read_so.get(column, 0) + 1
        if self._read_so[column] <= _TOLD:
            self.notes.append(f"{self._sheet.where(row, column)}: {sentence}")

    def cell(self, row: Row, column: Column, read: Callable[[str], T | Noted[T]]) -> T | None:
        """One cell, read. What a reader refuses (ValueError with a sentence) becomes a problem, and None."""
        try:
            found = read(row.text(column))
        except ValueError as error:
            self.add(row, column, str(error))
            return None
        if isinstance(found, Noted):
            self.read_so(row, column, found.note)
            return found.value
        return found

    def fits(self, row: Row) -> bool:
        """False for a total, which is noted, and with a problem for a row that is longer than its header."""
        self.rows += 1
        if _is_total(row):
            self.ignored += 1
            self.note(row, "it is a total, so it was left out.")
            return False
        if self._sheet.overlong(row):
            self.add(
                row,
                None,
                f"has {count_of(len(row.cells), 'cell')} and the header has {len(self._sheet.header.cells)}. "
                "A cell with a comma in it may lack its quotation marks.",
            )
            return False
        return True

    def report(self, noun: str, *, added: int, changed: int, mode: Mode) -> ImportReport:
        """Raises BadInput for a table that had a header and nothing below it."""
        if not self.rows:
            raise BadInput(f"{self._sheet.name} has a header and no rows below it.")
        return ImportReport(
            noun,
            added,
            changed,
            self.unchanged,
            self.ignored,
            self.problems,
            (*self._sheet.notes, *self.notes, *self._more()),
            written=mode.may_write(self.problems),
            rows=tuple(self._rows),
        )

    def _more(self) -> list[str]:
        more = {column.title: count - _TOLD for column, count in self._read_so.items() if count > _TOLD}
        return [f"Column {one}: {count_of(count, 'more cell')} read in the same way." for one, count in more.items()]


def _is_total(row: Row) -> bool:
    """Whether a row begins with that word and holds nothing else but numbers."""
    at, first = next(((at, cell) for at, cell in enumerate(row.cells) if cell.strip()), (0, ""))
    return _TOTAL.match(first.strip()) is not None and not any(map(str.isalpha, "".join(row.cells[at + 1 :])))
