"""What can be uploaded: which columns each kind of file has, and which import reads it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from sqlalchemy.orm import Session

from workflow.domain.actor import Actor
from workflow.engine.catalogue import offers_of
from workflow.imports import register, school_dates, school_links
from workflow.imports.findings import ImportReport, Mode
from workflow.imports.orders.sold import sold_by
from workflow.imports.purchases import import_purchases
from workflow.imports.school_dates import Dated
from workflow.imports.school_links import import_links
from workflow.imports.schools import import_schools
from workflow.imports.sheet import Sheet, Wanted
from workflow.imports.staff import import_staff
from workflow.scheduling import reschedule
from workflow.store import lookups
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.school import School

KindName = Literal["schools", "links", "purchases", "staff", "dates"]


@dataclass(frozen=True, slots=True)
class Occasion:
    """By whom, when and about what a file is brought in: an offer's code, an engagement's reference, a school's URN."""

    session: Session
    about: str
    actor: Actor
    now: datetime


@dataclass(frozen=True, slots=True)
class Kind:
    """`about` is what has to be said with the file, as a label; `names` raises NotFound where there is no such thing.
    `optional` are columns that may be missing. `in_part` says that its good rows can be taken by themselves, and
    `about_all` what it means to leave out what it is about; it must be said where that is nothing."""

    name: KindName
    title: str
    explain: str
    about: str
    names: Callable[[Session, str], Wanted]
    optional: tuple[str, ...]
    bring_in: Callable[[Occasion, Sheet, Mode], ImportReport]
    in_part: bool = True
    about_all: str = ""


def _registers(_session: Session, _about: str) -> Wanted:
    return {**register.NEEDED, **register.GOOD_TO_KNOW, **register.IF_THERE}


def _schools(on: Occasion, sheet: Sheet, mode: Mode) -> ImportReport:
    return import_schools(on.session, sheet, now=on.now, mode=mode)


def _link_names(_session: Session, _about: str) -> Wanted:
    return school_links.COLUMNS


def _links(on: Occasion, sheet: Sheet, mode: Mode) -> ImportReport:
    return import_links(on.session, sheet, mode=mode)


def _order_names(session: Session, about: str) -> Wanted:
    return sold_by(session, about).wanted


def _purchases(on: Occasion, sheet: Sheet, mode: Mode) -> ImportReport:
    return import_purchases(on.session, sold_by(on.session, on.about), sheet, actor=on.actor, now=on.now, mode=mode)


def _staff_names(session: Session, about: str) -> Wanted:
    row = session.get_one(Engagement, lookups.engagement_id(session, about))
    columns = offers_of(session).machine(row.offer_code, row.offer_version).offer.staff_columns
    names = {what: getattr(columns, what) for what in ("name", "first_name", "last_name", "email", "phase")}
    return {what: known for what, known in names.items() if known}


def _staff(on: Occasion, sheet: Sheet, mode: Mode) -> ImportReport:
    number = lookups.engagement_id(on.session, on.about)
    return import_staff(on.session, number, sheet, actor=on.actor, now=on.now, mode=mode)


def _date_names(session: Session, about: str) -> Wanted:
    school_dates.school_of(session, about)
    return school_dates.COLUMNS


def _dates(on: Occasion, sheet: Sheet, mode: Mode) -> ImportReport:
    """Taken whole or not at all. What it moves is told, and moved with it."""
    dates, found = school_dates.look(sheet)
    report = found.report("date", added=len(dates), changed=0, mode=Mode.CHECK if found.problems else mode)
    if found.problems:
        return report
    before = school_dates.kept(on.session, on.about)
    school_dates.keep(on.session, on.about, sheet)
    version = on.session.get_one(School, on.about).dates_version
    moved = reschedule.differences(on.session, on.about)
    notes = [f"{one.reference}: {one.what.replace('-', ' ')} moves to {one.why}." for one in moved]
    if report.written:
        reschedule.apply(on.session, moved, actor=on.actor, now=on.now)
    return replace(report, notes=(*report.notes, *notes), trace=_of_dates(on.about, before, version))


def _of_dates(urn: str, before: Iterable[Dated], version: int) -> dict[str, Any]:
    days = [[kind, name, first.isoformat(), last.isoformat()] for kind, name, first, last in before]
    return {"urn": urn, "before": days, "version": version}


KINDS: Mapping[str, Kind] = {
    one.name: one
    for one in (
        Kind(
            "schools",
            "Register of schools",
            "The list of establishments from Get Information about Schools, whole or of one county.",
            "",
            _registers,
            (*register.GOOD_TO_KNOW,),
            _schools,
        ),
        Kind(
            "links",
            "Which school takes whose place",
            "The register’s list of links.",
            "",
            _link_names,
            (),
            _links,
        ),
        Kind(
            "purchases",
            "Orders",
            "What the portal exports. Each new order begins an engagement, and its school is written to.",
            "Which offer are the orders for?",
            _order_names,
            (),
            _purchases,
            about_all="Each order’s own, by its product",
        ),
        Kind(
            "staff",
            "Staff of one school",
            "A school’s list of who takes part. Those who are new on it are named.",
            "Reference of the engagement",
            _staff_names,
            ("name", "first_name", "last_name", "phase"),
            _staff,
        ),
        Kind(
            "dates",
            "Calendar of one school",
            "A school’s own terms, INSET days and closures, in place of those that it gave before.",
            "URN of the school",
            _date_names,
            (),
            _dates,
            in_part=False,
        ),
    )
}
