"""The list of engagements as a file for a spreadsheet."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from web.formatting import OWNERS, STANDING_TITLES
from web.spreadsheets import CSV, XLSX, Cell, csv_of, xlsx_of
from workflow.calendar.local_time import local_day
from workflow.queries.lists.engagement_list import EngagementRow

Written = Iterator[str] | Iterator[bytes]
_Write = Callable[[Sequence[str], Iterable[Sequence[Cell]]], Written]
#: How each kind of file is made, and what it is on the wire.
KINDS: Mapping[str, tuple[_Write, str]] = MappingProxyType({"csv": (csv_of, CSV), "xlsx": (xlsx_of, XLSX)})
HEADS = ("Reference", "School", "Town", "Stage", "State", "Whose move", "What is due", "Since", "By", "Late",
         "Looked after by", "Messages stuck", "Trouble")  # fmt: skip


def row_of(line: EngagementRow) -> tuple[Cell, ...]:
    """Days are those there, as the pages show them."""
    owed = line.promise
    return (
        line.reference,
        line.school,
        line.town,
        line.stage_title,
        STANDING_TITLES[line.standing],
        OWNERS[owed.owner] if owed else "",
        owed.to if owed else "",
        local_day(owed.since) if owed else None,
        local_day(owed.due_at) if owed else None,
        "Late" if owed and owed.late else "",
        line.advisor,
        line.stuck,
        line.trouble,
    )
