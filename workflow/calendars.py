"""The calendar an engagement counts on: its offer's, with what its school keeps differently.

A school's `dates_version` rises with every change of its dates, so what was made before is not used after. Most schools
keep the offer's calendar as it is (version nought), and no query is made for them.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.calendar import Calendar
from workflow.definition import Offer
from workflow.school_year import Closure, OwnDates, Term, school_year_of, year_in_words
from workflow.store.facts import Case
from workflow.store.school_date import SchoolDate

_KEPT = "calendars"


def calendar_of(session: Session, offer: Offer, case: Case) -> Calendar:
    """Made once for each school and version of its dates."""
    if not case.dates_version:
        return offer.calendar
    kept: dict[tuple[tuple[str, str], str, int], Calendar] = session.info.setdefault(_KEPT, {})
    key = (offer.key, case.urn, case.dates_version)
    if key not in kept:
        kept[key] = offer.calendar.for_school(own_dates(session, case.urn))
    return kept[key]


def own_dates(session: Session, urn: str) -> OwnDates:
    """What one school keeps differently."""
    rows = session.scalars(select(SchoolDate).where(SchoolDate.urn == urn).order_by(SchoolDate.first)).all()
    days = {kind: [(one.title, one.first, one.last) for one in rows if one.kind == kind]
            for kind in ("term", "half_term", "closed")}  # fmt: skip
    return as_own(days)


def as_own(days: Mapping[str, Iterable[tuple[str, date, date]]]) -> OwnDates:
    """Names with their first and last days, by kind. Raises ValueError for a term without its half term."""
    breaks = list(days.get("half_term", ()))
    terms = [_term(name, first, last, breaks) for name, first, last in days.get("term", ())]
    closures = [Closure(name=name, start=first, end=last) for name, first, last in days.get("closed", ())]
    return OwnDates(tuple(terms), tuple(closures))


def _term(name: str, first: date, last: date, breaks: Iterable[tuple[str, date, date]]) -> Term:
    inside = [(start, end) for _, start, end in breaks if first < start <= end < last]
    if len(inside) != 1:
        raise ValueError(
            f"the {name} term from {first:%d/%m/%Y} has {len(inside) or 'no'} half terms inside it; give it one."
        )
    return Term(year=year_in_words(school_year_of(first)), name=name, start=first, end=last, half_term=inside[0])
