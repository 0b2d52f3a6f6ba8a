"""The columns that a list of engagements may have, on its page and in its files. Each person chooses their own.

One column of a page may be several of a file, where a spreadsheet sorts by each: a date is a date there.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from web.formatting import OWNERS, STANDING_TITLES
from web.spreadsheets import Cell
from workflow.calendar.local_time import local_day
from workflow.queries.lists.engagement_list import EngagementRow


@dataclass(frozen=True, slots=True)
class Column:
    """`heads` are its columns in a file, and `cells` what they hold."""

    name: str
    title: str
    heads: tuple[str, ...]
    cells: Callable[[EngagementRow], tuple[Cell, ...]]


def _due(line: EngagementRow) -> tuple[Cell, ...]:
    owed = line.promise
    if owed is None:
        return "", "", None, ""
    return OWNERS[owed.owner], owed.to, local_day(owed.due_at), "Late" if owed.late else ""


REFERENCE = Column("reference", "Reference", ("Reference",), lambda line: (line.reference,))
_ALL = (
    Column("school", "School", ("School", "Town"), lambda line: (line.school, line.town)),
    Column("phase", "Kind of school", ("Kind of school",), lambda line: (line.phase,)),
    Column("trust", "Trust", ("Trust",), lambda line: (line.trust,)),
    Column("stage", "Stage", ("Stage",), lambda line: (line.stage_title,)),
    Column("standing", "State", ("State",), lambda line: (STANDING_TITLES[line.standing],)),
    Column("due", "What is due", ("Whose move", "What is due", "By", "Late"), _due),
    Column("since", "Since", ("Since",), lambda line: (local_day(line.promise.since) if line.promise else None,)),
    Column("meeting", "Next meeting", ("Next meeting",), lambda line: (line.meets_at and local_day(line.meets_at),)),
    Column("advisor", "Looked after by", ("Looked after by",), lambda line: (line.advisor,)),
    Column("offer", "Offer", ("Offer",), lambda line: (line.offer,)),
    Column("sending", "Sending", ("Messages stuck", "Trouble"), lambda line: (line.stuck, line.trouble)),
)
#: All that may be chosen, in the order in which they stand.
COLUMNS: Mapping[str, Column] = {one.name: one for one in _ALL}
USUAL = ("school", "stage", "standing", "due", "sending")


def chosen(text: str) -> Sequence[Column]:
    """What an account keeps: names with commas between them, or nothing for the usual ones."""
    names = [name for name in text.split(",") if name in COLUMNS] or USUAL
    return [one for one in _ALL if one.name in names]


def shown(text: str, by: Mapping[int, str] | None = None) -> Sequence[Column]:
    """The columns of a list, the reference first; of a search, by what each was found in the place of its messages."""
    own = [one for one in chosen(text) if by is None or one.name != "sending"]
    found = [] if by is None else [Column("found", "Found by", ("Found by",), lambda line: (_sentence(by[line.id]),))]
    return [REFERENCE, *own, *found]


def heads_of(columns: Sequence[Column]) -> tuple[str, ...]:
    return tuple(head for one in columns for head in one.heads)


def row_of(columns: Sequence[Column], line: EngagementRow) -> tuple[Cell, ...]:
    """Days are those there, as the pages show them."""
    return tuple(cell for one in columns for cell in one.cells(line))


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
