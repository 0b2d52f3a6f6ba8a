"""One table of a file: the whole of a CSV, or one sheet of a workbook. Its header may stand below a title."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from itertools import islice

#: How many rows a header may have above it, a cover's words among them.
_ROWS_LOOKED_AT = 20
Numbered = Iterator[tuple[int, list[str]]]


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


@dataclass(frozen=True)
class Table:
    """`again` begins to read at the first row, as often as it is called. `title` is empty where there is no other."""

    title: str
    again: Callable[[], Numbered]
    first_rows: list[Row] = field(init=False)

    def __post_init__(self) -> None:
        """Looks at the first rows that are not empty."""
        with closing(self.again()) as rows:  # type: ignore[type-var] # every one of them is a generator
            seen = (Row(number, cells) for number, cells in rows)
            found = list(islice((row for row in seen if not row.blank), _ROWS_LOOKED_AT))
        object.__setattr__(self, "first_rows", found)

    def below(self, header: Row) -> Iterator[Row]:
        """Every row after the header, empty ones too."""
        return (Row(number, cells) for number, cells in self.again() if number > header.number)

    def header(self, wanted: Mapping[str, tuple[str, ...]]) -> Row | None:
        """The first row that has each of the wanted columns by one of its names."""
        return next((row for row in self.first_rows if matches(row, wanted) == len(wanted)), None)


def matches(row: Row, wanted: Mapping[str, tuple[str, ...]]) -> int:
    """How many of the wanted columns a row names."""
    titles = {key_of(cell) for cell in row.cells}
    return sum(any(key_of(name) in titles for name in names) for names in wanted.values())


def key_of(title: str) -> str:
    """Names are the same whatever their capitals, spaces, hyphens and underscores, and in the plural.

    One export writes `Status(name)`, another `Status (name)`; one list `E-mail addresses`, another `email_address`.
    """
    letters = "".join(filter(str.isalnum, title)).casefold()
    if letters.endswith("sses"):
        return letters.removesuffix("es")
    return letters if letters.endswith("ss") else letters.removesuffix("s")
