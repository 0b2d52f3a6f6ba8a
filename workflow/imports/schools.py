"""Schools: the register of establishments (GIAS), brought in whole or in part.

A school that is not in the file stays as it is, since an extract is often of one county. Schools are never deleted:
engagements and certificates name them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from workflow import engine
from workflow.domain.actor import SYSTEM
from workflow.domain.effects import Effect
from workflow.domain.happening import Owes
from workflow.domain.standing import OPEN_STANDINGS
from workflow.engine.catalogue import offers_of
from workflow.english import day_in_words
from workflow.errors import Conflict
from workflow.imports import register
from workflow.imports.findings import Findings, ImportReport, Mode
from workflow.imports.register import Values
from workflow.imports.sheet import Sheet
from workflow.store import search_texts
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
    "trust_code": "",
    "trust": "",
    "federation": "",
    "is_open": False,
}
_FIELDS = (*_KEPT,)
_table = table_of(School)
T = TypeVar("T")


class _News(NamedTuple):
    """What the register says of a school that it did not say before; nothing that anybody need know is no sentence."""

    opens_or_closes: bool
    sentences: str


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
        before = [dict(zip(_FIELDS, known[one["urn"]], strict=True)) for one in changed]
        report = replace(
            report, trace={"added": [one["urn"] for one in new], "before": [_plain(one) for one in before]}
        )
        _write(session, new, changed, now)
        _tell(
            session,
            {one["urn"]: _news(dict(zip(_FIELDS, known[one["urn"]], strict=True)), one) for one in changed},
            now,
        )
    return report


def _plain(school: Values) -> Values:
    """As it can be kept: the day in its digits."""
    return school | {"closed_on": school["closed_on"].isoformat() if school["closed_on"] else None}


def _write(session: Session, new: list[Values], changed: list[Values], now: datetime) -> None:
    try:
        for batch in _batches(new):
            session.execute(insert(_table), [one | {"updated_at": now} for one in batch])
    except IntegrityError:
        raise Conflict("Somebody else brought in schools at the same moment. Import the file again.") from None
    search_texts.make_stale_of_schools(session, [row["urn"] for row in changed])
    one = update(_table).where(_table.c.urn == bindparam("key"))
    for batch in _batches(changed):
        session.connection().execute(one, [row | {"updated_at": now, "key": row["urn"]} for row in batch])


def _news(was: Values, now: Values) -> _News:
    """What an advisor should know of it, in sentences."""
    said = []
    if was["is_open"] and not now["is_open"]:
        since = f" since {day_in_words(now['closed_on'])}" if now["closed_on"] else ""
        said.append(
            f"{now['name']} is closed{since}. Letters to it wait. Find out which school takes its place and let the "
            "engagement go on there, or cancel it."
        )
    if now["is_open"] and not was["is_open"]:
        said.append(f"{now['name']} is open.")
    if now["name"] != was["name"]:
        said.append(f"It is called {now['name']} now. Before, it was {was['name']}.")
    if (now["town"], now["postcode"]) != (was["town"], was["postcode"]):
        said.append(
            f"It is at {_place(now)} now. Before, it was at {_place(was)}. Check the places of the dates ahead."
        )
    return _News(was["is_open"] != now["is_open"], " ".join(said))


def _place(school: Values) -> str:
    return ", ".join(filter(None, (school["town"], school["postcode"]))) or "an address that the register does not give"


def _tell(session: Session, news: Mapping[str, _News], now: datetime) -> None:
    """A school that opens or closes is a fact its engagements' guards look at; it goes into their history, as does a
    new name or address, and whoever looks after it is told."""
    told = {urn: one for urn, one in news.items() if one.sentences}
    touched = select(Engagement.id, Engagement.school_urn).where(Engagement.standing.in_(OPEN_STANDINGS))
    for some in _batches([*told]):
        for number, urn in session.execute(
            touched.where(Engagement.school_urn.in_(some)).order_by(Engagement.id)
        ).all():
            case, one = engine.open_case(session, number), told[urn]
            email = offers_of(session).machine(*case.offer).offer.policy.school_changed
            owes = [Owes(Effect("email", email))] if email else []
            name = "school_status_changed" if one.opens_or_closes else "school_details_changed"
            engine.record(session, case, name, actor=SYSTEM, now=now, note=one.sentences, owes=owes)


def _batches(rows: list[T]) -> Iterator[list[T]]:
    return (rows[start : start + _BATCH] for start in range(0, len(rows), _BATCH))
