"""A school's own dates: read from the list it sends, kept, and shown with what they move before they are applied."""

from collections.abc import Iterable, Iterator
from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from workflow.calendar.school_year import as_own
from workflow.engine.calendars import change_dates
from workflow.errors import BadInput, NotFound, Problem
from workflow.imports import cells
from workflow.imports.findings import Findings
from workflow.imports.sheet import Sheet
from workflow.imports.table import Column, Row
from workflow.store.tables.school import School, SchoolDate

#: What stands in the first column, and what it is kept as.
KINDS = {"term": "term", "half term": "half_term", "inset": "closed", "inset day": "closed", "closed": "closed"}
COLUMNS = {"what": ("What", "Kind"), "name": ("Name",), "first": ("From", "First day"), "last": ("To", "Last day")}
_NAME = 80
#: A kind, a name, and the first and the last day.
Dated = tuple[str, str, date, date]


def keep(session: Session, urn: str, sheet: Sheet) -> int:
    """These become the school's own dates, in place of those it had. Returns how many. Raises NotFound or BadInput."""
    school = school_of(session, urn)
    dates = read(sheet)
    replace(session, school, dates)
    return len(dates)


def school_of(session: Session, urn: str) -> School:
    """Raises NotFound."""
    school = session.get(School, urn)
    if school is None:
        raise NotFound(f"There is no school with the URN {urn}. Import the register of schools first.")
    return school


def replace(session: Session, school: School, dates: Iterable[Dated]) -> None:
    """These and no others are the school's own dates from now on."""
    change_dates(session)
    session.execute(delete(SchoolDate).where(SchoolDate.urn == school.urn))
    session.add_all(
        SchoolDate(urn=school.urn, kind=kind, title=name, first=first, last=last) for kind, name, first, last in dates
    )
    school.dates_version += 1
    session.flush()


def kept(session: Session, urn: str) -> list[Dated]:
    """The school's own dates as they are."""
    rows = session.scalars(select(SchoolDate).where(SchoolDate.urn == urn).order_by(SchoolDate.id))
    return [(one.kind, one.title, one.first, one.last) for one in rows]


def read(sheet: Sheet) -> list[Dated]:
    """Every row as kind, name, first and last day. Raises BadInput with every problem; nothing is taken in part."""
    dates, found = look(sheet)
    problems = [*found.problems, *_contradictions(sheet, dates, found)]
    if problems or not dates:
        raise BadInput(f"{sheet.name} was not taken. Mend it and try again.", tuple(problems))
    return dates


def look(sheet: Sheet) -> tuple[list[Dated], Findings]:
    """The rows that can be read, and what is wrong with the others. Raises BadInput where it is no such list."""
    columns = sheet.columns(COLUMNS)
    found = Findings(sheet)
    rows = [_row(found, row, columns) for row in sheet if found.fits(row)]
    return [one for one in rows if one is not None], found


def _contradictions(sheet: Sheet, dates: list[Dated], found: Findings) -> Iterator[Problem]:
    """What is wrong with the whole of it, where no row is wrong by itself."""
    if found.problems:
        return
    days = {kind: [(name, first, last) for one, name, first, last in dates if one == kind] for kind in KINDS.values()}
    try:
        as_own(days)
    except ValueError as error:
        yield Problem(sheet.name, str(error))


def _row(found: Findings, row: Row, columns: dict[str, Column]) -> Dated | None:
    what = row.text(columns["what"]).casefold()
    if what not in KINDS:
        found.add(row, columns["what"], f"{cells.shown(what)} is none of: term, half term, INSET day, closed.")
        return None
    first, last = (found.cell(row, columns[end], cells.optional_day) for end in ("first", "last"))
    name = row.text(columns["name"])[:_NAME] or row.text(columns["what"])
    if first is None:
        found.add(row, columns["first"], "The first day is missing; write one such as 08/09/2026.")
        return None
    if (last or first) < first:
        found.add(row, columns["last"], "It ends before it begins.")
        return None
    return KINDS[what], name, first, last or first
