"""What somebody put right in a file after it was uploaded: which column is which, and cells that were mended. Pure.

The file itself stays as it was sent; a table is read through this, so that imports know of nothing else.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from workflow.imports.sheet import Wanted
from workflow.imports.table import Numbered, Table, key_of

#: Cells by the title of their sheet, their row and their column.
Cells = Mapping[tuple[str, int, int], str]
_NOT_USED = " (not used)"


@dataclass(frozen=True, slots=True)
class Amendment:
    """`names` are those that each column may have; `columns` are the titles that were chosen instead."""

    names: Wanted
    columns: Mapping[str, str]
    cells: Cells

    def __call__(self, table: Table) -> Table:
        return Table(table.title, lambda: self._rows(table))

    def _rows(self, table: Table) -> Numbered:
        chosen = {key_of(title): what for what, title in self.columns.items() if title}
        for number, cells in table.again():
            is_header = bool(chosen) and set(chosen) <= {key_of(cell) for cell in cells}
            yield number, list(self._renamed(cells, chosen)) if is_header else self._mended(table.title, number, cells)

    def _renamed(self, cells: list[str], chosen: Mapping[str, str]) -> Iterator[str]:
        """A column that was chosen gets the name that is looked for, and another of that name loses it."""
        taken = {key_of(name) for what in chosen.values() for name in self.names[what]}
        for cell in cells:
            what = chosen.get(key_of(cell))
            if what is not None:
                yield self.names[what][0]
            else:
                yield f"{cell}{_NOT_USED}" if key_of(cell) in taken else cell

    def _mended(self, title: str, number: int, cells: list[str]) -> list[str]:
        """A row may be shorter than its header, and get the cells that it lacks."""
        mended = {column: text for (place, row, column), text in self.cells.items() if (place, row) == (title, number)}
        wider = [*cells, *[""] * (max(mended, default=0) + 1 - len(cells))] if mended else cells
        return [mended.get(column, cell) for column, cell in enumerate(wider)] if mended else cells
