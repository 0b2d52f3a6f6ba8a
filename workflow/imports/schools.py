"""Schools: the register of establishments (GIAS), brought in whole or in part.

A school that is not in the file stays as it is, since an extract is often of one county. Schools are never deleted:
engagements and certificates name them.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from workflow import engine
from workflow.domain.actor import SYSTEM
from workflow.domain.person_name import printable_line
from workflow.domain.standing import OPEN_STANDINGS
from workflow.errors import Conflict
from workflow.imports import cells
from workflow.imports.findings import Findings, ImportReport, Mode
from workflow.imports.sheet import Sheet
from workflow.imports.table import Column, Row
from workflow.sanitise import line
from workflow.store.record import table_of
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.school import School

_OPEN = ("open", "open, but proposed to close")
_NOTHING = ("", "-")
_BATCH = 2000
_COLUMNS = {
    "urn": ("URN",),
    "name": ("EstablishmentName", "Establishment name"),
    "status": ("EstablishmentStatus (name)", "EstablishmentStatus"),
    "phase": ("PhaseOfEducation (name)", "PhaseOfEducation"),
    "authority": ("LA (name)", "LA name", "Local authority"),
    "town": ("Town",),
    "postcode": ("Postcode",),
    "closed_on": ("CloseDate", "Close date"),
}
_FIELDS = (*_COLUMNS, "is_open")
_table = table_of(School)
Values = dict[str, Any]


def import_schools(session: Session, sheet: Sheet, *, now: datetime, mode: Mode) -> ImportReport:
    """Brings in a register of establishments. Raises BadInput if it is no such thing, Conflict if two do it at once."""
    found = Findings(sheet)
    schools = _read(sheet, found)
    known = {row[0]: tuple(row) for row in session.execute(select(*(_table.c[name] for name in _FIELDS)))}
    new = [one for urn, one in schools.items() if urn not in known]
    changed = [one for urn, one in schools.items() if urn in known and known[urn] != tuple(one.values())]
    found.unchanged = len(schools) - len(new) - len(changed)
    report = found.report("school", added=len(new), changed=len(changed), mode=mode)
    if report.written:
        _write(session, new, changed, now)
        is_open = _FIELDS.index("is_open")
        _tell(session, [one["urn"] for one in changed if one["is_open"] != known[one["urn"]][is_open]], now)
    return report


def _read(sheet: Sheet, found: Findings) -> dict[str, Values]:
    columns = sheet.columns(_COLUMNS)
    schools: dict[str, Values] = {}
    for row in sheet:
        school = _school(row, columns, found)
        if school and school["urn"] in schools:
            found.add(row, columns["urn"], f"{school['urn']} stands in an earlier row too; keep one of them.")
        elif school:
            schools[school["urn"]] = school
    return schools


def _school(row: Row, columns: Mapping[str, Column], found: Findings) -> Values | None:
    """None if anything in the row cannot be used."""
    if not found.fits(row):
        return None
    before = len(found.problems)
    values = {name: found.cell(row, columns[name], read) for name, read in _READERS.items()}
    if len(found.problems) > before:
        return None
    return values | {"is_open": str(values["status"]).casefold() in _OPEN}


def _optional(what: str, limit: int, text: str) -> str:
    return "" if text in _NOTHING else line(text, what, limit)


_READERS: dict[str, Callable[[str], Any]] = {
    "urn": cells.urn,
    "name": lambda text: printable_line(text, "The school's name", 200),
    "status": lambda text: line(text, "The status", 60),
    "phase": partial(_optional, "The phase", 60),
    "authority": partial(_optional, "The local authority", 100),
    "town": partial(_optional, "The town", 100),
    "postcode": partial(_optional, "The postcode", 10),
    "closed_on": cells.optional_day,
}


def _write(session: Session, new: list[Values], changed: list[Values], now: datetime) -> None:
    try:
        for batch in _batches(new):
            session.execute(insert(_table), [one | {"updated_at": now} for one in batch])
    except IntegrityError:
        raise Conflict("Somebody else brought in schools at the same moment. Import the file again.") from None
    one = update(_table).where(_table.c.urn == bindparam("key"))
    for batch in _batches(changed):
        session.connection().execute(one, [row | {"updated_at": now, "key": row["urn"]} for row in batch])


def _tell(session: Session, urns: list[str], now: datetime) -> None:
    """A school that opens or closes is a fact its engagements' guards look at: it goes into their history."""
    touched = select(Engagement.id).where(Engagement.school_urn.in_(urns), Engagement.standing.in_(OPEN_STANDINGS))
    for engagement_id in session.scalars(touched.order_by(Engagement.id)).all():
        case = engine.open_case(session, engagement_id)
        engine.record(session, case, "school_status_changed", actor=SYSTEM, now=now)


def _batches(rows: list[Values]) -> Iterator[list[Values]]:
    return (rows[start : start + _BATCH] for start in range(0, len(rows), _BATCH))
