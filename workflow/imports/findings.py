"""What an import found, and what it did or would do. Pure; each import is named after what it brings in."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from workflow.english import count_of
from workflow.errors import BadInput, Problem
from workflow.imports.csv_file import WINDOWS
from workflow.imports.sheet import Column, Row, Sheet

T = TypeVar("T")


class Mode(StrEnum):
    """How much an import may write."""

    CHECK = "check"
    WHOLE = "whole"
    GOOD_ROWS = "good rows"

    def may_write(self, problems: tuple[Problem, ...]) -> bool:
        """Everything or nothing, unless the good rows were accepted by themselves."""
        return self is Mode.GOOD_ROWS or (self is Mode.WHOLE and not problems)


@dataclass(frozen=True, slots=True)
class ImportReport:
    """`ignored` rows were not meant for us. `notes` say what was assumed. `written` says it was done."""

    noun: str
    added: int
    changed: int
    unchanged: int
    ignored: int
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]
    written: bool

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
        self.notes: list[str] = []
        self.ignored = self.unchanged = self.rows = 0
        if sheet.encoding == WINDOWS:
            self.notes.append(f"{sheet.name} is not UTF-8, so its letters were read as Windows-1252 (cp1252).")

    @property
    def problems(self) -> tuple[Problem, ...]:
        return tuple(self._problems)

    def add(self, row: Row, column: Column | None, sentence: str) -> None:
        self._problems.append(Problem(self._sheet.where(row, column), sentence))

    def note(self, row: Row, sentence: str) -> None:
        self.notes.append(f"{self._sheet.where(row)}: {sentence}")

    def cell(self, row: Row, column: Column, read: Callable[[str], T]) -> T | None:
        """One cell, read. What a reader refuses (ValueError with a sentence) becomes a problem, and None."""
        try:
            return read(row.text(column))
        except ValueError as error:
            self.add(row, column, str(error))
            return None

    def fits(self, row: Row) -> bool:
        """False, with a problem, for a row that is longer than its header."""
        self.rows += 1
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
            tuple(self.notes),
            written=mode.may_write(self.problems),
        )
