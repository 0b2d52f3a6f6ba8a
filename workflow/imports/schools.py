"""Schools: the register of establishments (GIAS), brought in whole or in part.

A school that is not in the file stays as it is, since an extract is often of one county. Schools are never deleted:
engagements and certificates name them.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from workflow import engine
from workflow.domain.actor import SYSTEM
from workflow.domain.standing import OPEN_STANDINGS
from workflow.errors import Conflict
from workflow.imports import register
from workflow.imports.findings import Findings, ImportReport, Mode
from workflow.imports.register import Values
from workflow.imports.sheet import Sheet
from workflow.store.record import table_of
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.school import School

_BATCH = 2000
#: What is kept of a school, and what of one that the file says nothing of.
_KEPT: dict[str, Any] = {
    "urn": "",
    "name": "",
    "status": "",
    "phase": "",
    "authority": "",
    "town": "",
    "postcode": "",
    "closed_on": None,
    "is_open": False,
}
_FIELDS = (*_KEPT,)
_table = table_of(School)


def import_schools(session: Session, sheet: Sheet, *, now: datetime, mode: Mode) -> ImportReport:
    """Brings in a register of establishments. Raises BadInput if it is no such thing, Conflict if two do it at once."""
    found = Findings(sheet)
    read = register.read(sheet, found)
    known = {row[0]: tuple(row) for row in session.execute(select(*(_table.c[name] for name in _FIELDS)))}
    schools = {urn: dict(zip(_FIELDS, known.get(urn, _KEPT.values()), strict=True)) | one for urn, one in read.items()}
    new = [one for urn, one in schools.items() if urn not in known]
    changed = [one for urn, one in schools.items() if urn in known and known[urn] != tuple(one.values())]
    found.unchanged = len(schools) - len(new) - len(changed)
    report = found.report("school", added=len(new), changed=len(changed), mode=mode)
    if report.written:
        _write(session, new, changed, now)
        is_open = _FIELDS.index("is_open")
        _tell(session, [one["urn"] for one in changed if one["is_open"] != known[one["urn"]][is_open]], now)
    return report


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
