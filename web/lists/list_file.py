"""The list of engagements as a file for a spreadsheet."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from web.spreadsheets import CSV, XLSX, Cell, csv_of, xlsx_of

Written = Iterator[str] | Iterator[bytes]
_Write = Callable[[Sequence[str], Iterable[Sequence[Cell]]], Written]
#: How each kind of file is made, and what it is on the wire.
KINDS: Mapping[str, tuple[_Write, str]] = MappingProxyType({"csv": (csv_of, CSV), "xlsx": (xlsx_of, XLSX)})
